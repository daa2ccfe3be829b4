// @ts-check
/** The incremental round, as the game plays it tick by tick. */
import assert from 'node:assert/strict';
import test from 'node:test';

import { dartAt, impactPoint } from '../../static/game/sim/flight.js';
import { replay, resumeRound } from '../../static/game/sim/replay.js';
import { parseSeed } from '../../static/game/sim/rng.js';
import { createRound } from '../../static/game/sim/round.js';
import { FLIGHT_TICKS, LAST_TICK, TICKS, WAVES, cut } from '../../static/game/sim/rules.js';
import { readVectors } from './sim.rounds.js';

const found = readVectors('hand_picked.json').find(({ name }) => name === 'a skilled round');
assert.ok(found);
const { rules, shots } = found;
const seeds = found.seeds.map(parseSeed);

/** Plays the skilled round as a browser does: each wave revealed at its first tick, settled tick by tick. */
function playLive() {
  const round = createRound(rules);
  const events = [];
  let next = 0;
  for (let tick = 0; tick <= LAST_TICK; tick += 1) {
    if (tick % 300 === 0 && tick < TICKS) round.reveal(tick / 300 + 1, seeds[tick / 300]);
    events.push(...round.settle(tick));
    if (shots[next]?.[0] === tick) assert.equal(round.fire(...shots[next++]), null);
  }
  return { round, events };
}

test('a round played live, each wave revealed at its start, comes to what its replay says', () => {
  const { round } = playLive();
  const played = replay(rules, seeds, shots);
  assert.deepEqual([round.score, round.eventsHash, round.hitList], [played.score, played.eventsHash, played.hitList]);
  assert.deepEqual(round.log, shots);
  assert.deepEqual(round.darts, []);
});

test('every hit, miss and dodge is told once, in order, and the points told are the score', () => {
  const { round, events } = playLive();
  assert.equal(events.reduce((sum, event) => sum + event.points, 0), round.score);
  assert.equal(events.filter(({ kind }) => ['hit', 'plant', 'gift', 'boss', 'knock-out'].includes(kind)).length, round.hits);
  assert.equal(events.filter(({ kind }) => kind === 'miss').length, round.shots - round.hits);
  assert.equal(events.filter(({ kind }) => kind === 'knock-out').length, round.knockOuts);
  assert.deepEqual(events.map(({ tick }) => tick), events.map(({ tick }) => tick).sort((a, b) => a - b));
});

test('a shot is refused with the word why', () => {
  const round = createRound(rules);
  assert.equal(round.fire(0, 5, 5), 'unrevealed');
  round.reveal(1, seeds[0]);
  assert.equal(round.fire(-1, 5, 5), 'over');
  assert.equal(round.fire(TICKS, 5, 5), 'over');
  assert.equal(round.fire(0, 720, 5), 'edge');
  assert.equal(round.fire(0, 5, 5), null);
  assert.equal(round.fire(11, 5, 5), 'cooldown');
  for (let dart = 1; dart < 8; dart += 1) assert.equal(round.fire(dart * 12, 5, 5), null);
  assert.equal(round.magazineLeft, 8);
  assert.equal(round.readyAt, 84 + 45);
  assert.equal(round.fire(84 + 44, 5, 5), 'reload');
  assert.equal(round.canFire(84 + 45), true);
  round.settle(200);
  assert.equal(round.fire(199, 5, 5), 'past');
  assert.equal(round.fire(300, 5, 5), 'unrevealed');
  assert.equal(round.log.length, 8);
});

test('nothing can be settled or asked beyond what is revealed, but the view may guess the boss', () => {
  const round = createRound(rules);
  assert.throws(() => round.settle(0), RangeError);
  assert.equal(round.bossXForView(0), 360 << 8);
  round.reveal(1, seeds[0]);
  round.settle(299);
  assert.throws(() => round.settle(300), RangeError);
  assert.throws(() => round.bossX(300), RangeError);
  assert.notEqual(round.bossXForView(320), round.bossXForView(300));
  assert.equal(round.bossXForView(299), round.bossX(299));
  assert.deepEqual(round.targetsAt(400), []);
  assert.equal(round.wind(300), 0);
});

test('a wave revealed late goes on where the boss was', () => {
  const round = createRound(rules);
  round.reveal(1, seeds[0]);
  const guessed = round.bossXForView(300);
  round.reveal(2, seeds[1]);
  assert.equal(round.bossX(300), guessed);
});

test('a submission marked void afterwards is struck out by rebuilding, exactly', () => {
  const until = cut(5);
  const before = shots.filter(([tick]) => tick < until);
  const struck = resumeRound(rules, seeds.slice(0, 5), before, [3], until);
  const judged = replay(rules, seeds.slice(0, 5), before, [3], until);
  assert.deepEqual([struck.score, struck.eventsHash], [judged.score, judged.eventsHash]);
  assert.ok(struck.score < resumeRound(rules, seeds.slice(0, 5), before, [], until).score);
  assert.equal(struck.log.length, before.length);
  assert.deepEqual(struck.settle(until), []);
});

test('a resumed round goes on as if it had never stopped', () => {
  const before = shots.filter(([tick]) => tick < cut(4));
  const round = resumeRound(rules, seeds.slice(0, 4), before, [], cut(4));
  seeds.slice(4).forEach((seed, index) => round.reveal(index + 5, seed));
  for (const shot of shots.slice(before.length)) assert.equal(round.fire(...shot), null);
  round.settle(LAST_TICK);
  assert.equal(round.eventsHash, replay(rules, seeds, shots).eventsHash);
});

test('the arc that is drawn meets the planes where the rules say', () => {
  const dart = { tick: 100, x: 400, y: 700, wind: -13 };
  FLIGHT_TICKS.forEach((ticks, plane) => {
    const { x, y } = dartAt(dart, 100 + ticks);
    assert.deepEqual([x, y], impactPoint(400, 700, -13, plane));
  });
  assert.deepEqual(dartAt(dart, 99), { x: 400 * 256, y: 700 * 256, depth: 0 });
  assert.equal(dartAt(dart, 126).depth, 1);
});

test('targets are seen from their first tick on until they are hit or gone', () => {
  const round = createRound(rules);
  seeds.forEach((seed, index) => round.reveal(index + 1, seed));
  const [target] = round.targetsAt(150);
  assert.ok(target.t0 <= 150 && 150 < target.t1 && target.r > 30);
  const there = (/** @type {number} */ tick) => round.targetsAt(tick).some(
    ({ wave, index }) => wave === target.wave && index === target.index);
  assert.deepEqual([target.t0 - 1, target.t0, target.t1 - 1, target.t1].map(there), [false, true, true, false]);
  const [x, y] = [target.x, target.y];
  const [drift, fall] = impactPoint(0, 0, 0, target.plane);
  round.fire(150 - FLIGHT_TICKS[target.plane], (x - drift) >> 8, (y - fall) >> 8);
  const [hit] = round.settle(150);
  assert.deepEqual([hit.kind, hit.wave, hit.index, hit.plane], ['hit', target.wave, target.index, target.plane]);
  assert.equal(there(150), false);
  assert.equal(WAVES, seeds.length);
});
