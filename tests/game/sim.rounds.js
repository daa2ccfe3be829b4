// @ts-check
/** Rounds for the simulation's tests: those of tests/vectors, in the words of JavaScript. */
import { readFileSync } from 'node:fs';

import { replay } from '../../static/game/sim/replay.js';
import { parseSeed } from '../../static/game/sim/rng.js';

/**
 * @typedef {{name: string, rules: import('../../static/game/sim/rules.js').Rules, seeds: string[],
 *   shots: import('../../static/game/sim/round.js').Shot[], voids: number[], until: number, score: number,
 *   thrown: number, best_combo: number, knock_outs: number, spawn_hits: number, gifts: number[][],
 *   hits: Array<Array<number|string>>, events_hash: number, illegal: null | [number, string]}} Vector
 */

/**
 * @param {string} file
 * @returns {Vector[]}
 */
export function readVectors(file) {
  return JSON.parse(readFileSync(new URL(`../vectors/${file}`, import.meta.url), 'utf8'));
}

/** @param {Vector} vector */
export function replayVector({ rules, seeds, shots, voids, until }) {
  return replay(rules, seeds.map(parseSeed), shots, voids, until);
}

/**
 * A replay in the words of a vector.
 * @param {import('../../static/game/sim/replay.js').Replay} played
 */
export function outcomeOf(played) {
  return {
    score: played.score,
    thrown: played.shots,
    best_combo: played.bestCombo,
    knock_outs: played.knockOuts,
    spawn_hits: played.spawnHits,
    gifts: played.gifts,
    hits: played.hitList.map((hit) => [
      hit.tick, hit.shot, hit.wave, hit.index, hit.kind, hit.points, hit.combo, hit.x, hit.y,
    ]),
    events_hash: played.eventsHash,
    illegal: played.illegal && [played.illegal.index, played.illegal.sentence],
  };
}

/**
 * The part of a vector that tells what the round comes to.
 * @param {Vector} vector
 */
export function expectedOf(vector) {
  const given = ['name', 'rules', 'seeds', 'shots', 'voids', 'until'];
  return Object.fromEntries(Object.entries(vector).filter(([key]) => !given.includes(key)));
}
