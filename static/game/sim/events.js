// @ts-check
/** What happens in a round, and the hash over all of it. Twin: server/simulation/events.py. */

export const BOSS = -1; // the boss's index among a wave's targets

/**
 * A dart that landed. `points` is what the score moved by; x and y are Q8; the boss's index is BOSS.
 * The hit that knocks the boss out is of kind 'knock-out' and carries the boss's points and the bonus.
 * @typedef {{tick: number, shot: number, wave: number, index: number, kind: string, points: number, combo: number,
 *   x: number, y: number}} Hit
 */

/**
 * What settle() reports: a hit ('hit', 'plant', 'gift', 'boss' or 'knock-out'), a 'miss', a 'dodge' (at the tick of
 * the shot, 6 before the boss moves) or a 'respawn'. `target` is the kind of what was hit ('boss' for all of the
 * boss's, '' for a miss). x and y are Q8; `shot` is the dart's index in the log, -1 for a respawn.
 * @typedef {{kind: 'hit'|'plant'|'gift'|'boss'|'knock-out'|'miss'|'dodge'|'respawn', target: string, tick: number,
 *   shot: number, wave: number, index: number, plane: number, points: number, combo: number, x: number,
 *   y: number}} Event
 */

/** The news of a moment in which nothing happened: the same empty list every time. @type {Event[]} */
export const NOTHING = Object.freeze(/** @type {any} */ ([]));

const EVENT_KINDS = [
  'can', 'balloon', 'duck', 'star', 'plant', 'gift', 'boss', 'knock-out', 'miss', 'dodge', 'respawn',
];
export const FNV_BASIS = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/**
 * The hash with one more event: FNV-1a's step over two 32-bit words.
 * The first holds the tick (12 bits), kind, wave and index (4 each), the second points and combo (16 each).
 * @param {number} eventsHash
 * @param {string} kind one of EVENT_KINDS
 * @param {{tick: number, wave: number, index: number, points: number, combo: number}} event
 */
export function fold(eventsHash, kind, { tick, wave, index, points, combo }) {
  const what = tick | (EVENT_KINDS.indexOf(kind) << 12) | (wave << 16) | ((index & 15) << 20);
  const gain = (points & 0xffff) | (combo << 16);
  return Math.imul(Math.imul(eventsHash ^ what, FNV_PRIME) ^ gain, FNV_PRIME) >>> 0;
}

/**
 * The event's kind and target, as settle() tells them, of one of EVENT_KINDS.
 * @param {string} what
 * @returns {{kind: Event['kind'], target: string}}
 */
export function tell(what) {
  if (what === 'miss') return { kind: 'miss', target: '' };
  if (what === 'plant' || what === 'gift') return { kind: what, target: what };
  if (what === 'boss' || what === 'knock-out' || what === 'dodge' || what === 'respawn') {
    return { kind: what, target: 'boss' };
  }
  return { kind: 'hit', target: what };
}
