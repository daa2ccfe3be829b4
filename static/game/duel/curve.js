// @ts-check
/** How a round's score grew: its own darts thrown again, since the seeds of two rounds differ and only scores compare. */
import { judge } from '../replay/record.js';

/** @typedef {{tick: number, score: number}} Step the score from this tick on */

/** The steps of a stored round, in order; null when its darts do not come to its score. @param {import('../replay/record.js').Kept} record @returns {Step[] | null} */
export function curveOf(record) {
  const judged = judge(record);
  if (!judged?.isHonest) return null;
  let score = 0;
  return judged.hits.map(({ tick, points }) => ({ tick, score: score += points }));
}

/** The score at a tick; before the first hit it is 0. @param {Step[]} curve @param {number} tick */
export function scoreAt(curve, tick) {
  let score = 0;
  for (const step of curve) {
    if (step.tick > tick) break;
    score = step.score;
  }
  return score;
}
