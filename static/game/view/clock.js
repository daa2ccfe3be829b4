// @ts-check
/** The view's own time: after the last dart it runs slower for a moment. The round's time never does. */
import { TICK_RATE } from '../sim/rules.js';

export const SLOW_SECONDS = 0.6;
const SLOW_RATE = 0.3;

export class ViewClock {
  constructor() {
    this.lag = 0; // seconds that the view is behind
    this.now = 0;
    this.slowUntil = -Infinity;
  }

  /** Begin to show everything slowly. @param {number} now seconds */
  slowDown(now) {
    this.now = now;
    this.slowUntil = now + SLOW_SECONDS;
  }

  /** @param {number} now */
  isSlow(now) { return now < this.slowUntil; }

  /** A new picture. @param {number} now @returns {number} the view's seconds */
  step(now) {
    const slow = Math.min(now, this.slowUntil) - this.now;
    if (slow > 0) this.lag += slow * (1 - SLOW_RATE);
    this.now = now;
    return this.at(now);
  }

  /** @param {number} now @returns {number} the view's seconds */
  at(now) { return now - this.lag; }

  /** @param {number} tick where the rules stand @returns {number} the tick to be seen */
  tick(tick) { return tick - this.lag * TICK_RATE; }

  reset() {
    this.lag = 0;
    this.slowUntil = -Infinity;
  }
}
