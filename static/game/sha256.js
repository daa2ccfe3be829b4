// @ts-check
/**
 * SHA-256 (FIPS 180-4) and what is built on it, in small: browsers hide `crypto.subtle` from pages on plain http,
 * where a replay must still be checked and a proof still be found.
 */

/** The first 32 bits of the fractional parts of a root of the first primes. @param {number} count @param {number} power */
function roots(count, power) {
  const found = [];
  for (let n = 2; found.length < count; n += 1) {
    let prime = true;
    for (let d = 2; d * d <= n; d += 1) prime &&= n % d !== 0;
    if (prime) found.push(((n ** power % 1) * 2 ** 32) | 0);
  }
  return found;
}
const K = Int32Array.from(roots(64, 1 / 3));
const START = Int32Array.from(roots(8, 1 / 2));
const W = new Int32Array(64);
/** @param {number} x @param {number} n */
const turn = (x, n) => (x >>> n) | (x << (32 - n));

/** One block of 64 bytes into a state of eight words. @param {Int32Array} state @param {DataView} view @param {number} at */
function compress(state, view, at) {
  for (let i = 0; i < 16; i += 1) W[i] = view.getInt32(at + i * 4);
  for (let i = 16; i < 64; i += 1) {
    const s0 = turn(W[i - 15], 7) ^ turn(W[i - 15], 18) ^ (W[i - 15] >>> 3);
    const s1 = turn(W[i - 2], 17) ^ turn(W[i - 2], 19) ^ (W[i - 2] >>> 10);
    W[i] = W[i - 16] + s0 + W[i - 7] + s1;
  }
  let a = state[0], b = state[1], c = state[2], d = state[3], e = state[4], f = state[5], g = state[6], h = state[7];
  for (let i = 0; i < 64; i += 1) {
    const t1 = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[i] + W[i]) | 0;
    const t2 = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
    h = g; g = f; f = e; e = (d + t1) | 0; d = c; c = b; b = a; a = (t1 + t2) | 0;
  }
  state[0] += a; state[1] += b; state[2] += c; state[3] += d; state[4] += e; state[5] += f; state[6] += g; state[7] += h;
}

/** @param {Uint8Array} message @returns {Uint8Array} 32 bytes */
export function sha256(message) {
  const padded = new Uint8Array(((message.length + 72) >> 6) << 6);
  padded.set(message);
  padded[message.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(message.length / 2 ** 29));
  view.setUint32(padded.length - 4, message.length << 3);
  const state = START.slice();
  for (let at = 0; at < padded.length; at += 64) compress(state, view, at);
  const digest = new Uint8Array(32);
  state.forEach((word, i) => new DataView(digest.buffer).setInt32(i * 4, word));
  return digest;
}

/** @param {...Uint8Array} parts */
export function join(...parts) {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  parts.reduce((at, part) => (whole.set(part, at), at + part.length), 0);
  return whole;
}

/** HMAC-SHA256 (RFC 2104). @param {Uint8Array} key @param {Uint8Array} message */
export function hmac(key, message) {
  const block = new Uint8Array(64);
  block.set(key.length > 64 ? sha256(key) : key);
  return sha256(join(block.map((byte) => byte ^ 0x5c), sha256(join(block.map((byte) => byte ^ 0x36), message))));
}

/** The state after a key's own block, from which every HMAC under it goes on. @param {Uint8Array} key @param {number} mask */
function keyed(key, mask) {
  const block = new Uint8Array(64).fill(mask), state = START.slice();
  key.forEach((byte, i) => { block[i] ^= byte; });
  compress(state, new DataView(block.buffer), 0);
  return state;
}

/** The second and last block of a message that is one digest long. @param {DataView} block @param {Int32Array} digest */
function fill(block, digest) {
  for (let i = 0; i < 8; i += 1) block.setInt32(i * 4, digest[i]);
}

/**
 * One block of PBKDF2-HMAC-SHA256 (RFC 8018): 32 bytes. Two compressions a round and nothing else.
 * @param {Uint8Array} password at most 64 bytes @param {Uint8Array} salt @param {number} rounds
 */
export function pbkdf2(password, salt, rounds) {
  const inner = keyed(password, 0x36), outer = keyed(password, 0x5c), state = new Int32Array(8);
  const block = new DataView(new ArrayBuffer(64));
  block.setUint8(32, 0x80);
  block.setUint32(60, 96 * 8);
  const first = new DataView(hmac(password, join(salt, Uint8Array.of(0, 0, 0, 1))).buffer);
  const last = Int32Array.from({ length: 8 }, (_, i) => first.getInt32(i * 4)), sum = last.slice();
  for (let round = 1; round < rounds; round += 1) {
    fill(block, last);
    state.set(inner);
    compress(state, block, 0);
    fill(block, state);
    last.set(outer);
    compress(last, block, 0);
    for (let i = 0; i < 8; i += 1) sum[i] ^= last[i];
  }
  fill(block, sum);
  return new Uint8Array(block.buffer.slice(0, 32));
}

/** @param {string} digits */
export const fromHex = (digits) => Uint8Array.from(digits.match(/../g) ?? [], (pair) => parseInt(pair, 16));
/** @param {Uint8Array} bytes */
export const toHex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
