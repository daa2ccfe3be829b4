// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { partsOf, wordOf } from '../../static/game/countdown.js';

const told = (/** @type {number} */ ms) => partsOf(ms).map(({ unit, value }) => `${value} ${unit}`).join(' ');

test('a wait is told from its largest part down, minutes and seconds always', () => {
  assert.equal(told(((2 * 24 + 3) * 3600 + 4 * 60 + 5) * 1000), '2 day 3 hour 4 minute 5 second');
  assert.equal(told(3_600_000), '1 hour 0 minute 0 second');
  assert.equal(told(75_000), '1 minute 15 second');
  assert.equal(told(9_000), '0 minute 9 second');
});

test('a wait ends at zero and not a moment before', () => {
  assert.equal(told(1), '0 minute 1 second');
  assert.equal(told(0), '0 minute 0 second');
  assert.equal(told(-5_000), '0 minute 0 second');
});

test('each part has its word in each language, one or many', () => {
  assert.deepEqual([wordOf('en', 'hour', 1), wordOf('en', 'hour', 3), wordOf('fr', 'day', 3), wordOf('de', 'minute', 2)], ['hour', 'hours', 'jours', 'Minuten']);
});
