// @ts-check
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { fetchPicture } from '../../static/game/art/picture.js';

const THEME = { boss: { picture: 'ab' } }, { fetch } = globalThis;
afterEach(() => { globalThis.fetch = fetch; });
/** @param {() => Promise<any>} answer */
const server = (answer) => {
  /** @type {unknown[]} */ const asked = [];
  globalThis.fetch = /** @type {any} */ ((/** @type {unknown} */ address) => { asked.push(address); return answer(); });
  return asked;
};

test('a theme without a picture asks for none', async () => {
  const asked = server(() => Promise.reject(new Error('asked')));
  assert.equal(await fetchPicture({ boss: { picture: null } }), '');
  assert.equal(await fetchPicture(null), '');
  assert.deepEqual(asked, []);
});

test('a picture that does not come leaves the drawn boss', async () => {
  for (const answer of [() => Promise.resolve({ ok: false }), () => Promise.reject(new TypeError('offline'))]) {
    const asked = server(answer);
    assert.equal(await fetchPicture(THEME), '');
    assert.deepEqual(asked, ['/pictures/ab']);
  }
});
