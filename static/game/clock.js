// @ts-check
/**
 * The round's clock in the browser: which tick it is, from when each wave starts by our own clock.
 *
 * On a good line waves follow each other without a seam, so a start told within SEAM_MS of the seamless one is taken
 * as that one: jitter of the line must not show as jumps of the game. Larger differences are the server's will.
 */
import { LAST_TICK, TICK_RATE, WAVES, WAVE_TICKS } from './sim/rules.js';

export const SEAM_MS = 80; // below the 100 ms that the server tolerates
const WAVE_MS = (WAVE_TICKS * 1000) / TICK_RATE;

/**
 * Where the round is. `tick` may be a fraction and never passes what is revealed; `over` is by how many ticks the clock
 * has run past it (the view goes on, the rules wait); `waitMs` is until the next known start, null when unknown.
 * @typedef {{tick: number, over: number, waitMs: number | null, isRunning: boolean}} Moment
 */

export function createClock() {
  /** @type {(number | undefined)[]} wave -> our time of its first tick */
  const starts = [];

  /** @param {number} now the newest wave that has begun by `now`, else the first we know of */
  function waveAt(now) {
    let first = Infinity;
    for (let wave = starts.length - 1; wave > 0; wave -= 1) {
      const start = starts[wave];
      if (start !== undefined && start <= now) return wave;
      if (start !== undefined) first = wave;
    }
    return first;
  }

  return {
    /**
     * A wave was told, at our time `arrivedAt`, to start in so many milliseconds.
     * @param {number} wave @param {number} arrivedAt @param {number} startsInMs
     */
    reveal(wave, arrivedAt, startsInMs) {
      const told = arrivedAt + startsInMs;
      const seamless = (starts[wave - 1] ?? NaN) + WAVE_MS;
      starts[wave] = Math.abs(told - seamless) <= SEAM_MS ? seamless : told;
    },

    /** Our time of a wave's first tick; NaN while it is not known. @param {number} wave */
    startOf: (wave) => starts[wave] ?? NaN,

    /** What was known before a lost line or a reload no longer holds. */
    forget() { starts.length = 0; },

    /** @param {number} now @returns {Moment} */
    momentAt(now) {
      const wave = waveAt(now);
      const start = starts[wave] ?? now;
      const raw = ((now - start) * TICK_RATE) / 1000;
      const first = (wave - 1) * WAVE_TICKS;
      if (raw < 0) return { tick: first, over: wave === 1 ? raw : 0, waitMs: start - now, isRunning: false };
      const room = wave === WAVES ? LAST_TICK - first : WAVE_TICKS;
      const next = starts[wave + 1];
      const over = Math.max(0, raw - room);
      // Just short of the edge: the tick on the edge belongs to a wave that may not be revealed.
      const tick = first + Math.min(raw, wave === WAVES ? room : room - 0.001);
      return { tick, over, waitMs: next === undefined ? null : next - now, isRunning: over === 0 };
    },
  };
}
