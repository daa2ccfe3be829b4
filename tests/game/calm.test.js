// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CalmCourse } from '../../static/game/calm.js';
import { Round } from '../../static/game/sim/round.js';
import { TICKS, WAVES } from '../../static/game/sim/rules.js';

/** @type {import('../../static/game/sim/rng.js').Seed[]} */
const SEEDS = Array.from({ length: WAVES }, (_, i) => [i + 1, 2, 3, 4]);

function rig() {
  const world = { now: 1000 };
  return { world, course: new CalmCourse({ now: () => world.now, seeds: SEEDS }) };
}

test('a calm round begins after 3-2-1 and runs at half the speed', () => {
  const { world, course } = rig();
  assert.deepEqual([course.isLive, course.moment().waitMs], [false, 3000]);
  assert.ok(course.moment().over < 0);
  world.now = 4000 + 10000;
  assert.deepEqual([course.isLive, course.tick], [true, 300]);
});

test('its darts fly by the rules of every round', () => {
  const { world, course } = rig();
  world.now = 4000 + 4000;
  assert.equal(course.fire(300.5, 600.2), null);
  const twin = new Round({ version: 1 });
  SEEDS.forEach((seed, i) => twin.reveal(i + 1, seed));
  twin.fire(120, 300, 600);
  world.now += 2000;
  course.step();
  twin.settle(180);
  assert.equal(course.sim.eventsHash, twin.eventsHash);
});

test('it may stand still for as long as one likes, and goes on where it was', () => {
  const { world, course } = rig();
  world.now = 4000 + 2000;
  assert.equal(course.pause(), true);
  world.now += 3600000;
  assert.deepEqual([course.tick, course.isLive, course.fire(1, 1)], [60, false, 'waiting']);
  course.goOn();
  assert.deepEqual([course.tick, course.isLive, course.pause()], [60, true, true]);
});

test('it is done when the last darts have landed', () => {
  const { world, course } = rig();
  world.now = 4000 + 90000;
  assert.deepEqual([course.isDone, course.tick >= TICKS], [false, true]);
  world.now += 2000;
  course.step();
  assert.equal(course.isDone, true);
});

test('two calm rounds are not the same', () => {
  const [one, other] = [0, 1].map(() => new CalmCourse({ now: () => 0 }).sim.targetsAt(100));
  assert.notDeepEqual(one, other);
});
