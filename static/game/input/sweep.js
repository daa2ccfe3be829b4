// @ts-check
/**
 * The sight for one button: it glides by itself to one target after the other, the boss among them, never to a plant,
 * and passes slowly over the spot to shoot at. When to press is the player's part.
 */
import { FLIGHT_TICKS, TICK_RATE } from '../sim/rules.js';
import { BOSS_MARK, leadOn } from './marks.js';

/** @typedef {import('./marks.js').Field} Field @typedef {import('./marks.js').Mark} Mark @typedef {import('./marks.js').Point} Point */

const GLIDE_SECONDS = 0.45, PASS_SECONDS = 1.1;
const WIDE = 110; // world pixels that the sight passes before and behind the spot
const LEFT_OVER_TICKS = (GLIDE_SECONDS + PASS_SECONDS / 2) * TICK_RATE; // the least worth going for

/** @param {Mark} mark */
const nameOf = ({ wave, index }) => `${wave}:${index}`;
/** @param {number} share 0 to 1 */
const ease = (share) => share * share * (3 - 2 * share);

export class Sweep {
  constructor() {
    /** @type {Mark | null} */ this.goal = null;
    this.seconds = 0; // since it set out
    this.from = { x: 0, y: 0 };
    this.turns = 0;
    /** @type {Map<string, number>} what was visited, and in which turn */ this.visits = new Map();
  }

  /** A dart is on its way: on to the next. */
  leave() { this.goal = null; }

  /** Where the sight is next, from where it is now. @param {Field} field @param {number} tick @param {number} seconds since the last step @param {Point} aim @returns {Point} */
  step(field, tick, seconds, aim) {
    this.seconds += seconds;
    if (!this.goal || this.seconds > GLIDE_SECONDS + PASS_SECONDS) this.#setOut(field, tick, aim);
    const spot = this.goal && leadOn(field, this.goal, tick);
    if (!spot) {
      this.goal = null;
      return aim;
    }
    const glide = Math.min(1, this.seconds / GLIDE_SECONDS), pass = Math.max(0, this.seconds - GLIDE_SECONDS) / PASS_SECONDS;
    const x = spot.x + (2 * pass - 1) * WIDE;
    return { x: this.from.x + (x - this.from.x) * ease(glide), y: this.from.y + (spot.y - this.from.y) * ease(glide) };
  }

  /** @param {Field} field @param {number} tick @param {Point} aim */
  #setOut(field, tick, aim) {
    this.goal = this.#choose(field, tick);
    this.seconds = 0;
    this.from = { x: aim.x, y: aim.y };
    if (this.goal) this.visits.set(nameOf(this.goal), (this.turns += 1));
  }

  /** What was not visited for longest; among equals, what goes first. @param {Field} field @param {number} tick @returns {Mark | null} */
  #choose(field, tick) {
    const worth = field.targetsAt(tick)
      .filter(({ kind, plane, t1 }) => kind !== 'plant' && t1 > tick + FLIGHT_TICKS[plane] + LEFT_OVER_TICKS)
      .sort((a, b) => this.#visited(a) - this.#visited(b) || a.t1 - b.t1);
    const [best] = worth;
    if (field.isBossDown(tick)) return best ?? null;
    return best && this.#visited(best) <= this.#visited(BOSS_MARK) ? best : BOSS_MARK;
  }

  /** @param {Mark} mark */
  #visited(mark) { return this.visits.get(nameOf(mark)) ?? 0; }
}
