// @ts-check
/** A round that is watched again: winding, the sight between the darts, and what the record is worth. */
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';

import { aimAt } from '../../static/game/replay/aim.js';
import { Playhead, clockText } from '../../static/game/replay/playhead.js';
import { byWave, judge, seedsOf } from '../../static/game/replay/record.js';
import { Reel } from '../../static/game/replay/reel.js';
import { replay } from '../../static/game/sim/replay.js';
import { LAST_TICK, TICKS, cut, waveOf } from '../../static/game/sim/rules.js';
import { readVectors } from './sim.rounds.js';

const SECRET = '7c'.repeat(32);
const found = readVectors('hand_picked.json').find(({ name }) => name === 'a skilled round');
assert.ok(found);
const { rules, shots } = found; // darts thrown at other waves than they were aimed at: some hit all the same
const known = replay(rules, seedsOf(SECRET), shots, [4]);
const record = { rules, secret: SECRET, shots, voids: [4], score: known.score, hits: known.hits, alias: 'Sunny Otter 482' };

/** All that a picture is made of. @param {Reel} reel @param {number} tick */
const stateOf = ({ sim, next }, tick) => JSON.parse(JSON.stringify([
  sim.score, sim.combo, sim.bestCombo, sim.knockOuts, sim.eventsHash, sim.log, sim.darts, sim.hitList, sim.settled, next,
  sim.targetsAt(tick), sim.bossX(Math.min(tick, TICKS - 1)), sim.isBossDown(tick), sim.bossHitsLeft,
]));

test('the seeds are what any other HMAC makes of the secret', () => {
  const third = createHmac('sha256', Buffer.from(SECRET, 'hex')).update('3').digest('hex').slice(0, 32);
  assert.deepEqual(seedsOf(SECRET)[2], [0, 8, 16, 24].map((at) => parseInt(third.slice(at, at + 8), 16)));
});

test('a round wound to a tick stands where it stands after running there', () => {
  const played = new Reel(record);
  for (let tick = 0; tick <= LAST_TICK; tick += 1) {
    played.run(tick);
    if (tick % 37 && !shots.some(([at]) => at === tick)) continue; // every shot's own tick, and a sample of the others
    const wound = new Reel(record);
    wound.wind(tick);
    assert.deepEqual(stateOf(wound, tick), stateOf(played, tick), `tick ${tick}`);
  }
});

test('a round wound back and run again says again what happened', () => {
  const reel = new Reel(record);
  reel.run(800);
  const told = reel.run(1600);
  reel.run(LAST_TICK);
  reel.wind(800);
  assert.deepEqual(reel.run(1600), told);
  assert.ok(told.events.length > 0 && told.thrown.length > 0);
});

test('in big steps or small ones the same happens', () => {
  const small = new Reel(record), big = new Reel(record);
  const one = [], other = [];
  for (let tick = 0; tick <= LAST_TICK; tick += 1) one.push(...small.run(tick).events);
  for (let tick = 23; tick < LAST_TICK; tick += 23) other.push(...big.run(tick).events);
  other.push(...big.run(LAST_TICK).events);
  assert.deepEqual(other, one);
  assert.equal(big.sim.score, record.score);
});

test('a dart of a void wave is not seen to take off', () => {
  const { thrown } = new Reel(record).run(LAST_TICK);
  const isVoid = (/** @type {number} */ i) => shots[i][0] >= cut(3) && shots[i][0] < cut(4);
  assert.deepEqual(thrown, shots.map((_, i) => i).filter((i) => !isVoid(i)));
  assert.ok(thrown.length < shots.length);
});

test('winding to the end takes less than 50 ms', () => {
  const reel = new Reel(record);
  reel.wind(10);
  const began = performance.now();
  reel.wind(LAST_TICK);
  assert.ok(performance.now() - began < 50);
});

test('an honest record is found to be one', () => {
  const judged = judge(record);
  assert.equal(judged?.isHonest, true);
  assert.equal(judged?.hits.length, record.hits);
});

test('a score, a number of hits or a dart that was altered does not pass', () => {
  const hit = known.hitList[0].shot;
  for (const forged of [{ ...record, score: record.score + 50 }, { ...record, hits: record.hits + 1 },
    { ...record, shots: shots.filter((_, i) => i !== hit) }, { ...record, voids: [] },
    { ...record, shots: [.../** @type {typeof shots} */ ([[-1, 0, 0]]), ...shots] }]) assert.equal(judge(forged)?.isHonest, false);
});

test('what no rules can play is no round', () => {
  assert.equal(judge({ ...record, rules: { version: 99 } }), null);
});

test('every hit is listed once, under the wave in which it was made', () => {
  const waves = byWave(known.hitList);
  assert.deepEqual(waves.flatMap(([, hits]) => hits), known.hitList);
  for (const [wave, hits] of waves) assert.ok(hits.every(({ tick }) => waveOf(tick) === wave));
});

test('the sight is where each dart was aimed when it was thrown, and glides there without a jump', () => {
  for (const [tick, x, y] of shots) assert.deepEqual(aimAt(shots, tick), { x, y });
  const path = /** @type {typeof shots} */ ([[0, 0, 0], [100, 300, 400]]);
  assert.deepEqual(aimAt(path, 50), { x: 0, y: 0 });
  assert.deepEqual(aimAt(path, 79), { x: 150, y: 200 });
  assert.ok(aimAt(path, 99.9).x > 299);
  assert.deepEqual(aimAt([], 10), { x: 360, y: 640 });
});

test('the playhead goes as fast as it is told, stops at the end, and starts again from there', () => {
  const head = new Playhead();
  assert.equal(head.advance(1), 0);
  head.toggle();
  head.speed = 4;
  assert.equal(head.advance(1), 4);
  assert.equal(head.tick, 240);
  head.isHeld = true;
  assert.equal(head.advance(1), 0);
  head.isHeld = false;
  head.advance(60);
  assert.deepEqual([head.tick, head.isPlaying, head.isAtEnd], [LAST_TICK, false, true]);
  head.toggle();
  assert.deepEqual([head.tick, head.isPlaying], [0, true]);
});

test('in a loop the end is the start', () => {
  const head = new Playhead();
  head.isLooping = true;
  head.moveTo(LAST_TICK - 6);
  head.toggle();
  assert.equal(head.advance(1), 0.1);
  assert.deepEqual([head.tick, head.isPlaying], [0, true]);
});

test('times are written in minutes and seconds, and the settling after the last tick takes none', () => {
  assert.deepEqual([0, 59, 60, 2699, TICKS, LAST_TICK].map(clockText), ['0:00', '0:00', '0:01', '0:44', '0:45', '0:45']);
});
