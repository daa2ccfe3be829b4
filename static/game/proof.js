// @ts-check
/**
 * Works out an ALTCHA challenge (version 2: find a counter whose derived key begins with a prefix), in slices so that
 * the page stays alive. No worker: a frame sandboxed to `allow-scripts` may not start one from our files.
 */
import { fromHex, join, pbkdf2, sha256, toHex } from './sha256.js';

/** @typedef {{algorithm: string, nonce: string, salt: string, cost: number, keyLength?: number, keyPrefix?: string}} Parameters */

const SLICE_MS = 12;

/** @param {Parameters} asked @param {Uint8Array<ArrayBuffer>} password @param {Uint8Array<ArrayBuffer>} salt @returns {Promise<Uint8Array>} */
async function derive(asked, password, salt) {
  if (asked.algorithm === 'PBKDF2/SHA-256') {
    const subtle = globalThis.crypto?.subtle;
    if (!subtle) return pbkdf2(password, salt, asked.cost);
    const key = await subtle.importKey('raw', password, 'PBKDF2', false, ['deriveBits']);
    return new Uint8Array(await subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations: asked.cost }, key, 256));
  }
  if (asked.algorithm !== 'SHA-256') throw new Error(`this page cannot answer a challenge of the kind ${asked.algorithm}`);
  let key = sha256(join(salt, password));
  for (let i = 1; i < asked.cost; i += 1) key = sha256(key);
  return key;
}

/**
 * The answer for the header `Altcha`: base64 of the challenge and its solution.
 * @param {{parameters: Parameters, signature?: string}} challenge
 * @returns {Promise<string>}
 */
export async function solveChallenge(challenge) {
  const asked = challenge.parameters;
  const [nonce, salt] = [fromHex(asked.nonce), fromHex(asked.salt)];
  const began = performance.now();
  for (let counter = 0, slice = began; ; counter += 1) {
    const number = Uint8Array.of(counter >>> 24, counter >>> 16, counter >>> 8, counter);
    const key = toHex((await derive(asked, join(nonce, number), salt)).slice(0, asked.keyLength ?? 32));
    if (key.startsWith((asked.keyPrefix ?? '00').toLowerCase())) {
      const solution = { counter, derivedKey: key, time: performance.now() - began };
      return btoa(JSON.stringify({ challenge, solution }));
    }
    if (performance.now() - slice > SLICE_MS) {
      await new Promise((resume) => { setTimeout(resume); });
      slice = performance.now();
    }
  }
}
