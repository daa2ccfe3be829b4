// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { STEPS, Tune } from '../../static/game/tune.js';

function rig() {
  /** @type {{name: string, at: number, semitones: number}[]} */ const struck = [];
  return { tune: new Tune((name, at, semitones) => struck.push({ name, at, semitones })), struck };
}

/** @param {Tune} tune @param {number} from @param {number} to seconds, at 60 frames a second */
function play(tune, from, to) { for (let now = from; now < to; now += 1 / 60) tune.play(now); }

test('every note is handed over once, ahead of its time, in even steps', () => {
  const { tune, struck } = rig();
  play(tune, 0, 4);
  const times = [...new Set(struck.filter(({ name }) => name === 'hat').map(({ at }) => at))];
  assert.equal(struck.filter(({ name }) => name === 'hat').length, times.length);
  assert.ok(times.every((at) => Math.abs(at / 0.125 - Math.round(at / 0.125)) < 1e-6));
});

test('the tune goes round', () => {
  const { tune, struck } = rig();
  play(tune, 0, (STEPS * 2) / 8);
  const lead = struck.filter(({ name, at }) => name === 'lead' && at < (STEPS * 2) / 8);
  const half = lead.length / 2;
  assert.deepEqual(lead.slice(0, half).map(({ semitones }) => semitones), lead.slice(half).map(({ semitones }) => semitones));
});

test('in a hurry every note is a tone higher', () => {
  const calm = rig(), hurried = rig();
  hurried.tune.isHurried = true;
  play(calm.tune, 0, 2);
  play(hurried.tune, 0, 2);
  assert.deepEqual(hurried.struck.map(({ semitones }) => semitones - 2), calm.struck.map(({ semitones }) => semitones));
});

test('after a hidden tab no missed note is made up for', () => {
  const { tune, struck } = rig();
  play(tune, 0, 1);
  const before = struck.length;
  tune.play(60);
  assert.ok(struck.length - before < 10);
  assert.ok(struck.slice(before).every(({ at }) => at >= 60));
});
