// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../static/game/api.js';
import { CUT_1, OUTCOME, presentOfTwo, rig, strict } from './course_rig.js';

function pausable() {
  /** @type {ReturnType<typeof rig>} */ const all = rig(strict(() => all));
  return all;
}

test('a pause takes no shot, and goes on by itself before the server ends the round', async () => {
  const { world, course, run } = pausable();
  await run(4000);
  assert.equal(course.pause(), true);
  assert.equal(course.fire(100, 100), 'waiting');
  await run(CUT_1 + 17490);
  assert.equal(world.sent.length, 0);
  await run(CUT_1 + 17510);
  assert.deepEqual([world.sent.length, course.pausing, course.trouble], [1, null, 'void']);
  assert.ok(world.sent[0].at - CUT_1 < 20000 - 2000, 'a slow line has two seconds left');
});

test('a pause that is ended at once still costs its wave, and no more time than that takes', async () => {
  const { world, course, run } = pausable();
  await run(3500);
  course.fire(100, 100);
  course.pause();
  await run(4000);
  course.goOn();
  await run(CUT_1 + 1690);
  assert.deepEqual([world.sent.length, course.isLive], [0, false]);
  await run(CUT_1 + 1710);
  assert.deepEqual([...course.voids], [1]);
  assert.equal(course.sim.shots, 0);
  await run(CUT_1 + 1710 + 3010);
  assert.deepEqual([course.isLive, Math.floor(course.tick / 300)], [true, 1]);
});

test('a pause that is ended late goes on at once', async () => {
  const { world, course, run } = pausable();
  await run(4000);
  course.pause();
  await run(CUT_1 + 9000);
  course.goOn();
  await run(CUT_1 + 9020);
  assert.equal(world.sent.length, 1);
});

test('a second pause in a round is refused, and so is one after a wave that the line has lost', async () => {
  const { course, run } = pausable();
  await run(4000);
  course.pause();
  assert.equal(course.pause(), false);
  course.goOn();
  await run(CUT_1 + 1710 + 3500);
  assert.deepEqual([course.isLive, course.pause()], [true, false]);
});

test('a pause after the cut costs the wave that has not been sent', async () => {
  const { world, course, run } = pausable();
  await run(CUT_1 + 100);
  assert.equal(world.sent.length, 1);
  course.pause();
  course.goOn();
  await run(CUT_1 + 5000 + 1690);
  assert.equal(world.sent.length, 1);
  await run(CUT_1 + 5000 + 1710);
  assert.deepEqual([...course.voids], [2]);
});

test('a pause tells how long it may last, then how long until the next wave', async () => {
  const { course, run } = pausable();
  await run(4000);
  assert.equal(course.pauseLeftMs, null);
  course.pause();
  assert.equal(Math.round(course.pauseLeftMs ?? 0), CUT_1 + 17500 - 4000);
  course.goOn();
  assert.equal(Math.round(course.pauseLeftMs ?? 0), CUT_1 + 1700 - 4000 + 3000);
});

test('nothing is counted down and nothing runs on in a pause', async () => {
  const { course, run } = pausable();
  await run(4000);
  course.pause();
  await run(3000 + 9000);
  const { over, waitMs, isRunning } = course.moment();
  assert.deepEqual([over, waitMs, isRunning], [0, null, false]);
});

test('a pause in the last wave ends in the outcome', async () => {
  const { course, run } = pausable();
  await run(3000 + 42000);
  assert.equal(course.submitted, 8);
  course.pause();
  course.goOn();
  await run(3000 + 45000 + 1720);
  assert.deepEqual([course.outcome, course.isDone, [...course.voids]], [OUTCOME, true, [9]]);
});

test('after the last submission has left there is nothing to pause', async () => {
  const { course, run } = rig((wave) => (wave === 9 ? new Problem(0, 'offline') : 100));
  await run(3000 + 60000);
  assert.equal(course.submitted, 8);
  assert.equal(course.pause(), false);
});

test('when the line loses the wave before the pause, the pause is over: one wave a round is lost, not two', async () => {
  let isDown = true;
  /** @type {ReturnType<typeof rig>} */ const all = rig((wave) => (isDown ? new Problem(0, 'offline') : strict(() => all)(wave)));
  const { world, course, run } = all;
  await run(CUT_1 + 20);
  assert.equal(course.pause(), true); // while submission 1 finds no way
  world.present = () => ({ ...presentOfTwo([], 2000), voids: [1] });
  await run(CUT_1 + 2000);
  isDown = false;
  await run(CUT_1 + 5000);
  assert.deepEqual([course.pausing, [...course.voids], course.submitted], [null, [1], 1]);
});

test('a wave whose shots are overdue is known to be lost', async () => {
  const { world, course } = pausable();
  world.now = CUT_1 + 1500;
  assert.equal(course.isWaveLost, false);
  world.now = CUT_1 + 1800; // nothing was stepped meanwhile: the page was hidden
  assert.equal(course.isWaveLost, true);
});
