// @ts-check
/** The waves revealed so far, each drawn from its seed when it is first needed. */
import { WAVES, WAVE_TICKS, waveOf } from './rules.js';
import { Wave } from './targets.js';

/** @typedef {import('./rng.js').Seed} Seed */

export class Waves {
  /** @type {Map<number, Seed>} */ #seeds = new Map();
  /** @type {Wave[]} */ #drawn = [];

  /** @param {readonly number[]} giftWaves */
  constructor(giftWaves) {
    this.giftWaves = giftWaves;
  }

  /**
   * @param {number} number
   * @param {Seed} seed
   */
  reveal(number, seed) {
    this.#seeds.set(number, seed);
  }

  /** How many waves from the first on are revealed without a gap. */
  get revealed() {
    let number = 0;
    while (this.#seeds.has(number + 1)) number += 1;
    return number;
  }

  /** The last tick that may be settled now. */
  get revealedUntil() {
    return this.revealed === WAVES ? Infinity : this.revealed * WAVE_TICKS - 1;
  }

  /**
   * The wave of this number; it and those before it are drawn when first needed. RangeError when not revealed.
   * @param {number} number
   */
  get(number) {
    while (this.#drawn.length < number) {
      const next = this.#drawn.length + 1;
      const seed = this.#seeds.get(next);
      if (!seed) throw new RangeError(`wave ${next} is not revealed`);
      this.#drawn.push(new Wave(this.giftWaves, next, seed, this.#drawn.at(-1)));
    }
    return this.#drawn[number - 1];
  }

  /**
   * The wave of a tick; the last one after its end. RangeError when not revealed.
   * @param {number} tick
   */
  at(tick) {
    return this.get(waveOf(tick));
  }
  /**
   * Calls `visit` with each target alive at a tick: those of the wave before first, nothing new is made.
   * @param {number} tick
   * @param {(target: import('./targets.js').Target) => void} visit
   */
  eachTarget(tick, visit) {
    const last = Math.min(waveOf(tick), this.revealed);
    for (let number = Math.max(1, last - 1); number <= last; number += 1) {
      for (const target of this.get(number).targets) if (target.isThere(tick)) visit(target);
    }
  }
}
