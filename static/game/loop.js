// @ts-check
/**
 * The tick is fixed; the screen only decides how often we draw.
 *
 * Whole ticks are stepped until they have caught up with a clock, then one picture is drawn somewhere between two of
 * them. The clock is the round's own, so a slow screen never slows the round down.
 */

/**
 * @param {{tickAt: (now: number) => number, step: (tick: number) => void, draw: (tick: number, now: number) => void,
 *   mostSteps?: number}} parts `tickAt` may give a fraction; more than `mostSteps` are skipped, not caught up with
 * @returns {(now: number) => void} to be called once a frame
 */
export function createLoop({ tickAt, step, draw, mostSteps = 30 }) {
  let done = -Infinity;
  return function frame(now) {
    const due = tickAt(now);
    done = Math.max(done, Math.floor(due) - mostSteps);
    while (done + 1 <= due) step(done += 1);
    draw(due, now);
  };
}
