// @ts-check
/** Judge a whole log: which shots are legal, and what the round comes to. Twin: server/simulation/replay.py. */
import { Round } from './round.js';
import { HEIGHT, LAST_TICK, MAGAZINE, TICKS, WIDTH, cut, readyAt } from './rules.js';

/** @typedef {import('./rng.js').Seed} Seed */
/** @typedef {import('./rules.js').Rules} Rules */
/** @typedef {import('./round.js').Shot} Shot */
/** @typedef {import('./round.js').Hit} Hit */
/** @typedef {{index: number, sentence: string}} Illegal the first shot that the rules refuse, and why */

/**
 * What a round comes to; `illegal` is set when only the shots before it were played.
 * @typedef {{score: number, shots: number, hits: number, bestCombo: number, knockOuts: number, spawnHits: number,
 *   gifts: Array<[number, number]>, hitList: Hit[], eventsHash: number, illegal: Illegal | null}} Replay
 */

/**
 * The first illegal shot of a log that starts with the round, void submissions included; null when all are legal.
 * @param {readonly Shot[]} shots
 */
export function findIllegal(shots) {
  return findIllegalBetween(0, 0, shots, 0, TICKS);
}

/**
 * The first illegal shot of submission `wave`; `before` is the legal log so far, the index counts in `shots`.
 * @param {readonly Shot[]} before
 * @param {readonly Shot[]} shots
 * @param {number} wave
 */
export function findIllegalInWave(before, shots, wave) {
  return findIllegalBetween(before.length, before.at(-1)?.[0] ?? 0, shots, cut(wave - 1), cut(wave));
}

/**
 * @param {number} thrown
 * @param {number} lastTick
 * @param {readonly Shot[]} shots
 * @param {number} start
 * @param {number} end
 * @returns {Illegal | null}
 */
function findIllegalBetween(thrown, lastTick, shots, start, end) {
  for (const [index, [tick, x, y]] of shots.entries()) {
    const refuse = (/** @type {string} */ why) => ({ index, sentence: `shot ${index} is at ${why}` });
    if (!(tick >= start && tick < end)) return refuse(`tick ${tick}, outside ticks ${start} to ${end - 1}`);
    if (tick < readyAt(thrown, lastTick)) return refuse(`tick ${tick}, ${reason(thrown, lastTick, tick)}`);
    if (!(x >= 0 && x < WIDTH && y >= 0 && y < HEIGHT)) {
      return refuse(`(${x}, ${y}), outside the world of ${WIDTH} by ${HEIGHT}`);
    }
    thrown += 1;
    lastTick = tick;
  }
  return null;
}

/**
 * @param {number} thrown
 * @param {number} lastTick
 * @param {number} tick
 */
function reason(thrown, lastTick, tick) {
  if (tick < lastTick) return `before the previous one at tick ${lastTick}`;
  return `before the ${thrown % MAGAZINE === 0 ? 'reload' : 'cooldown'} ends at tick ${readyAt(thrown, lastTick)}`;
}

/**
 * A round as it stands after a legal log, settled up to and including tick `until`, to go on playing from: after a
 * reload, or to strike out a submission that turned out void. Its news are told already.
 * @param {Rules} rules
 * @param {readonly Seed[]} seeds those of the waves revealed so far, from the first on
 * @param {readonly Shot[]} shots
 * @param {Iterable<number>} voids
 * @param {number} until
 */
export function resumeRound(rules, seeds, shots, voids, until) {
  const round = new Round(rules, voids);
  seeds.forEach((seed, index) => round.reveal(index + 1, seed));
  for (const [tick, x, y] of shots) round.fire(tick, x, y);
  round.settle(until);
  return round;
}

/**
 * Play a log again and settle all that is due at ticks up to and including `until`. When `until`
 * lies within the round, shots after it are not looked at. `seeds` may hold only the waves revealed so far when `until` lies inside them, else RangeError. A bad log gives what
 * its good beginning comes to, and `illegal`.
 * @param {Rules} rules
 * @param {readonly Seed[]} seeds
 * @param {readonly Shot[]} shots
 * @param {Iterable<number>} [voids]
 * @param {number} [until]
 * @returns {Replay}
 */
export function replay(rules, seeds, shots, voids = [], until = LAST_TICK) {
  const late = until < TICKS ? shots.findIndex(([tick]) => tick > until) : -1;
  const known = late < 0 ? shots : shots.slice(0, late);
  const illegal = findIllegal(known);
  const round = resumeRound(rules, seeds, illegal ? known.slice(0, illegal.index) : known, voids, until);
  const { score, shots: thrown, hits, bestCombo, knockOuts, spawnHits, gifts, hitList, eventsHash } = round;
  return { score, shots: thrown, hits, bestCombo, knockOuts, spawnHits, gifts, hitList, eventsHash, illegal };
}
