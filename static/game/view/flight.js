// @ts-check
/** Darts on their way: out of the muzzle, then on the very arc that the rules use, smaller with the distance. */
import { dartAt } from '../sim/flight.js';
import { FLIGHT_TICKS, Q } from '../sim/rules.js';

/** @typedef {import('./pen.js').Pen} Pen @typedef {import('../sim/flight.js').Dart} Dart */
/** @typedef {{x: number, y: number}} Point */

const ARC = 46; // world pixels that the way out of the muzzle bends upwards
const [NEAR, , FAR] = FLIGHT_TICKS;

/**
 * Where a dart shows at a moment, and how big.
 * @param {Dart} dart @param {Point} muzzle @param {number} moment ticks, may be a fraction
 */
export function dartSeen(dart, muzzle, moment) {
  const age = Math.max(0, Math.min(FAR, moment - dart.tick));
  const out = Math.min(1, age / NEAR);
  const near = 1 - (1 - out) ** 2;
  const arc = dartAt(dart, moment);
  const x = muzzle.x + (arc.x / (1 << Q) - muzzle.x) * near;
  const y = muzzle.y + (arc.y / (1 << Q) - muzzle.y) * near - Math.sin(out * Math.PI) * ARC;
  const size = 1.25 - 0.45 * near - (0.28 * Math.max(0, age - NEAR)) / (FAR - NEAR);
  return { x, y, size, tall: 1 - 0.42 * near };
}

/** @param {Pen} pen @param {Dart} dart @param {Point} muzzle @param {number} moment */
export function drawDart(pen, dart, muzzle, moment) {
  if (moment < dart.tick) return;
  const here = dartSeen(dart, muzzle, moment), before = dartSeen(dart, muzzle, moment - 1.2);
  for (let back = 1; back <= 4; back += 1) {
    const trail = dartSeen(dart, muzzle, moment - back * 1.6);
    if (moment - back * 1.6 > dart.tick) pen.stamp('puff', trail.x, trail.y + 10 * trail.size, { size: trail.size * (0.7 - back * 0.11), alpha: 0.6 - back * 0.12 });
  }
  const turn = Math.atan2(here.x - before.x, before.y - here.y || 1);
  pen.stamp('dart', here.x, here.y, { size: here.size, tall: here.tall, turn });
}
