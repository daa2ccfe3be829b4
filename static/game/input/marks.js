// @ts-check
/** What is on the field, for those who aim without pointing: the n-th from the left, the boss, where to lead. */
import { BOSS } from '../sim/events.js';
import { impactPoint } from '../sim/flight.js';
import { BOSS_Y, FAR, FLIGHT_TICKS, Q } from '../sim/rules.js';

/** @typedef {Pick<import('../sim/round.js').Round, 'targetsAt' | 'bossXForView' | 'isBossDown' | 'wind'>} Field */
/** @typedef {{wave: number, index: number, plane: number}} Mark @typedef {{x: number, y: number}} Point world pixels */

const ONE = 1 << Q;

/** The boss as something to aim at. @type {Readonly<Mark>} */
export const BOSS_MARK = Object.freeze({ wave: 0, index: BOSS, plane: FAR });

/** Where the n-th target from the left is now; null when there are fewer. @param {Field} field @param {number} tick @param {number} n from 1 @returns {Point | null} */
export function nthFromLeft(field, tick, n) {
  const target = field.targetsAt(tick).sort((a, b) => a.x - b.x || a.index - b.index)[n - 1];
  return target ? { x: target.x / ONE, y: target.y / ONE } : null;
}

/** Where the boss is now. @param {Field} field @param {number} tick @returns {Point} */
export const bossNow = (field, tick) => ({ x: field.bossXForView(tick) / ONE, y: BOSS_Y });

/** Where a mark will be at a tick, Q8; null when it is gone by then. @param {Field} field @param {Mark} mark @param {number} tick */
function placeOf(field, { wave, index }, tick) {
  if (index === BOSS) return { x: field.bossXForView(tick), y: BOSS_Y << Q };
  return field.targetsAt(tick).find((target) => target.wave === wave && target.index === index) ?? null;
}

/**
 * The pixel to shoot at so that a dart thrown at this tick meets the mark: its place at the impact, less fall and wind.
 * Null when it will be gone by then.
 * @param {Field} field @param {Mark} mark @param {number} tick @returns {Point | null}
 */
export function leadOn(field, mark, tick) {
  const place = placeOf(field, mark, tick + FLIGHT_TICKS[mark.plane]);
  if (!place) return null;
  const [drift, fall] = impactPoint(0, 0, field.wind(tick), mark.plane);
  return { x: (place.x - drift) / ONE, y: (place.y - fall) / ONE };
}

/** The gift on the field that a dart thrown now still reaches; null without one. @param {Field} field @param {number} tick */
export function giftOn(field, tick) {
  return field.targetsAt(tick).find((target) => target.kind === 'gift' && leadOn(field, target, tick)) ?? null;
}
