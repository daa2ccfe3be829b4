// @ts-check
/**
 * How a dart flies: it reaches the near, mid and far plane 14, 20 and 26 ticks after the shot.
 *
 * On its way it falls 10/256 pixel and drifts 3/256 pixel per unit of wind, both times the square of its ticks:
 * 7.6, 15.6 and 26 pixels of fall. Twin: server/simulation/flight.py.
 */
import { FAR, FLIGHT_TICKS, Q } from './rules.js';

export const FALL_Q8 = 10;
export const DRIFT_Q8 = 3;

/**
 * A dart in the air: its shot (index in the log, tick, pixels), the wind it flies in, the plane it reaches next.
 * @typedef {{shot: number, tick: number, x: number, y: number, wind: number, plane: number, due: number}} Dart
 */

/**
 * @param {number} shot
 * @param {number} tick
 * @param {number} x
 * @param {number} y
 * @param {number} wind
 * @returns {Dart}
 */
export function throwDart(shot, tick, x, y, wind) {
  return { shot, tick, x, y, wind, plane: 0, due: tick + FLIGHT_TICKS[0] };
}

/**
 * Where (Q8) a dart aimed at pixel (x, y) passes through a plane.
 * @param {number} x
 * @param {number} y
 * @param {number} wind
 * @param {number} plane
 * @returns {[number, number]}
 */
export function impactPoint(x, y, wind, plane) {
  const squared = FLIGHT_TICKS[plane] * FLIGHT_TICKS[plane];
  return [(x << Q) + wind * squared * DRIFT_Q8, (y << Q) + squared * FALL_Q8];
}

/**
 * Where (Q8) a dart passes through the plane it reaches next.
 * @param {Dart} dart
 */
export function pointOf(dart) {
  return impactPoint(dart.x, dart.y, dart.wind, dart.plane);
}

/**
 * For drawing: a dart at any moment of its flight, on the very arc that the rules use. `depth` is 0 at the shot and
 * 1 in the far plane; x and y are Q8 and may be fractions.
 * @param {{tick: number, x: number, y: number, wind: number}} dart
 * @param {number} moment ticks, may be a fraction
 * @param {{x: number, y: number, depth: number}} [at] to be filled in, for those who ask every frame
 */
export function dartAt(dart, moment, at = { x: 0, y: 0, depth: 0 }) {
  const age = Math.max(0, Math.min(moment - dart.tick, FLIGHT_TICKS[FAR]));
  at.x = dart.x * 256 + dart.wind * age * age * DRIFT_Q8;
  at.y = dart.y * 256 + age * age * FALL_Q8;
  at.depth = age / FLIGHT_TICKS[FAR];
  return at;
}
