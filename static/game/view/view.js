// @ts-check
/** The picture of a moment: takes what the rules and the clock say and draws it. It never changes the round. */
import { BOSS } from '../sim/events.js';
import { FAR, NEAR, Q } from '../sim/rules.js';
import { Boss } from './boss.js';
import { burst, puffs, smoke, strand } from './bursts.js';
import { ViewClock } from './clock.js';
import { Effects } from './effects.js';
import { drawDart } from './flight.js';
import { Jolts } from './jolts.js';
import { Crowd, DRAWINGS, Shown } from './targets.js';

/** @typedef {import('./pen.js').Pen} Pen */
/** @typedef {import('../sim/round.js').Round} Sim @typedef {import('../sim/round.js').Event} Event */
/** @typedef {{x: number, y: number, isShown?: boolean}} Aim */
/**
 * `tick` is where the rules stand, `over` how far the clock has run on past them; `now` is in seconds.
 * @typedef {{sim: Sim | null, tick: number, over: number, now: number, aim: Aim}} Picture
 */

const BARREL = 318; // world pixels from the blaster's grip to its muzzle
const RECOIL_SECONDS = 0.16;
const MUZZLES = 16; // more than darts can be in the air
const STUCK_BITS = 24;
const LONG_COMBO = 8;

/** @param {string} kind @param {number} plane @param {number} x @param {number} y */
const atRest = (kind, plane, x, y) => Object.assign(new Shown(), { name: DRAWINGS[kind][plane], plane, x, y });

/** While nobody plays: the places of the first picture. */
const IDLE = [atRest('balloon', 0, 96, 236), atRest('star', 2, 640, 126), atRest('gift', 0, 150, 592), atRest('can', 0, 566, 590), atRest('plant', 0, 366, 756), atRest('duck', 0, 572, 850), atRest('balloon', 0, 156, 850)];

export class View {
  /** @param {Pen} pen @param {{bottom: number}} stage @param {boolean} [isCalm] no shaking for those who asked for less motion */
  constructor(pen, stage, isCalm = false) {
    this.pen = pen;
    this.stage = stage;
    this.boss = new Boss();
    this.crowd = new Crowd();
    this.effects = new Effects();
    this.stranded = new Effects(STUCK_BITS); // darts that hit nothing, behind the targets
    this.jolts = new Jolts();
    this.clock = new ViewClock();
    /** Where the muzzle was at each of the last shots. */ this.muzzles = Array.from({ length: MUZZLES }, () => ({ x: 360, y: 1000 }));
    this.spot = { x: 0, y: 0, size: 1, name: '' };
    this.grip = { x: 360, y: 1340 };
    this.firedAt = -9;
    this.turn = 0;
    this.calm(isCalm);
  }

  /** No shake, no flash, a quarter of the bits; or all of them again. @param {boolean} isCalm */
  calm(isCalm) {
    this.effects.isCalm = this.jolts.isCalm = isCalm;
  }

  /** A new round. */
  reset() {
    this.clock.reset();
    this.crowd.forget();
    this.stranded.clear();
  }

  /** Where the darts come out. */
  get muzzle() {
    return { x: this.grip.x + Math.sin(this.turn) * BARREL, y: this.grip.y - Math.cos(this.turn) * BARREL };
  }

  /** A dart was thrown. @param {number} shot @param {number} now */
  fire(shot, now) {
    const { x, y } = Object.assign(this.muzzles[shot % MUZZLES], this.muzzle);
    this.firedAt = this.clock.at(now);
    smoke(this.effects, this.firedAt, x, y);
  }

  /** Something happened in the rules. @param {Event} event @param {number} now @returns {{x: number, y: number}} where it shows */
  react(event, now) {
    const { kind, target } = event, x = event.x / (1 << Q), y = event.y / (1 << Q), seen = this.clock.at(now);
    if (kind === 'miss') {
      puffs(this.effects, seen, x, y);
      strand(this.stranded, seen, x, y);
    } else if (kind !== 'dodge' && kind !== 'respawn') {
      burst(kind === 'knock-out' ? kind : target, this.effects, seen, this.#spotOf(event, x, y));
    }
    this.#moveBoss(event, seen, x, y);
    this.#jolt(event, seen, x, y);
    return { x, y };
  }

  /** Where the thing that was hit was last seen. @param {Event} event @param {number} x @param {number} y */
  #spotOf({ wave, index }, x, y) {
    const seen = index === BOSS ? null : this.crowd.at(wave, index);
    if (seen?.name) Object.assign(this.spot, { x: seen.x, y: seen.y, size: seen.size, name: seen.name });
    else Object.assign(this.spot, { x, y, size: 1, name: '' });
    return this.spot;
  }

