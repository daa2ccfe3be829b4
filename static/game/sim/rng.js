// @ts-check
/**
 * xoshiro128++ (Blackman and Vigna, 2019): only add, xor, rotate and shift, so both languages agree bit for bit.
 * Twin: server/simulation/rng.py.
 */

/** @typedef {readonly [number, number, number, number]} Seed */

/**
 * A wave's seed from 32 hex digits, read as four big-endian 32-bit words. RangeError for anything else.
 * @param {string} digits
 * @returns {Seed}
 */
export function parseSeed(digits) {
  if (!/^[0-9a-fA-F]{32}$/.test(digits)) throw new RangeError('a seed is 32 hex digits');
  const word = (/** @type {number} */ at) => parseInt(digits.slice(at, at + 8), 16);
  return [word(0), word(8), word(16), word(24)];
}

/** A stream of draws from one seed. */
export class Rng {
  /** @param {Seed} seed */
  constructor(seed) {
    this.a = seed[0];
    this.b = seed[1];
    this.c = seed[2];
    this.d = seed[3];
  }

  /** The next draw, 32 bits. */
  word() {
    const total = (this.a + this.d) | 0;
    const word = (((total << 7) | (total >>> 25)) + this.a) >>> 0;
    const shifted = this.b << 9;
    this.c ^= this.a;
    this.d ^= this.b;
    this.b ^= this.c;
    this.a ^= this.d;
    this.c ^= shifted;
    this.d = (this.d << 11) | (this.d >>> 21);
    return word;
  }

  /**
   * The next draw, 0 <= draw < n, for 1 <= n <= 65,535 (so that the product stays below 2^32).
   * @param {number} n
   */
  below(n) {
    return ((this.word() >>> 16) * n) >>> 16;
  }
}
