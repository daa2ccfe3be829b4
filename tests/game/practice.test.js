// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Practice } from '../../static/game/practice.js';

const MS = 1000 / 60;
/** A practice at a tick. @param {Practice} practice @param {number} tick */
const at = (practice, tick) => practice.step(tick * MS + 1);
/** @param {Practice} practice @param {number} tick */
const kinds = (practice, tick) => practice.targetsAt(tick).map(({ kind }) => kind);

test('a practice dart pops what stands there, and it comes back', () => {
  const practice = new Practice();
  at(practice, 100);
  assert.equal(practice.fire(566, 590), 0);
  assert.deepEqual(at(practice, 114).map(({ kind, target }) => [kind, target]), [['hit', 'can']]);
  assert.ok(!kinds(practice, 114).includes('can'));
  at(practice, 230);
  assert.ok(kinds(practice, 230).includes('can'));
});

test('a practice dart at the boss hits him, one at nothing misses, and neither brings a point', () => {
  const practice = new Practice();
  at(practice, 10);
  practice.fire(360, 190);
  at(practice, 30);
  practice.fire(360, 1100);
  const news = at(practice, 70);
  assert.deepEqual(news.map(({ kind }) => kind), ['boss', 'miss']);
  assert.ok(news.every(({ points }) => points === 0));
});

test('darts keep their rhythm and stay in the world', () => {
  const practice = new Practice();
  at(practice, 10);
  assert.equal(practice.fire(-5, 10), -1);
  assert.equal(practice.fire(10, 10), 0);
  assert.equal(practice.fire(10, 10), -1);
});

test('when the round starts nothing of the practice is left, and afterwards all of it is back', () => {
  const practice = new Practice();
  at(practice, 10);
  practice.close(3000);
  assert.equal(kinds(practice, 189).length, 7);
  assert.equal(kinds(practice, 190).length, 0);
  at(practice, 3000);
  practice.open();
  assert.equal(kinds(practice, 3000).length, 7);
});
