// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../static/game/api.js';
import { cut } from '../../static/game/sim/rules.js';
import { CUT_1, OUTCOME, SEED, presentOfTwo, rig, seamless, strict } from './course_rig.js';

test('a submission leaves as soon as its cut has passed, and not before', async () => {
  const { world, run } = rig((wave) => seamless(world.now, wave));
  await run(3000 + 4390);
  assert.equal(world.sent.length, 0);
  await run(3000 + 4410);
  assert.deepEqual(world.sent.map(({ wave }) => wave), [1]);
});

test('one submission a wave, each on time, and then the outcome', async () => {
  const { world, course, run } = rig((wave) => (wave === 9 ? { outcome: OUTCOME } : seamless(world.now, wave)));
  await run(50000);
  assert.deepEqual(world.sent.map(({ wave }) => wave), [1, 2, 3, 4, 5, 6, 7, 8, 9]);
  for (const { wave, at } of world.sent) assert.ok(Math.abs(at - (3000 + (cut(wave) * 1000) / 60)) <= 20, `wave ${wave} left at ${at}`);
  assert.equal(course.outcome, OUTCOME);
});

test('a round that plays to its end is done when the last darts have landed', async () => {
  const { world, course, run } = rig((wave) => (wave === 9 ? { outcome: OUTCOME } : seamless(world.now, wave)));
  await run(3000 + 45100);
  assert.equal(course.outcome, OUTCOME);
  assert.equal(course.isDone, false);
  await run(3000 + 45700);
  assert.equal(course.isDone, true);
});

test('a round that the server ends early is done at once', async () => {
  const { world, course, run } = rig((wave) => (wave === 3 ? { outcome: OUTCOME } : seamless(world.now, wave)));
  await run(3000 + 14300);
  assert.equal(course.isDone, false);
  await run(3000 + 14500);
  assert.equal(course.isDone, true);
});

test('shots go with the submission of their tick', async () => {
  const { world, course, run } = rig((wave) => seamless(world.now, wave));
  await run(3000 + 1000);
  assert.equal(course.fire(100.7, 200.2), null);
  await run(3000 + 4600); // past the cut, still in wave 1
  assert.equal(course.fire(300, 400), null);
  await run(3000 + 9500);
  assert.deepEqual(world.sent[0].shots, [[60, 100, 200]]);
  assert.deepEqual(world.sent[1].shots, [[276, 300, 400]]);
});

test('no shot is taken before the start nor while a reveal is late', async () => {
  const { course, run } = rig(() => new Problem(0, 'offline'));
  assert.equal(course.fire(1, 1), 'waiting');
  await run(3000 + 5100);
  assert.equal(course.fire(1, 1), 'waiting');
  assert.equal(course.moment().over > 0, true);
});

test('too early waits as long as the server says and sends the same again', async () => {
  const { world, run } = rig((wave, call) => (call === 1 ? new Problem(425, 'too_early', { retry_in_ms: 123 }) : seamless(world.now, wave)));
  await run(3000 + 4600);
  assert.deepEqual(world.waits, [123]);
  assert.deepEqual(world.sent.map(({ wave }) => wave), [1, 1]);
});

test('a lost line is tried again with growing waits and the same shots', async () => {
  const { world, course, run } = rig((wave, call) => (call <= 3 ? new Problem(0, 'offline') : seamless(world.now, wave)));
  world.present = () => presentOfTwo([[30, 10, 20]], seamless(world.now, 1));
  await run(3000 + 500);
  course.fire(10, 20);
  await run(3000 + 4600);
  assert.equal(course.fire(300, 400), null); // past the cut: not this submission's, however often it is sent
  await run(3000 + 5500);
  assert.equal(course.trouble, 'line');
  await run(3000 + 6300);
  assert.deepEqual(world.waits, [250, 500, 1000]);
  assert.deepEqual(world.sent.map(({ shots }) => shots), [[[30, 10, 20]], [[30, 10, 20]], [[30, 10, 20]], [[30, 10, 20]]]);
  assert.equal(course.trouble, 'fine');
});

