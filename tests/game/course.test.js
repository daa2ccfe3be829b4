// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../static/game/api.js';
import { Course } from '../../static/game/course.js';
import { cut } from '../../static/game/sim/rules.js';

const SEED = (/** @type {number} */ wave) => `${wave}`.padStart(32, '0');
const OUTCOME = { verdict: 'accepted', score: 1, shots: 1, hits: 0, best_combo: 0, awards: [], secret: '', replay_url: '', standing: null };

/**
 * A course on a clock of its own, and a server that answers as `answer` says (a number is the next start in ms).
 * @param {(wave: number, call: number) => any} answer
 * @param {any} [opened]
 */
function rig(answer, opened = { round: { id: 'r' }, rules: { version: 1 }, wave: { number: 1, seed: SEED(1), starts_in_ms: 3000 } }) {
  const world = { now: 0, sent: /** @type {any[]} */ ([]), waits: /** @type {number[]} */ ([]), present: /** @type {any} */ (null) };
  const api = {
    submitWave: async (/** @type {string} */ id, /** @type {number} */ wave, /** @type {any[]} */ shots) => {
      world.sent.push({ id, wave, shots, at: world.now });
      const said = answer(wave, world.sent.length);
      if (said instanceof Error) throw said;
      return typeof said === 'number' ? { wave: { number: wave + 1, seed: SEED(wave + 1), starts_in_ms: said } } : said;
    },
    present: async () => (typeof world.present === 'function' ? world.present() : world.present),
  };
  /** @type {{at: number, wake: () => void}[]} */ let sleepers = [];
  const sleep = (/** @type {number} */ ms) => new Promise((wake) => {
    world.waits.push(ms);
    sleepers.push({ at: world.now + ms, wake: () => wake(undefined) });
  });
  const course = new Course({ api, now: () => world.now, sleep, opened });
  const settle = async () => { for (let i = 0; i < 30; i += 1) await Promise.resolve(); };
  /** Let the clock run to a moment, a frame every 10 ms. @param {number} until */
  const run = async (until) => {
    while (world.now < until) {
      world.now += 10;
      for (const { wake } of sleepers.filter(({ at }) => at <= world.now)) wake();
      sleepers = sleepers.filter(({ at }) => at > world.now);
      await settle();
      course.step();
      await settle();
    }
  };
  return { world, course, run };
}
/** The server's word on a round in which the first wave has come. @param {number[][]} shots @param {number} startsInMs */
const presentOfTwo = (shots, startsInMs) => ({
  round: { id: 'r' }, rules: { version: 1 }, waves: [1, 2].map((number) => ({ number, seed: SEED(number) })), shots,
  voids: [], submitted: 1, wave: { number: 2, seed: SEED(2), starts_in_ms: startsInMs },
});
/** What is left until the seamless start of the next wave, for waves that begin 3 s after the opening. */
const seamless = (/** @type {number} */ now, /** @type {number} */ wave) => 3000 + wave * 5000 - now;

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

/** A server that strikes out what comes more than 1.5 s after its cut, as ours does. @param {() => ReturnType<typeof rig>} ask */
const strict = (ask) => (/** @type {number} */ wave) => {
  const { world, course } = ask();
  const due = course.clock.startOf(wave) + (wave === 9 ? 5000 : 4400);
  const isVoid = world.now - due > 1500;
  if (wave === 9) return { outcome: OUTCOME, ...(isVoid && { void: true }) };
  return { wave: { number: wave + 1, seed: SEED(wave + 1), starts_in_ms: isVoid ? 3000 : seamless(world.now, wave) }, ...(isVoid && { void: true }) };
};

function pausable() {
  /** @type {ReturnType<typeof rig>} */ const all = rig(strict(() => all));
  return all;
}
const CUT_1 = 3000 + 4400;

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
