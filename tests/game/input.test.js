// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Fingers } from '../../static/game/input/fingers.js';
import { Keys } from '../../static/game/input/keys.js';
import { BOSS_MARK, bossNow, giftOn, leadOn, nthFromLeft } from '../../static/game/input/marks.js';
import { Pad } from '../../static/game/input/pad.js';
import { Sweep } from '../../static/game/input/sweep.js';
import { Round } from '../../static/game/sim/round.js';
import { WAVES } from '../../static/game/sim/rules.js';

globalThis.Element ??= /** @type {any} */ (class {});

/** @param {number[]} [giftWaves] */
function round(giftWaves = []) {
  const sim = new Round({ version: 1, gift_waves: giftWaves });
  for (let wave = 1; wave <= WAVES; wave += 1) sim.reveal(wave, [wave, 2, 3, 4]);
  return sim;
}

/** @param {import('../../static/game/sim/round.js').Round} sim @param {number} tick @param {{x: number, y: number}} spot */
const shoot = (sim, tick, { x, y }) => {
  assert.equal(sim.fire(tick, Math.floor(x), Math.floor(y)), null);
  return sim.settle(tick + 30).filter(({ kind }) => kind !== 'dodge')[0];
};

test('a quick tap shoots right where it taps', () => {
  const fingers = new Fingers((x, y) => ({ x, y }));
  fingers.press(1, 200, 300);
  fingers.step(0.1);
  assert.deepEqual(fingers.lift(1), { x: 200, y: 300 });
});

test('a finger that stays pushes the sight out above itself, and shoots there', () => {
  const fingers = new Fingers((x, y) => ({ x, y }));
  fingers.press(1, 200, 300);
  for (let i = 0; i < 12; i += 1) fingers.step(0.05);
  assert.deepEqual(fingers.step(0), { x: 200, y: 220 });
  assert.deepEqual(fingers.lift(1), { x: 200, y: 220 });
});

test('a finger that moves pushes the sight out as well, little by little', () => {
  const fingers = new Fingers((x, y) => ({ x, y }));
  fingers.press(1, 200, 300);
  fingers.move(1, 211, 300);
  assert.equal(fingers.step(0.02)?.y, 300);
  fingers.move(1, 213, 300);
  const y = fingers.step(0.02)?.y ?? 0;
  assert.ok(y < 300 && y > 230, `the sight jumped to ${y}`);
});

test('two fingers aim each for themselves, and a lost one shoots nothing', () => {
  const fingers = new Fingers((x, y) => ({ x, y }));
  fingers.press(1, 100, 100);
  fingers.press(2, 500, 500);
  assert.deepEqual(fingers.step(0.01), { x: 500, y: 500 });
  fingers.forget(2);
  assert.equal(fingers.lift(2), null);
  assert.deepEqual(fingers.lift(1), { x: 100, y: 100 });
});

function keys(isOneButton = false) {
  const log = /** @type {any[]} */ ([]);
  const all = new Keys({ nudge: (dx, dy) => log.push([dx, dy]), fire: () => log.push('fire'), jump: (n) => log.push(n), isOneButton: () => isOneButton });
  const press = (/** @type {string} */ key, /** @type {any} */ more = {}) => all.press(/** @type {any} */ ({ key, code: '', target: null, ...more }));
  return { all, log, press };
}

test('a held arrow gathers speed', () => {
  const { all, log, press } = keys();
  press('ArrowLeft');
  for (let i = 0; i < 60; i += 1) all.step(1 / 60);
  assert.ok(log[0][0] < 0 && log[59][0] < log[0][0] * 4, `${log[0][0]} then ${log[59][0]}`);
});

test('digits jump by the place of their key, so a French keyboard needs no shift', () => {
  const { log, press } = keys();
  press('&', { code: 'Digit1' });
  press('0', { code: 'Numpad0' });
  assert.deepEqual(log, [1, 0]);
});

test('with one button every key shoots once, but those that lead elsewhere', () => {
  const { log, press } = keys(true);
  for (const key of ['x', 'ArrowUp', ' ', 'Enter']) assert.equal(press(key), true);
  press('x', { repeat: true });
  for (const key of ['Tab', 'Escape', 'F5', 'Shift']) assert.equal(press(key), false);
  assert.equal(press('r', { ctrlKey: true }), false);
  assert.deepEqual(log, ['fire', 'fire', 'fire', 'fire']);
});

/** @param {number[]} axes @param {number[]} [down] */
const held = (axes, down = []) => ({ axes, buttons: Array.from({ length: 16 }, (_, i) => ({ pressed: down.includes(i), value: Number(down.includes(i)), touched: false })) });

test('a stick at rest moves nothing, a pushed one moves the sight the way it points', () => {
  const moves = /** @type {number[][]} */ ([]);
  const pad = new Pad({ nudge: (dx, dy) => moves.push([dx, dy]), fire: () => assert.fail(), start: () => assert.fail() });
  pad.step(1 / 60, [held([0.1, -0.1])]);
  assert.deepEqual(moves, []);
  for (let i = 0; i < 40; i += 1) pad.step(1 / 60, [null, held([0, -1])]);
  assert.ok(Math.abs(moves[0][0]) < 1e-9 && moves[0][1] < 0);
  assert.ok(moves[39][1] < moves[0][1] * 3, 'it gathers speed');
});