test('a line that is away for 17 s costs one wave, not the round', async () => {
  const backAt = CUT_1 + 17000;
  /** @type {ReturnType<typeof rig>} */ const all = rig((wave) => (all.world.now < backAt ? new Problem(0, 'offline') : strict(() => all)(wave)));
  const { world, course, run } = all;
  world.present = () => ({ ...presentOfTwo([], 3000), voids: [1] });
  await run(backAt + 2100);
  assert.deepEqual([[...course.voids], course.submitted, course.outcome], [[1], 1, null]);
  const gaps = world.sent.slice(1).map(({ at }, i) => at - world.sent[i].at);
  assert.ok(Math.max(...gaps) <= 2020, `a gap of ${Math.max(...gaps)} ms between two tries`);
});

test('a repeat is answered as it was at first, so the present tells when the next wave starts', async () => {
  const { world, course, run } = rig((wave, call) => (call === 1 ? new Problem(0, 'offline') : 600));
  world.present = () => presentOfTwo([], 10000 - world.now); // the server lets wave 2 start two seconds late
  await run(3000 + 6000);
  assert.equal(course.isLive, false);
  await run(10050);
  assert.equal(course.isLive, true);
  assert.equal(course.tick, 303);
});

test('a void submission is struck out and the next wave waits for its start', async () => {
  const { course, run } = rig((wave) => (wave === 1 ? { wave: { number: 2, seed: SEED(2), starts_in_ms: 3000 }, void: true } : 100));
  await run(3000 + 500);
  course.fire(100, 100);
  await run(3000 + 4500);
  assert.equal(course.trouble, 'void');
  assert.equal(course.sim.shots, 0);
  assert.equal(course.sim.log.length, 1);
  await run(3000 + 7300);
  assert.equal(course.isLive, false);
  await run(3000 + 7500);
  assert.equal(course.isLive, true);
  assert.equal(course.trouble, 'fine');
});

test('when the server already has the wave, the round goes on from what it knows', async () => {
  const { world, course, run } = rig((wave, call) => (call === 1 ? new Problem(409, 'already_submitted') : seamless(world.now, wave)));
  world.present = { round: { id: 'r' }, rules: { version: 1 }, waves: [1, 2].map((number) => ({ number, seed: SEED(number) })), shots: [[30, 1, 2]], voids: [], submitted: 1, wave: { number: 2, seed: SEED(2), starts_in_ms: 500 } };
  await run(3000 + 4500);
  assert.equal(course.submitted, 1);
  assert.deepEqual(course.sim.log, [[30, 1, 2]]);
  await run(3000 + 9600);
  assert.deepEqual(world.sent.map(({ wave }) => wave), [1, 2]);
});

test('a round that is over at the server ends with its outcome', async () => {
  const { world, course, run } = rig(() => new Problem(409, 'round_over'));
  world.present = { round: { id: 'r' }, rules: { version: 1 }, waves: [{ number: 1, seed: SEED(1) }], shots: [], voids: [], submitted: 0, outcome: OUTCOME };
  await run(3000 + 4500);
  assert.equal(course.outcome, OUTCOME);
});

test('a refusal that no waiting helps ends the round with its problem', async () => {
  const { course, run } = rig(() => new Problem(404, 'round_not_found'));
  await run(3000 + 4500);
  assert.equal(course.problem?.code, 'round_not_found');
  assert.equal(course.isOver, true);
});

test('a reload goes on in the middle of a wave with every shot that was sent', () => {
  const present = { state: 'open', round: { id: 'r' }, rules: { version: 1 }, waves: [1, 2, 3].map((number) => ({ number, seed: SEED(number) })), shots: [[30, 1, 2], [330, 3, 4]], voids: [1], submitted: 2, wave: { number: 3, seed: SEED(3), starts_in_ms: -1000 } };
  const { course } = rig(() => 500, present);
  assert.equal(course.tick, 660);
  assert.equal(course.isLive, true);
  assert.deepEqual(course.sim.log, [[30, 1, 2], [330, 3, 4]]);
  assert.equal(course.sim.shots, 1);
});
