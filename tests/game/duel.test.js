// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { curveOf, scoreAt } from '../../static/game/duel/curve.js';
import { sayLead, signed } from '../../static/game/duel/ghost.js';
import { seedsOf } from '../../static/game/replay/record.js';
import { replay } from '../../static/game/sim/replay.js';
import { createTexts } from '../../static/game/texts.js';
import { readVectors } from './sim.rounds.js';

const SECRET = '7c'.repeat(32);
const found = readVectors('hand_picked.json').find(({ name }) => name === 'a skilled round');
assert.ok(found);
const { score, hits, hitList } = replay(found.rules, seedsOf(SECRET), found.shots);
const ROUND = { rules: found.rules, secret: SECRET, shots: found.shots, score, hits, alias: 'Mighty Gecko' }, HIT = hitList[0];

const texts = createTexts({ 'duel.ahead': '{points} ahead of {alias}', 'duel.behind': '{points} behind {alias}', 'duel.level': 'Level with {alias}' }, 'en');
const rival = { round_id: 'r', alias: 'Mighty Gecko', score: 100 };

test('a ghost has at each tick what the round had then, from nothing to its score', () => {
  const curve = curveOf(ROUND) ?? [];
  assert.equal(scoreAt(curve, -1), 0);
  assert.equal(scoreAt(curve, HIT.tick - 1), 0);
  assert.equal(scoreAt(curve, HIT.tick), HIT.points);
  assert.equal(scoreAt(curve, 2700), ROUND.score);
  assert.equal(curve.length, ROUND.hits);
});

test('a round whose darts do not come to its score sends no ghost', () => {
  assert.equal(curveOf({ ...ROUND, score: ROUND.score + 1000 }), null);
  assert.equal(curveOf({ ...ROUND, shots: ROUND.shots.slice(1) }), null);
  assert.equal(curveOf({ ...ROUND, rules: /** @type {any} */ ({ version: 99 }) }), null);
});

test('a lead has its sign, and is said in words', () => {
  assert.deepEqual([320, -1500, 0].map((lead) => signed(lead, texts)), ['+320', '−1,500', '±0']);
  assert.deepEqual([320, -1500, 0].map((lead) => sayLead(lead, rival, texts)), ['320 ahead of Mighty Gecko', '1,500 behind Mighty Gecko', 'Level with Mighty Gecko']);
});
