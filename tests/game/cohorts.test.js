// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sumOf } from '../../bench/cohorts.mjs';

const ROUNDS = 120; // `node bench/cohorts.mjs` plays 400

test('the rules reward skill, welcome a first-timer and give a bot little', () => {
  const [first, expert, clever] = ['first-timer', 'expert', 'clever bot'].map((name) => sumOf(name, ROUNDS));
  assert.ok(first.hits >= 0.35, `a first-timer hits with ${first.hits}`);
  assert.ok(first.median * 10 <= expert.median, `a first-timer scores ${first.median}, an expert ${expert.median}`);
  assert.ok(clever.median <= 2 * expert.median, `a clever bot scores ${clever.median}, an expert ${expert.median}`);
});
