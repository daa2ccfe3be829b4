// @ts-check
/** Darts on their way: out of the muzzle, then on the very arc that the rules use, smaller with the distance. */
import { dartAt } from '../sim/flight.js';
import { FLIGHT_TICKS, Q } from '../sim/rules.js';

/** @typedef {import('./pen.js').Pen} Pen @typedef {import('../sim/flight.js').Dart} Dart */
/** @typedef {{x: number, y: number}} Point */

const ARC = 46; // world pixels that the way out of the muzzle bends upwards
const [NEAR, , FAR] = FLIGHT_TICKS;
const TRAIL = 7, TRAIL_TICKS = 1.1; // puffs, and the ticks between two

/** Where a dart shows and how big; one is enough, filled in anew for each. */
const here = { x: 0, y: 0, size: 0, tall: 0 };
const arc = { x: 0, y: 0, depth: 0 };

/**
 * Where a dart shows at a moment, and how big.
 * @param {Dart} dart @param {Point} muzzle @param {number} moment ticks, may be a fraction
 */
export function dartSeen(dart, muzzle, moment, seen = here) {
  const age = Math.max(0, Math.min(FAR, moment - dart.tick));
  const out = Math.min(1, age / NEAR);
  const near = 1 - (1 - out) * (1 - out);
  dartAt(dart, moment, arc);
  seen.x = muzzle.x + (arc.x / (1 << Q) - muzzle.x) * near;
  seen.y = muzzle.y + (arc.y / (1 << Q) - muzzle.y) * near - Math.sin(out * Math.PI) * ARC;
  seen.size = 1.25 - 0.45 * near - (0.28 * Math.max(0, age - NEAR)) / (FAR - NEAR);
  seen.tall = 1 - 0.42 * near;
  return seen;
}

/** @param {Pen} pen @param {Dart} dart @param {Point} muzzle @param {number} moment */
export function drawDart(pen, dart, muzzle, moment) {
  if (moment < dart.tick) return;
  for (let back = TRAIL; back >= 1; back -= 1) {
    const then = moment - back * TRAIL_TICKS;
    if (then <= dart.tick) continue;
    const { x, y, size } = dartSeen(dart, muzzle, then), share = 1 - back / (TRAIL + 1);
    pen.stamp('puff', x, y + 10 * size, size * (0.16 + 0.5 * share), 0, 0.1 + 0.5 * share);
  }
  const { x: beforeX, y: beforeY } = dartSeen(dart, muzzle, moment - 1.2);
  const { x, y, size, tall } = dartSeen(dart, muzzle, moment);
  pen.stamp('dart', x, y, size, Math.atan2(x - beforeX, beforeY - y || 1), 1, 1, tall);
}
