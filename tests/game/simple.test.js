// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Api } from '../../static/game/api.js';
import { createKeep } from '../../static/game/keep.js';
import { simplify } from '../../static/game/simple.js';

const SAFE = ['Accept-Language']; // of those that we send, what a browser lets pass unasked
const dressed = (/** @type {string} */ method, /** @type {Record<string, string>} */ headers = {}, /** @type {object | undefined} */ body = undefined) =>
  ({ method, headers: { 'Accept-Language': 'fr', ...headers }, credentials: 'omit', ...(body && { body: JSON.stringify(body) }) });

test('a call that asks nobody first stays as it is', () => {
  const plain = dressed('GET');
  assert.equal(simplify(plain), plain);
});

for (const [what, request, said] of /** @type {const} */ ([
  ['a token', dressed('GET', { Authorization: 'Bearer abc' }), { method: 'GET', bearer: 'abc' }],
  ['JSON', dressed('POST', { 'Content-Type': 'application/json' }, { wave: 1 }), { method: 'POST', wave: 1 }],
  ['a proof', dressed('POST', { 'Content-Type': 'application/json', Altcha: 'eyJ' }, {}), { method: 'POST', altcha: 'eyJ' }],
  ['another method', dressed('DELETE', { Authorization: 'Bearer abc' }), { method: 'DELETE', bearer: 'abc' }],
])) {
  test(`${what} goes in the body of a simple request`, () => {
    const { method, headers, body, ...rest } = simplify(request);
    assert.equal(method, 'POST');
    assert.deepEqual(Object.keys(headers), SAFE);
    assert.deepEqual(JSON.parse(body ?? ''), said);
    assert.deepEqual(rest, { credentials: 'omit' });
  });
}

/** How a page of an origin calls. @param {string} origin */
async function callFrom(origin) {
  /** @type {any} */ let sent;
  const fetch = /** @type {any} */ (async (/** @type {string} */ _, /** @type {any} */ init) => { sent = init; return new Response('{}'); });
  const keep = createKeep([{ read: () => '{"token":"abc"}', write: () => undefined }]);
  Object.assign(globalThis, { origin });
  await new Api({ base: '', locale: 'en', keep, fetch }).submitWave('r', 1, []);
  Object.assign(globalThis, { origin: undefined });
  return sent;
}

test('only a page without an origin calls so', async () => {
  assert.equal((await callFrom('https://play.example')).headers.Authorization, 'Bearer abc');
  const simple = await callFrom('null');
  assert.equal(simple.headers.Authorization, undefined);
  assert.deepEqual(JSON.parse(simple.body), { wave: 1, shots: [], method: 'POST', bearer: 'abc' });
});
