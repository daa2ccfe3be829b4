// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLoop } from '../../static/game/loop.js';

/** @param {(now: number) => number} tickAt @param {number} [mostSteps] */
function rig(tickAt, mostSteps) {
  /** @type {number[]} */ const steps = [];
  /** @type {number[]} */ const drawn = [];
  const frame = createLoop({ tickAt, step: (tick) => steps.push(tick), draw: (tick) => drawn.push(tick), mostSteps });
  return { frame, steps, drawn };
}
const sixty = (/** @type {number} */ now) => (now * 60) / 1000;

test('every tick is stepped once, whatever the rate of the screen', () => {
  for (const frameMs of [4, 7, 16.7, 33, 90]) {
    const { frame, steps } = rig(sixty);
    for (let now = 0; now <= 1001; now += frameMs) frame(now);
    assert.deepEqual(steps.slice(-50), Array.from({ length: 50 }, (_, i) => steps[steps.length - 1] - 49 + i));
    assert.equal(new Set(steps).size, steps.length);
  }
});

test('a frame draws between two ticks', () => {
  const { frame, drawn } = rig(sixty);
  frame(100);
  frame(108);
  assert.deepEqual(drawn, [6, 6.48]);
});

test('a clock that stands still steps nothing and still draws', () => {
  const { frame, steps, drawn } = rig(() => 299.999);
  frame(0);
  const before = steps.length;
  frame(50);
  assert.equal(steps.length, before);
  assert.equal(drawn.length, 2);
});

test('after a long absence only the last ticks are stepped', () => {
  const { frame, steps } = rig(sixty, 10);
  frame(0);
  frame(10000);
  assert.equal(steps.at(-1), 600);
  assert.equal(steps.filter((tick) => tick > 0).length, 10);
});
