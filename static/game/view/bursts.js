// @ts-check
/** What each thing does when it is hit: it stands still for a blink, squashed, then it flies apart. */

/** @typedef {import('./effects.js').Effects} Effects */
/** Where it was, how big it looked, and the name of its drawing. @typedef {{x: number, y: number, size: number, name: string}} Spot */

export const FREEZE_SECONDS = 0.04;

/** @param {Effects} effects @param {number} now @param {Spot} spot @param {number} [size] */
function ring(effects, now, { x, y }, size = 0.4) {
  const bit = effects.add('ring', x, y, now, 0.3);
  bit.size = size;
  bit.grow = 5;
}

/** The thing itself for a blink, flattened by the dart. @param {Effects} effects @param {number} now @param {Spot} spot */
function freeze(effects, now, { name, x, y, size }) {
  const bit = effects.add(name, x, y, now, FREEZE_SECONDS);
  bit.size = size;
  bit.wobble = 0.16;
  bit.solid = true;
}

/** The thing itself is knocked out of the picture, the dart still in it. @param {Effects} effects @param {number} now @param {Spot} spot */
function tumble(effects, now, { name, x, y, size }) {
  const side = Math.random() < 0.5 ? -1 : 1;
  const bit = effects.add(name, x, y, now, 1.2);
  bit.vx = side * (120 + Math.random() * 160);
  bit.vy = -620;
  bit.gravity = 2100;
  bit.spin = side * 7;
  bit.size = size;
  bit.grow = -0.25;
  bit.wobble = 0.24;
  bit.solid = bit.dart = true;
}

const TIN = ['spark', 'shard-can', 'shard-white'], SKIN = ['shard-balloon', 'shard-balloon', 'shard-white'];
const SPLASH = ['shard-water', 'shard-duck', 'shard-white'], GLITTER = ['spark', 'spark', 'shard-star'];
const LEAVES = ['shard-leaf', 'shard-leaf', 'shard-pot'], DUST = ['spark', 'shard-white'];
const PARTY = ['shard-gift', 'shard-star', 'shard-balloon', 'shard-can', 'spark'];

/** @type {Record<string, (effects: Effects, now: number, spot: Spot) => void>} */
const BURSTS = {
  can(effects, now, spot) {
    tumble(effects, now, spot);
    ring(effects, now, spot);
    effects.burst(now, TIN, spot.x, spot.y, 12, 420);
  },
  balloon(effects, now, spot) {
    ring(effects, now, spot, 0.7);
    effects.burst(now, SKIN, spot.x, spot.y, 18, 560, 0.7, 1.3);
  },
  duck(effects, now, spot) {
    tumble(effects, now, spot);
    effects.burst(now, SPLASH, spot.x, spot.y + 40, 16, 420, 0.7, 1, 0.9);
  },
  star(effects, now, spot) {
    ring(effects, now, spot, 0.5);
    ring(effects, now + 0.08, spot, 0.2);
    effects.burst(now, GLITTER, spot.x, spot.y, 24, 520, 1.1, 1.2, 0.3, 260);
  },
  plant(effects, now, spot) {
    tumble(effects, now, spot);
    effects.burst(now, LEAVES, spot.x, spot.y, 16, 380);
  },
  gift(effects, now, spot) {
    ring(effects, now, spot, 0.5);
    effects.burst(now, PARTY, spot.x, spot.y, 30, 600, 1.2, 1, 0.6);
  },
  boss(effects, now, spot) {
    ring(effects, now, spot, 0.25);
    effects.burst(now, DUST, spot.x, spot.y, 9, 340);
  },
  'knock-out'(effects, now, spot) {
    ring(effects, now, spot, 0.8);
    ring(effects, now + 0.1, spot, 0.4);
    effects.burst(now, PARTY, spot.x, spot.y, 44, 760, 1.4, 1.3, 0.5);
  },
};

/** @param {string} kind @param {Effects} effects @param {number} now @param {Spot} spot its name is empty when no drawing of it was seen */
export function burst(kind, effects, now, spot) {
  if (spot.name) freeze(effects, now, spot);
  BURSTS[kind]?.(effects, now + FREEZE_SECONDS, spot);
}

/** Air is all it hit. @param {Effects} effects @param {number} now @param {number} x @param {number} y */
export function puffs(effects, now, x, y) {
  const many = effects.allowed(3);
  for (let i = 0; i < many; i += 1) {
    const side = i - (many - 1) / 2;
    const bit = effects.add('puff', x + side * 12, y, now, 0.4);
    bit.vx = side * 40;
    bit.vy = -24;
    bit.size = 0.5;
    bit.grow = 1.2;
  }
}

const STICKS_SECONDS = 1.6;
const GROUND_Y = 400; // above it there is only air

/**
 * A dart that missed everything stays in the ground or the desk for a moment; over the horizon it drops out of sight.
 * @param {Effects} effects @param {number} now @param {number} x @param {number} y
 */
export function strand(effects, now, x, y) {
  if (y < GROUND_Y) {
    const bit = effects.add('dart', x, y, now, 0.55);
    Object.assign(bit, { vy: -90, gravity: 900, size: 0.36, grow: -0.3, spin: x < 360 ? -4 : 4 });
    return;
  }
  const bit = effects.add('stuck', x, y, now, STICKS_SECONDS);
  bit.size = 0.62 + (y - GROUND_Y) / 2400; // what is further down the picture is nearer
  bit.wobble = 0.3;
  bit.solid = true;
}

/** The blaster's breath. @param {Effects} effects @param {number} now @param {number} x @param {number} y */
export function smoke(effects, now, x, y) {
  const many = effects.allowed(4);
  for (let i = 0; i < many; i += 1) {
    const bit = effects.add('puff', x, y, now, 0.28);
    bit.vx = (i - (many - 1) / 2) * 90;
    bit.vy = -120 - Math.random() * 80;
    bit.size = 0.4;
    bit.grow = 2;
  }
}
