// @ts-check
/** The picture of a moment: takes what the rules and the clock say and draws it. It never changes the round. */
import { FAR, NEAR, Q } from '../sim/rules.js';
import { BURSTS } from './bursts.js';
import { Boss } from './boss.js';
import { Effects } from './effects.js';
import { drawDart } from './flight.js';
import { drawTarget, targetsShown } from './targets.js';

/** @typedef {import('./pen.js').Pen} Pen @typedef {import('./targets.js').Shown} Shown */
/** @typedef {import('../sim/round.js').Round} Sim @typedef {import('../sim/round.js').Event} Event */
/** @typedef {{x: number, y: number, isShown?: boolean}} Aim */
/**
 * `tick` is where the rules stand, `over` how far the clock has run on past them; `now` is in seconds.
 * @typedef {{sim: Sim | null, tick: number, over: number, now: number, aim: Aim}} Picture
 */

const BARREL = 318; // world pixels from the blaster's grip to its muzzle
const RECOIL_SECONDS = 0.16;

/** While nobody plays: the places of the first picture. @type {Shown[]} */
const IDLE = [['balloon', 0, 96, 236], ['star', 2, 640, 126], ['gift', 0, 150, 592], ['can', 0, 566, 590], ['plant', 0, 366, 756], ['duck', 0, 572, 850], ['balloon', 0, 156, 850]]
  .map(([kind, plane, x, y]) => ({ key: '', kind: String(kind), plane: Number(plane), x: Number(x), y: Number(y), size: 1, turn: 0, wide: 1 }));

export class View {
  /** @param {Pen} pen @param {{bottom: number}} stage @param {boolean} isCalm no shaking for those who asked for less motion */
  constructor(pen, stage, isCalm) {
    this.pen = pen;
    this.stage = stage;
    this.isCalm = isCalm;
    this.boss = new Boss();
    this.effects = new Effects(isCalm ? 60 : undefined);
    /** @type {Map<number, {x: number, y: number}>} where the muzzle was at each shot */ this.muzzles = new Map();
    /** @type {Map<string, Shown>} where each target was last seen */ this.seen = new Map();
    this.firedAt = -9;
    this.shakenAt = -9;
    this.turn = 0;
  }

  /** A new round. */
  reset() {
    this.muzzles.clear();
    this.seen.clear();
  }

  get grip() { return { x: 360, y: Math.max(1340, this.stage.bottom + 20) }; }

  /** Where the darts come out. */
  get muzzle() {
    return { x: this.grip.x + Math.sin(this.turn) * BARREL, y: this.grip.y - Math.cos(this.turn) * BARREL };
  }

  /** A dart was thrown. @param {number} shot @param {number} now */
  fire(shot, now) {
    this.muzzles.set(shot, this.muzzle);
    this.firedAt = now;
    const { x, y } = this.muzzle;
    for (let i = 0; i < 4; i += 1) this.effects.add(now, { name: 'puff', x, y, vx: (i - 1.5) * 90, vy: -120 - Math.random() * 80, size: 0.4, grow: 2, life: 0.28 });
  }

  /** Something happened in the rules. @param {Event} event @param {number} now @returns {{x: number, y: number}} where it shows */
  react(event, now) {
    const at = { x: event.x / (1 << Q), y: event.y / (1 << Q) };
    const seen = this.seen.get(`${event.wave}:${event.index}`);
    const burst = ['hit', 'plant', 'gift'].includes(event.kind) ? event.target : event.kind;
    BURSTS[burst]?.(this.effects, now, seen && event.index >= 0 ? seen : { ...at, plane: Math.max(0, event.plane), size: 1 });
    if (event.kind === 'boss' || event.kind === 'knock-out') this.boss.takeHit(now, at.x, at.y);
    if (event.kind === 'dodge') this.boss.pull('smug', now);
    if (event.kind === 'plant') this.boss.pull('laugh', now);
    if (event.kind === 'knock-out') this.shakenAt = now;
    return at;
  }

  /** A prize: confetti from both sides. @param {number} now */
  celebrate(now) {
    for (let i = 0; i < 6; i += 1) {
      const spot = { x: i % 2 ? 700 : 20, y: 240 + i * 120, plane: 0, size: 1 };
      BURSTS['knock-out'](this.effects, now + i * 0.16, spot);
    }
  }

  /** @param {Picture} picture */
  draw({ sim, tick, over, now, aim }) {
    const { pen, effects } = this;
    pen.clear();
    this.#shake(now);
    this.#aimBlaster(aim);
    this.boss.move(now, sim ? sim.bossXForView(tick + over) / (1 << Q) : 360 + Math.sin(now * 0.9) * 60, sim?.isBossDown(tick) ?? false);
    this.boss.draw(pen, now, aim);
    const shown = sim ? (over > 0 ? [] : targetsShown(sim, tick)) : idleTargets(now);
    for (const target of shown) this.seen.set(target.key, target);
    this.#drawPlanes(shown, sim?.darts ?? [], tick);
    effects.draw(pen, now);
    this.#drawBlaster(now);
    if (aim.isShown) pen.stamp('reticle', aim.x, aim.y, { size: 0.8 + Math.exp((this.firedAt - now) * 9) * 0.25 });
  }

  /** Back to front; a dart flies before the plane it has passed. @param {Shown[]} shown @param {import('../sim/flight.js').Dart[]} darts @param {number} tick */
  #drawPlanes(shown, darts, tick) {
    for (let plane = FAR; plane >= NEAR; plane -= 1) {
      for (const target of shown) if (target.plane === plane) drawTarget(this.pen, target);
      for (const dart of darts) if (dart.plane === plane) drawDart(this.pen, dart, this.muzzles.get(dart.shot) ?? this.muzzle, tick);
    }
  }

  /** @param {Aim} aim */
  #aimBlaster(aim) {
    const wanted = Math.atan2(aim.x - this.grip.x, this.grip.y - aim.y) * 0.85;
    this.turn += (Math.max(-0.6, Math.min(0.6, wanted)) - this.turn) * 0.35;
  }

  /** @param {number} now */
  #drawBlaster(now) {
    const recoil = Math.max(0, 1 - (now - this.firedAt) / RECOIL_SECONDS);
    const { x, y } = this.grip;
    this.pen.stamp('blaster', x - Math.sin(this.turn) * recoil * 26, y + Math.cos(this.turn) * recoil * 26, { turn: this.turn });
  }

  /** @param {number} now */
  #shake(now) {
    const left = this.isCalm ? 0 : Math.max(0, 1 - (now - this.shakenAt) / 0.3);
    this.pen.shakeX = Math.sin(now * 90) * 7 * left;
    this.pen.shakeY = Math.cos(now * 76) * 6 * left;
  }
}

/** @param {number} now @returns {Shown[]} */
const idleTargets = (now) => IDLE.map((target, i) => ({ ...target, x: target.x + Math.sin(now * 0.8 + i * 1.7) * 8, y: target.y + Math.sin(now * 1.4 + i * 2.1) * 9, turn: Math.sin(now * 1.1 + i) * 0.05 }));
