// @ts-check
/** A stored round as the API tells it, and what its darts come to when they are thrown again here. */
import { fromHex, hmac, toHex } from '../sha256.js';
import { replay } from '../sim/replay.js';
import { parseSeed } from '../sim/rng.js';
import { WAVES, waveOf } from '../sim/rules.js';

/** @typedef {import('../sim/round.js').Hit} Hit @typedef {import('../sim/round.js').Shot} Shot */
/**
 * @typedef {{rules: import('../sim/rules.js').Rules, secret: string, shots: Shot[], voids?: number[], score: number,
 *   hits: number, alias: string | null, campaign?: string, played_at?: string}} Kept
 * @typedef {{score: number, hits: Hit[], thrown: number, bestCombo: number, isHonest: boolean}} Judged
 */

/** Every wave's seed follows from the secret: the first 16 bytes of HMAC-SHA256(secret, wave in ASCII decimal). @param {string} secret */
export function seedsOf(secret) {
  const key = fromHex(secret), ascii = new TextEncoder();
  return Array.from({ length: WAVES }, (_, i) => parseSeed(toHex(hmac(key, ascii.encode(String(i + 1))).slice(0, 16))));
}

/**
 * Throw all darts of a record again; null when its rules are none that this program knows.
 * @param {Kept} record
 * @returns {Judged | null}
 */
export function judge(record) {
  try {
    const { score, hitList, shots, bestCombo, illegal } = replay(record.rules, seedsOf(record.secret), record.shots, record.voids);
    const isHonest = illegal === null && score === record.score && hitList.length === record.hits;
    return { score, hits: hitList, thrown: shots, bestCombo, isHonest };
  } catch {
    return null;
  }
}

/** The hits of each wave in which something was hit, in order. @param {readonly Hit[]} hits @returns {[wave: number, hits: Hit[]][]} */
export function byWave(hits) {
  /** @type {Map<number, Hit[]>} */ const waves = new Map();
  for (const hit of hits) {
    const wave = waveOf(hit.tick);
    waves.set(wave, [...(waves.get(wave) ?? []), hit]);
  }
  return [...waves];
}
