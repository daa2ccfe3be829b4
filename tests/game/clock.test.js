// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SEAM_MS, createClock } from '../../static/game/clock.js';

test('the first wave begins when it was told to', () => {
  const clock = createClock();
  clock.reveal(1, 1000, 3000);
  assert.deepEqual(clock.momentAt(1000), { tick: 0, over: -180, waitMs: 3000, isRunning: false });
  assert.equal(clock.momentAt(4000).tick, 0);
  assert.equal(Math.round(clock.momentAt(5000).tick), 60);
});

test('a start told within the seam follows on without a jump', () => {
  const clock = createClock();
  clock.reveal(1, 0, 0);
  clock.reveal(2, 4500, 500 + SEAM_MS);
  assert.equal(Math.floor(clock.momentAt(5001).tick), 300);
});

test('a start told later than the seam is the one that counts', () => {
  const clock = createClock();
  clock.reveal(1, 0, 0);
  clock.reveal(2, 4500, 500 + SEAM_MS + 1);
  const between = clock.momentAt(5050);
  assert.ok(between.tick < 300 && between.over > 0);
  assert.equal(Math.floor(clock.momentAt(5082).tick), 300);
});

test('the tick never passes a wave whose successor is not revealed, and the view is told by how much', () => {
  const clock = createClock();
  clock.reveal(1, 0, 0);
  const late = clock.momentAt(6000);
  assert.equal(Math.floor(late.tick), 299);
  assert.equal(Math.round(late.over), 60);
  assert.equal(late.waitMs, null);
});

test('after the last wave the darts in flight may still land', () => {
  const clock = createClock();
  clock.reveal(9, 0, 0);
  assert.equal(Math.floor(clock.momentAt(5500).tick), 2730);
  assert.equal(clock.momentAt(9000).tick, 2760);
});

test('a wave taken up after a reload has begun already', () => {
  const clock = createClock();
  clock.reveal(4, 10000, -2000);
  assert.equal(Math.floor(clock.momentAt(10000).tick), 1020);
});

test('a wave taken up before its start is waited for', () => {
  const clock = createClock();
  clock.reveal(4, 10000, 3000);
  assert.deepEqual(clock.momentAt(10000), { tick: 900, over: 0, waitMs: 3000, isRunning: false });
});