test('a pad button counts once when it goes down', () => {
  const log = /** @type {string[]} */ ([]);
  const pad = new Pad({ nudge: () => assert.fail(), fire: () => log.push('fire'), start: () => log.push('start') });
  for (const down of [[0], [0], [], [7], [9], [9]]) pad.step(1 / 60, [held([0, 0], down)]);
  assert.deepEqual(log, ['fire', 'fire', 'start']);
});

test('targets are counted from the left, the boss is where it is', () => {
  const sim = round();
  const xs = [1, 2, 3].map((n) => nthFromLeft(sim, 100, n)?.x ?? NaN);
  assert.deepEqual(xs, [...xs].sort((a, b) => a - b));
  assert.equal(nthFromLeft(sim, 100, 9), null);
  assert.deepEqual(bossNow(sim, 100), { x: sim.bossX(100) / 256, y: 190 });
});

test('a dart with the exact lead hits what it is meant for, in every wave and plane', () => {
  const seen = { hits: 0, planes: new Set() };
  for (let wave = 0; wave < WAVES; wave += 1) {
    for (const at of [60, 110, 150]) {
      const sim = round(), tick = wave * 300 + at;
      sim.settle(tick);
      for (const target of sim.targetsAt(tick)) {
        const spot = leadOn(sim, target, tick);
        if (!spot || spot.x < 0 || spot.x >= 720) continue;
        const hit = shoot(round(), tick, spot);
        seen.planes.add(target.plane);
        assert.notEqual(hit.kind, 'miss', `${target.kind} in plane ${target.plane} at tick ${tick}`);
        seen.hits += 1;
      }
    }
  }
  assert.ok(seen.hits > 60, String(seen.hits));
  assert.deepEqual([...seen.planes].sort(), [0, 1, 2]);
});

test('the lead on the boss hits him when nothing stands before him', () => {
  const spot = leadOn(round(), BOSS_MARK, 290);
  assert.ok(spot);
  assert.equal(shoot(round(), 290, spot).target, 'boss');
});

test('a gift is found while a dart still reaches it, and the dart opens it', () => {
  const sim = round([2]), tick = Array.from({ length: 300 }, (_, i) => 300 + i).find((one) => giftOn(sim, one)) ?? 0;
  assert.ok(tick > 0);
  const gift = giftOn(sim, tick), spot = gift && leadOn(sim, gift, tick);
  assert.ok(gift && spot);
  assert.equal(giftOn(sim, gift.t1 - 5), null);
  sim.settle(tick);
  assert.equal(shoot(sim, tick, spot).kind, 'gift');
});

/** Where a sweeping sight is at each tick, and what it goes for. @param {Round} sim @param {number} until */
function sweepOver(sim, until) {
  const sweep = new Sweep(), goals = /** @type {string[]} */ ([]);
  let aim = { x: 360, y: 640 }, longest = 0;
  for (let tick = 0; tick < until; tick += 1) {
    sim.settle(tick);
    const next = sweep.step(sim, tick, 1 / 60, aim);
    longest = Math.max(longest, Math.hypot(next.x - aim.x, next.y - aim.y));
    aim = { ...next };
    const goal = sweep.goal && `${sweep.goal.wave}:${sweep.goal.index}`;
    if (goal && goal !== goals.at(-1)) goals.push(goal);
  }
  return { goals, longest };
}

test('the sight that goes by itself visits targets and the boss, never a plant, and never jumps', () => {
  const sim = round(), { goals, longest } = sweepOver(sim, 2600);
  const plants = new Set(Array.from({ length: 2600 }, (_, tick) => sim.targetsAt(tick)).flat().filter(({ kind }) => kind === 'plant').map(({ wave, index }) => `${wave}:${index}`));
  assert.ok(plants.size > 0 && goals.every((goal) => !plants.has(goal)));
  assert.ok(goals.length > 12 && goals.includes('0:-1') && new Set(goals).size > 8, goals.join(' '));
  assert.ok(longest < 60, `it jumped ${longest} pixels in a tick`);
});

test('pressed when the sight is in the middle of its pass, one button hits', () => {
  const sim = round(), sweep = new Sweep();
  let aim = { x: 360, y: 640 }, thrown = 0;
  for (let tick = 0; tick < 2600; tick += 1) {
    sim.settle(tick);
    aim = { ...sweep.step(sim, tick, 1 / 60, aim) };
    if (Math.abs(sweep.seconds - 1) > 0.009 || !sim.canFire(tick) || sim.fire(tick, Math.floor(aim.x), Math.floor(aim.y)) !== null) continue;
    thrown += 1;
    sweep.leave();
  }
  sim.settle(2700);
  assert.ok(thrown > 20 && sim.hits / thrown > 0.8, `${sim.hits} of ${thrown}`);
});
