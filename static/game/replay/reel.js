// @ts-check
/**
 * A round that can be run and wound to any tick. Where it stands after winding to a tick is where it stands after
 * running there; a whole round takes about a millisecond to throw again, so winding back simply starts anew.
 */
import { resumeRound } from '../sim/replay.js';
import { seedsOf } from './record.js';

/** @typedef {import('../sim/round.js').Event} Event */

export class Reel {
  /** @param {Pick<import('./record.js').Kept, 'rules' | 'secret' | 'shots' | 'voids'>} record */
  constructor({ rules, secret, shots, voids = [] }) {
    this.rules = rules;
    this.seeds = seedsOf(secret);
    this.shots = shots;
    this.voids = voids;
    this.sim = this.#thrown(-1);
    this.next = 0; // the first shot that is not thrown yet
  }

  /** Where the rules stand; -1 before the first tick. */
  get tick() { return this.sim.settled; }

  /** How many shots there are up to a tick. @param {number} tick */
  #countUntil(tick) {
    const later = this.shots.findIndex(([at]) => at > tick);
    return later < 0 ? this.shots.length : later;
  }

  /** @param {number} tick */
  #thrown(tick) {
    return resumeRound(this.rules, this.seeds, this.shots.slice(0, this.#countUntil(tick)), this.voids, tick);
  }

  /**
   * Go on to a tick.
   * @param {number} tick a whole one
   * @returns {{events: Event[], thrown: number[]}} what happened on the way, and which darts took off
   */
  run(tick) {
    const { sim } = this, thrown = [];
    for (const end = this.#countUntil(tick); this.next < end; this.next += 1) {
      const before = sim.shots;
      sim.fire(...this.shots[this.next]);
      if (sim.shots > before) thrown.push(sim.log.length - 1);
    }
    return { events: sim.settle(tick), thrown };
  }

  /** Wind to a tick, without a word of what happens on the way. @param {number} tick a whole one */
  wind(tick) {
    this.sim = this.#thrown(tick);
    this.next = this.#countUntil(tick);
  }
}