  /** @param {Event} event @param {number} now @param {number} x @param {number} y */
  #moveBoss({ kind, target, combo }, now, x, y) {
    if (kind === 'boss' || kind === 'knock-out') this.boss.takeHit(now, x, y);
    else if (kind === 'dodge') this.boss.pull('smug', now);
    else if (kind === 'plant') this.boss.pull('laugh', now);
    else if (target === 'star' || (kind === 'hit' && combo > 0 && combo % LONG_COMBO === 0)) this.boss.pull('wow', now);
  }

  /** Strong hits are felt. @param {Event} event @param {number} now @param {number} x @param {number} y */
  #jolt({ kind, target, combo }, now, x, y) {
    const { jolts } = this;
    if (kind === 'knock-out') jolts.shake(now, 6, 0.3);
    else if (kind === 'boss' || kind === 'plant' || target === 'star') jolts.shake(now, 4, 0.12);
    else if (kind === 'hit' && combo >= LONG_COMBO) jolts.shake(now, 3, 0.12);
    if (kind === 'knock-out' || target === 'star') jolts.flash(now, x, y);
  }

  /** A prize: confetti from both sides. @param {number} now */
  celebrate(now) {
    for (let i = 0; i < 6; i += 1) burst('knock-out', this.effects, this.clock.at(now) + i * 0.16, Object.assign(this.spot, { x: i % 2 ? 700 : 20, y: 240 + i * 120, size: 1, name: '' }));
  }

  /** @param {Picture} picture */
  draw({ sim, tick, over, now: real, aim }) {
    const { pen, crowd } = this, now = this.clock.step(real);
    pen.clear();
    this.jolts.shift(pen, now);
    this.#aimBlaster(aim);
    this.boss.move(now, sim ? sim.bossXForView(tick + over) / (1 << Q) : 360 + Math.sin(now * 0.9) * 60, sim?.isBossDown(tick) ?? false);
    this.boss.draw(pen, now, aim.x, aim.y);
    this.stranded.draw(pen, now);
    if (!sim) drawIdle(pen, now);
    else if (over > 0) crowd.count = 0;
    else crowd.look(sim, this.clock.tick(tick));
    if (sim) this.#drawPlanes(sim.darts, tick);
    this.effects.draw(pen, now);
    this.#drawBlaster(now);
    if (aim.isShown) pen.stamp('reticle', aim.x, aim.y, 0.8 + Math.exp((this.firedAt - now) * 9) * 0.25);
    this.jolts.light(pen, now);
  }

  /** Back to front; a dart flies before the plane it has passed. @param {import('../sim/flight.js').Dart[]} darts @param {number} tick */
  #drawPlanes(darts, tick) {
    for (let plane = FAR; plane >= NEAR; plane -= 1) {
      this.crowd.draw(this.pen, plane);
      for (const dart of darts) if (dart.plane === plane) drawDart(this.pen, dart, this.muzzles[dart.shot % MUZZLES], tick);
    }
  }

  /** @param {Aim} aim */
  #aimBlaster(aim) {
    this.grip.y = Math.max(1340, this.stage.bottom + 20);
    const wanted = Math.atan2(aim.x - this.grip.x, this.grip.y - aim.y) * 0.85;
    this.turn += (Math.max(-0.6, Math.min(0.6, wanted)) - this.turn) * 0.35;
  }

  /** @param {number} now */
  #drawBlaster(now) {
    const recoil = Math.max(0, 1 - (now - this.firedAt) / RECOIL_SECONDS);
    const { x, y } = this.grip;
    this.pen.stamp('blaster', x - Math.sin(this.turn) * recoil * 26, y + Math.cos(this.turn) * recoil * 26, 1, this.turn);
  }
}

/** @param {Pen} pen @param {number} now */
function drawIdle(pen, now) {
  for (let i = 0; i < IDLE.length; i += 1) {
    const { name, x, y } = IDLE[i];
    pen.stamp(name, x + Math.sin(now * 0.8 + i * 1.7) * 8, y + Math.sin(now * 1.4 + i * 2.1) * 9, 1, Math.sin(now * 1.1 + i) * 0.05);
  }
}
