// @ts-check
/** Darts on their way: out of the muzzle, then on the very arc that the rules use, smaller with the distance. */
import { dartAt } from '../sim/flight.js';
import { FLIGHT_TICKS, Q } from '../sim/rules.js';

/** @typedef {import('./pen.js').Pen} Pen @typedef {import('../sim/flight.js').Dart} Dart */
/** @typedef {{x: number, y: number}} Point */

const ARC = 46; // world pixels that the way out of the muzzle bends upwards
const [NEAR, , FAR] = FLIGHT_TICKS;
const TRAIL = 7, TRAIL_TICKS = 0.9; // puffs, and the ticks between two
const PUFF = 48; // world pixels that one is wide

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

/** A streak that gets thinner and paler with age: each puff is drawn out to reach the next. @param {Pen} pen @param {Dart} dart @param {Point} muzzle @param {number} moment */
function drawTrail(pen, dart, muzzle, moment) {
  let fromX = 0, fromY = 0;
  for (let back = TRAIL; back >= 0; back -= 1) {
    const { x, y, size } = dartSeen(dart, muzzle, Math.max(dart.tick, moment - back * TRAIL_TICKS));
    const far = back < TRAIL ? Math.hypot(x - fromX, y - fromY) : 0, share = 1 - back / (TRAIL + 1);
    const thick = size * 0.42 * share;
    if (far > 1) pen.stamp('puff', (x + fromX) / 2, (y + fromY) / 2, thick, Math.atan2(x - fromX, fromY - y), 0.5 * share, 1, Math.max(1, (far * 1.5) / (PUFF * thick)));
    fromX = x;
    fromY = y;
  }
}

/** @param {Pen} pen @param {Dart} dart @param {Point} muzzle @param {number} moment */
export function drawDart(pen, dart, muzzle, moment) {
  if (moment < dart.tick) return;
  drawTrail(pen, dart, muzzle, moment);
  const { x: beforeX, y: beforeY } = dartSeen(dart, muzzle, moment - 1.2);
  const { x, y, size, tall } = dartSeen(dart, muzzle, moment);
  pen.stamp('dart', x, y, size, Math.atan2(x - beforeX, beforeY - y || 1), 1, 1, tall);
}
