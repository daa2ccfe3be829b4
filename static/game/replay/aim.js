// @ts-check
/**
 * The ghost's sight. A log tells where each dart was aimed, not how the aim got there: between two shots the sight
 * glides from one to the next, late and softly, as a hand does.
 */
import { HEIGHT, WIDTH } from '../sim/rules.js';

/** @typedef {import('../sim/round.js').Shot} Shot @typedef {import('../view/pen.js').Pen} Pen */

const GLIDE_TICKS = 42; // a hand rests first when it has longer than this
const TRAIL_STEPS = 36, TRAIL_TICKS = 1.1;
const MARK_TICKS = 80; // how long the place of a shot stays marked

/**
 * Where the sight is at a moment.
 * @param {readonly Shot[]} shots @param {number} moment ticks, may be a fraction
 * @returns {{x: number, y: number}}
 */
export function aimAt(shots, moment) {
  const next = shots.findIndex(([tick]) => tick > moment);
  const [fromTick, fromX, fromY] = shots.at(next < 0 ? -1 : next - 1) ?? [0, WIDTH / 2, HEIGHT / 2];
  if (next < 0) return { x: fromX, y: fromY };
  const [toTick, toX, toY] = shots[next];
  if (next === 0) return { x: toX, y: toY }; // before the first dart it waits where that goes
  const start = Math.max(fromTick, toTick - GLIDE_TICKS);
  const share = Math.max(0, (moment - start) / (toTick - start));
  const eased = share * share * (3 - 2 * share);
  return { x: fromX + (toX - fromX) * eased, y: fromY + (toY - fromY) * eased };
}

/** The one place that knows how the pen is asked. @param {Pen} pen @param {string} name @param {{x: number, y: number}} at @param {number} size @param {number} alpha */
const stamp = (pen, name, { x, y }, size, alpha) => pen.stamp(name, x, y, size, 0, alpha);

/** The sight, the way it came, and where the last darts were aimed. @param {Pen} pen @param {readonly Shot[]} shots @param {number} moment */
export function drawAim(pen, shots, moment) {
  for (let step = TRAIL_STEPS; step > 0; step -= 1) {
    const fresh = 1 - step / (TRAIL_STEPS + 1);
    stamp(pen, 'puff', aimAt(shots, moment - step * TRAIL_TICKS), 0.2 + 0.34 * fresh, 0.9 * fresh);
  }
  for (const [tick, x, y] of shots) {
    const age = moment - tick;
    if (age >= 0 && age < MARK_TICKS) stamp(pen, 'ring', { x, y }, 0.24, 0.9 * (1 - age / MARK_TICKS));
  }
  stamp(pen, 'reticle', aimAt(shots, moment), 0.8, 0.92);
}
