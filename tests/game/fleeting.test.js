// @ts-check
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { isFleeting } from '../../static/game/fleeting.js';

const refuse = () => { throw new Error('SecurityError'); };

/** @param {PropertyDescriptor} how */
const storage = (how) => Object.defineProperty(globalThis, 'localStorage', { configurable: true, ...how });

afterEach(() => storage({ value: undefined }));

test('a page whose storage takes something is not forgotten, and nothing is left of the trial', () => {
  const kept = new Map([['popshot', '{}']]);
  storage({ value: { setItem: (/** @type {string} */ name, /** @type {string} */ text) => kept.set(name, text), removeItem: (/** @type {string} */ name) => kept.delete(name) } });
  assert.equal(isFleeting(), false);
  assert.deepEqual([...kept.keys()], ['popshot']);
});

test('a page without storage is forgotten with its tab', () => {
  storage({ get: refuse });
  assert.equal(isFleeting(), true);
});

test('so is one whose storage is there and takes nothing', () => {
  storage({ value: { getItem: () => null, setItem: refuse, removeItem: refuse } });
  assert.equal(isFleeting(), true);
});
