// @ts-check
/**
 * The numbers of the game, and what a campaign may choose of them. Twin: server/simulation/rules.py.
 * Ticks are 1/60 s. Lengths are pixels of the world (720 x 1280) unless a name or a comment says Q8 (1/256 pixel).
 * Wave numbers are 1-based.
 */

export const TICK_RATE = 60;
export const WAVES = 9;
export const WAVE_TICKS = 300;
export const TICKS = WAVES * WAVE_TICKS;
export const REVEAL_LEAD_TICKS = 36;
export const TARGET_OVERHANG_TICKS = 60; // a target ends at most this long after its wave
export const LAST_TICK = TICKS + TARGET_OVERHANG_TICKS; // everything is settled here

export const WIDTH = 720;
export const HEIGHT = 1280;
export const Q = 8; // bits after the point of a position

export const COOLDOWN_TICKS = 12;
export const MAGAZINE = 8;
export const RELOAD_TICKS = 45; // from the last dart of a magazine to the first of the next

export const NEAR = 0;
export const MID = 1;
export const FAR = 2;
export const FLIGHT_TICKS = Object.freeze([14, 20, 26]);
export const PLANE_SHRINK = 6; // a target's radius loses this much a plane

/** @type {Readonly<Record<string, number>>} */
export const POINTS = Object.freeze({
  can: 50, balloon: 100, duck: 150, star: 500, plant: -200, gift: 0, boss: 120,
});
/** @type {Readonly<Record<string, number>>} */
export const RADIUS = Object.freeze({ can: 78, balloon: 72, duck: 64, star: 44, plant: 56, gift: 50 });
export const COMBO_STEP = 4;
export const TOP_MULTIPLIER = 5;

export const BOSS_Y = 190;
export const BOSS_RADIUS = 116;
export const BOSS_HITS = 12; // as many knock it out
export const KNOCK_OUT_POINTS = 1500;
export const KNOCK_OUT_TICKS = 240;
export const DODGE_TICKS = 48;
export const DODGE_COOLDOWN_TICKS = 90;

export const SPAWN_GRACE_TICKS = 6; // nobody reacts faster: a dart thrown within this of a target's first tick, or landing within it

/**
 * What each wave holds, always: 19 cans, 16 balloons, 11 ducks, 3 stars, 7 plants. Seeds draw the rest.
 * The order matters: targets 6 apart (in waves 1 to 3: 4 apart) are neighbours in one plane, so one of such two is
 * always a duck or a star, which keep to no column.
 */
export const MIX = Object.freeze([
  ['can', 'balloon', 'can', 'duck'],
  ['can', 'balloon', 'can', 'balloon', 'duck'],
  ['can', 'balloon', 'plant', 'can', 'duck'],
  ['can', 'balloon', 'duck', 'can', 'plant', 'balloon'],
  ['can', 'balloon', 'star', 'can', 'balloon', 'duck'],
  ['duck', 'can', 'balloon', 'plant', 'can', 'duck', 'balloon'],
  ['can', 'balloon', 'star', 'can', 'plant', 'balloon', 'duck'],
  ['duck', 'can', 'balloon', 'can', 'plant', 'balloon', 'can', 'duck'],
  ['star', 'duck', 'can', 'balloon', 'plant', 'can', 'plant', 'balloon'],
]);

/**
 * The wire's `rules`; only these two are read. `gift_waves` are the waves whose first can is a gift.
 * @typedef {{version: number, gift_waves?: readonly number[]}} Rules
 */

/**
 * Refuses rules that this program does not know.
 * @param {Rules} rules
 * @returns {readonly number[]} the gift waves
 */
export function giftWavesOf(rules) {
  if (rules.version !== 1) throw new RangeError(`rules version ${rules.version} is unknown; this program knows version 1`);
  return rules.gift_waves ?? [];
}

/**
 * The tick up to which (exclusive) submission `wave` carries shots; 0 for wave 0.
 * @param {number} wave
 */
export function cut(wave) {
  if (wave <= 0) return 0;
  return wave >= WAVES ? TICKS : wave * WAVE_TICKS - REVEAL_LEAD_TICKS;
}

/**
 * Which submission carries a shot of this tick (0 <= tick < 2,700).
 * @param {number} tick
 */
export function submissionOf(tick) {
  return Math.min(Math.floor((tick + REVEAL_LEAD_TICKS) / WAVE_TICKS) + 1, WAVES);
}

/**
 * Which wave a tick belongs to; the ticks after the round's last belong to the last wave.
 * @param {number} tick
 */
export function waveOf(tick) {
  return Math.min(Math.floor(tick / WAVE_TICKS) + 1, WAVES);
}

/**
 * What a hit's points are multiplied by, the hit itself counted in `combo`.
 * @param {number} combo
 */
export function multiplier(combo) {
  return Math.min(1 + Math.floor(combo / COMBO_STEP), TOP_MULTIPLIER);
}

/**
 * The first tick at which the next shot is legal, after `thrown` shots of which the last was at `lastTick`.
 * @param {number} thrown
 * @param {number} lastTick
 */
export function readyAt(thrown, lastTick) {
  if (thrown === 0) return 0;
  return lastTick + (thrown % MAGAZINE === 0 ? RELOAD_TICKS : COOLDOWN_TICKS);
}
