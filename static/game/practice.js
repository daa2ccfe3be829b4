// @ts-check
/**
 * Practice: the targets of the first picture can already be shot at, on the start page and during the 3-2-1. They pop
 * and come back. Nothing of it is counted, and nothing of it reaches the server.
 */
import { BOSS_Y_Q8, MIDDLE_Q8 } from './sim/boss.js';
import { BOSS, tell } from './sim/events.js';
import { pointOf, throwDart } from './sim/flight.js';
import { BOSS_RADIUS, COOLDOWN_TICKS, FAR, FLIGHT_TICKS, HEIGHT, Q, RADIUS, TICK_RATE, WIDTH } from './sim/rules.js';
import { Target } from './sim/targets.js';

/** @typedef {import('./sim/flight.js').Dart} Dart @typedef {import('./sim/events.js').Event} Event */
/** @typedef {import('./sim/round.js').Round} Round */

/** Where the first picture has them. @type {[kind: string, plane: number, x: number, y: number][]} */
const PLACES = [['balloon', 0, 96, 236], ['star', 2, 640, 126], ['gift', 0, 150, 592], ['can', 0, 566, 590], ['plant', 0, 366, 756], ['duck', 0, 572, 850], ['balloon', 0, 156, 850]];
const AWAY_TICKS = 110;
const LEAVING_TICKS = 14; // they shrink away this long before the round starts
const BOSS_REACH = (BOSS_RADIUS << Q) ** 2;

/** @param {[string, number, number, number]} place @param {number} index */
function atRest([kind, plane, x, y], index) {
  const target = new Target(0, index, kind, 0, { hardness: 0, plane, x, life: 1, swing: 0, speed: 0, phase: index * 2600 });
  target.end = Infinity;
  target.radius = RADIUS[kind]; // as big as in the first picture, however far
  target.reach = (target.radius << Q) ** 2;
  target.path = { x: x << Q, y: y << Q, vx: 0, vy: 0, ax: 8 << Q, ay: 5 << Q, speed: 36 };
  return target;
}

export class Practice {
  constructor() {
    this.targets = PLACES.map(atRest);
    /** @type {Dart[]} */ this.darts = [];
    this.thrown = 0;
    this.moment = 0; // ticks, with the fraction that only the view needs
    this.tick = 0;
    this.readyAt = 0;
  }

  /** What the view draws instead of a round: these are all that it asks of one. */
  get sim() { return /** @type {Round} */ (/** @type {unknown} */ (this)); }

  /** @param {number} tick */
  bossXForView(tick) { return Math.round(MIDDLE_Q8 + Math.sin(tick * 0.015) * (60 << Q)); }

  isBossDown() { return false; }

  wind() { return 0; }

  /** @param {number} tick @param {(target: Target) => void} visit */
  eachTarget(tick, visit) { for (const target of this.targets) if (target.isThere(tick)) visit(target); }

  /** @param {number} tick */
  targetsAt(tick) { return this.targets.filter((target) => target.isThere(tick)).map((target) => target.seenAt(tick)); }

  /** Everything is there again, and nothing flies. */
  open() {
    this.darts.length = 0;
    for (const target of this.targets) if (target.end !== Infinity) this.#bringBack(target, this.tick);
  }

  /** The round starts soon: nothing is left by then. @param {number} waitMs */
  close(waitMs) {
    const end = this.tick + Math.max(LEAVING_TICKS, Math.round((waitMs * TICK_RATE) / 1000));
    for (const target of this.targets) target.end = end;
  }

  /** Throw a dart at a pixel; its number, or -1 while the last one is too fresh. @param {number} x @param {number} y */
  fire(x, y) {
    if (this.tick < this.readyAt || x < 0 || x >= WIDTH || y < 0 || y >= HEIGHT) return -1;
    this.readyAt = this.tick + COOLDOWN_TICKS;
    this.darts.push(throwDart(this.thrown, this.tick, Math.floor(x), Math.floor(y), 0));
    return this.thrown++;
  }

  /** Let the darts land that are due. @param {number} now milliseconds @returns {Event[]} */
  step(now) {
    this.moment = (now * TICK_RATE) / 1000;
    this.tick = Math.floor(this.moment);
    for (const target of this.targets) if (!target.alive && target.end === Infinity && this.tick >= target.first) target.alive = true;
    /** @type {Event[]} */ const news = [];
    for (const dart of [...this.darts]) while (this.darts.includes(dart) && dart.due <= this.tick) this.#land(dart, news);
    return news;
  }

  /** @param {Target} target @param {number} tick */
  #bringBack(target, tick) {
    target.first = tick;
    target.end = Infinity;
    target.alive = true;
  }

  /** @param {Dart} dart @param {Event[]} news */
  #land(dart, news) {
    const [x, y] = pointOf(dart);
    const target = this.targets.find((one) => one.plane === dart.plane && one.isThere(dart.due) && one.squaredDistance(dart.due, x, y) <= one.reach);
    if (target) {
      target.alive = false;
      target.first = dart.due + AWAY_TICKS;
      this.#tell(target.kind, dart, target.index, news);
    } else if (dart.plane < FAR) {
      dart.plane += 1;
      dart.due = dart.tick + FLIGHT_TICKS[dart.plane];
      return;
    } else {
      const isBoss = (x - this.bossXForView(dart.due)) ** 2 + (y - BOSS_Y_Q8) ** 2 <= BOSS_REACH;
      this.#tell(isBoss ? 'boss' : 'miss', dart, BOSS, news);
    }
    this.darts.splice(this.darts.indexOf(dart), 1);
  }

  /** @param {string} what @param {Dart} dart @param {number} index @param {Event[]} news */
  #tell(what, dart, index, news) {
    const [x, y] = pointOf(dart);
    news.push({ ...tell(what), tick: dart.due, shot: dart.shot, wave: 0, index, plane: dart.plane, points: 0, combo: 0, x, y });
  }
}
