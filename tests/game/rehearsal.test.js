// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';

const TOKEN = '0123456789abcdef0123456789abcdef';

/** A module as a page at a path has it. @param {string} file @param {string} pathname */
function at(file, pathname) {
  Object.assign(globalThis, { location: { pathname } });
  return import(`../../static/game/${file}.js?at=${encodeURIComponent(pathname)}`);
}

test('a rehearsal is the root of its pages, the live ones have none', async () => {
  assert.equal((await at('root', `/rehearsal/${TOKEN}/c/spring`)).root, `/rehearsal/${TOKEN}`);
  assert.equal((await at('root', `/rehearsal/${TOKEN}`)).root, `/rehearsal/${TOKEN}`);
  for (const live of ['/', '/c/rehearsal', '/c/boss/rehearsal/x', '/rehearsal', '/rehearsal/']) {
    assert.equal((await at('root', live)).root, '', live);
  }
});

test('a rehearsal keeps its player apart from the live one, in storage and in the name of a frame', async () => {
  /** @type {Record<string, string>} */ const stored = { popshot: '{"token":"live"}' };
  const localStorage = { getItem: (/** @type {string} */ key) => stored[key] ?? null, setItem: (/** @type {string} */ key, /** @type {string} */ text) => { stored[key] = text; } };
  Object.assign(globalThis, { localStorage, window: { name: 'popshot:{"token":"framed"}' } });
  const { createKeep } = await at('keep', `/rehearsal/${TOKEN}/me`);
  const keep = createKeep();
  assert.equal(keep.get('token'), undefined);
  keep.set('token', 'tried');
  assert.deepEqual(stored, { popshot: '{"token":"live"}', [`popshot/rehearsal/${TOKEN}`]: '{"token":"tried"}' });
});
