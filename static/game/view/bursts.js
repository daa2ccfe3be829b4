// @ts-check
/** What each thing does when it is hit. */

/** @typedef {import('./effects.js').Effects} Effects */
/** Where it was and how big it looked. @typedef {{x: number, y: number, plane: number, size: number}} Spot */

/** @param {Effects} effects @param {number} now @param {Spot} spot @param {number} [size] */
function ring(effects, now, { x, y }, size = 0.4) {
  effects.add(now, { name: 'ring', x, y, size, grow: 5, life: 0.3 });
}

/** The thing itself is knocked out of the picture. @param {Effects} effects @param {number} now @param {Spot} spot @param {string} kind */
function tumble(effects, now, { x, y, plane, size }, kind) {
  const side = Math.random() < 0.5 ? -1 : 1;
  effects.add(now, { name: `${kind}${plane}`, x, y, vx: side * (120 + Math.random() * 160), vy: -620, gravity: 2100, spin: side * 7, size, grow: -0.25, life: 1.2, solid: true });
}

/** @type {Record<string, (effects: Effects, now: number, spot: Spot) => void>} */
export const BURSTS = {
  can(effects, now, spot) {
    tumble(effects, now, spot, 'can');
    ring(effects, now, spot);
    effects.burst(now, ['spark', 'shard-can', 'shard-white'], spot.x, spot.y, { count: 12, speed: 420 });
  },
  balloon(effects, now, spot) {
    ring(effects, now, spot, 0.7);
    effects.burst(now, ['shard-balloon', 'shard-balloon', 'shard-white'], spot.x, spot.y, { count: 18, speed: 560, size: 1.3 });
  },
  duck(effects, now, spot) {
    tumble(effects, now, spot, 'duck');
    effects.burst(now, ['shard-water', 'shard-duck', 'shard-white'], spot.x, spot.y + 40, { count: 16, speed: 420, up: 0.9 });
  },
  star(effects, now, spot) {
    ring(effects, now, spot, 0.5);
    ring(effects, now + 0.08, spot, 0.2);
    effects.burst(now, ['spark', 'spark', 'shard-star'], spot.x, spot.y, { count: 24, speed: 520, gravity: 260, life: 1.1, size: 1.2 });
  },
  plant(effects, now, spot) {
    tumble(effects, now, spot, 'plant');
    effects.burst(now, ['shard-leaf', 'shard-leaf', 'shard-pot'], spot.x, spot.y, { count: 16, speed: 380 });
  },
  gift(effects, now, spot) {
    ring(effects, now, spot, 0.5);
    effects.burst(now, ['shard-gift', 'shard-star', 'shard-balloon', 'shard-can', 'spark'], spot.x, spot.y, { count: 30, speed: 600, life: 1.2, up: 0.6 });
  },
  boss(effects, now, spot) {
    ring(effects, now, spot, 0.25);
    effects.burst(now, ['spark', 'shard-white'], spot.x, spot.y, { count: 9, speed: 340 });
  },
  'knock-out'(effects, now, spot) {
    ring(effects, now, spot, 0.8);
    ring(effects, now + 0.1, spot, 0.4);
    effects.burst(now, ['spark', 'shard-star', 'shard-balloon', 'shard-can', 'shard-gift'], spot.x, spot.y, { count: 44, speed: 760, life: 1.4, size: 1.3, up: 0.5 });
  },
  miss(effects, now, { x, y }) {
    for (let i = 0; i < 3; i += 1) effects.add(now, { name: 'puff', x: x + (i - 1) * 12, y, vx: (i - 1) * 40, vy: -24, size: 0.5, grow: 1.2, life: 0.4 });
  },
};
