// @ts-check
/** What the view does with time: slow motion, shakes, flashes, and a machine that is too slow. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SLOW_SECONDS, ViewClock } from '../../static/game/view/clock.js';
import { Jolts } from '../../static/game/view/jolts.js';
import { LEVELS, Pace } from '../../static/game/view/pace.js';

/** Feeds frames of one length for so many milliseconds; whether the level changed. @param {Pace} pace @param {number} frame @param {number} [ms] */
function run(pace, frame, ms = 1100) {
  let changed = false;
  for (let at = 0; at < ms; at += frame) changed = pace.add(frame) || changed;
  return changed;
}

test('the view runs with the clock until the end, then slower, then with it again', () => {
  const clock = new ViewClock();
  assert.equal(clock.step(10), 10);
  clock.slowDown(10);
  assert.ok(clock.isSlow(10.5));
  const half = clock.step(10.3), end = clock.step(10 + SLOW_SECONDS), after = clock.step(12);
  assert.ok(Math.abs(half - 10.09) < 1e-9, String(half));
  assert.ok(Math.abs(end - 10.18) < 1e-9, String(end));
  assert.ok(Math.abs(after - end - (12 - 10 - SLOW_SECONDS)) < 1e-9);
  assert.ok(!clock.isSlow(12));
});

test('what shows never goes back in time while it slows down', () => {
  const clock = new ViewClock();
  clock.slowDown(0);
  const seen = Array.from({ length: 100 }, (_, i) => clock.step(i / 60));
  assert.deepEqual(seen, [...seen].sort((a, b) => a - b));
});

test('a new round is seen at its own pace', () => {
  const clock = new ViewClock();
  clock.slowDown(0);
  clock.step(5);
  clock.reset();
  assert.equal(clock.tick(100), 100);
});

test('there are never more than three flashes in any second', () => {
  const jolts = new Jolts(), flashes = [];
  for (let now = 0; now < 5; now += 1 / 60) if (jolts.flash(now, 0, 0)) flashes.push(now);
  for (const start of flashes) assert.ok(flashes.filter((at) => at >= start && at <= start + 1).length <= 3, String(start));
  assert.ok(flashes.length > 5);
});

test('those who asked for less motion get no flash and no shake', () => {
  const jolts = new Jolts();
  jolts.isCalm = true;
  jolts.shake(1, 6, 0.3);
  assert.deepEqual([jolts.flash(1, 0, 0), jolts.strength(1.01)], [false, 0]);
});

test('no shake moves the picture by more than 6 pixels, and a weak one does not end a strong one', () => {
  const jolts = new Jolts();
  jolts.shake(1, 40, 0.3);
  jolts.shake(1.02, 3, 0.12);
  assert.ok(jolts.strength(1.03) > 3 && jolts.strength(1) <= 6);
});

test('a fast machine keeps all its pixels', () => {
  const pace = new Pace();
  assert.equal(run(pace, 16.7, 20000), false);
  assert.equal(pace.level, 0);
});

test('a slow machine loses pixels twice, then bits, then nothing more', () => {
  const pace = new Pace();
  const levels = Array.from({ length: 5 }, () => { run(pace, 30); return pace.level; });
  assert.deepEqual(levels, [1, 2, 3, 3, 3]);
  assert.deepEqual(LEVELS.map(({ sharpness, bits }) => [sharpness, bits]), [[2, 200], [1.5, 200], [1, 200], [1, 80]]);
});

test('a screen of one pixel to a pixel loses bits at once', () => {
  const pace = new Pace(1);
  run(pace, 30);
  assert.equal(LEVELS[pace.level].bits, 80);
});

test('one late frame in twenty, or a tab that was hidden, is not slowness', () => {
  const pace = new Pace();
  for (let i = 0; i < 600; i += 1) pace.add(i % 20 ? 16.7 : 60);
  for (let i = 0; i < 20; i += 1) pace.add(5000);
  assert.equal(pace.level, 0);
});

test('a machine of ten frames a second is slow, too', () => {
  const pace = new Pace();
  assert.ok(run(pace, 100));
});
