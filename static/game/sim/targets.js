// @ts-check
/**
 * What there is to hit: nine waves of targets and the boss, every place a pure function of the tick.
 *
 * A wave's seed draws, in this order: wind, boss speed, boss phase, first plane, first column, first turn; then for
 * each target life, jitter, swing, speed and phase; then, while the wave is played, the boss's dodges.
 * Positions are Q8; an angle is 1/16,384 of a turn. No product passes 2^31. Twin: server/simulation/targets.py.
 */
import { Rng } from './rng.js';
import { BOSS_Y, FAR, MIX, PLANE_SHRINK, POINTS, Q, RADIUS, WAVE_TICKS, WIDTH } from './rules.js';

export const TURN_MASK = 16383;
export const SPAWN_TICKS = 140; // all of a wave's targets come within this time, each in its own turn
export const COLUMNS = 5;
export const FIRST_COLUMN = 140;
export const COLUMN_WIDTH = 110;
export const ROWS = Object.freeze([850, 650, 450]); // where cans and plants of the near, mid and far plane stand
export const DUCK_ROW = 95; // ducks cross this much below their plane's row
export const BALLOON_START = 90; // a balloon comes up from this much below its row
export const BALLOON_RISE = 160; // and rises this far
export const STAR_Y = 352; // between the boss's feet and the far row
export const CROSSING_START = 80; // a duck swims from 80 to 640, or back
export const CROSSING = 560;
export const BOSS_SWAY_Q8 = 200 << Q;
export const BOSS_DODGE_Q8 = 144 << Q;
export const BOSS_Y_Q8 = BOSS_Y << Q;

/** A whole turn in 1,024 steps, Q14: the rational approximation of Bhaskara I (7th century), floored. */
export const SINE = Int32Array.from({ length: 1024 }, (_, step) => {
  const i = step & 511;
  const value = Math.floor((16384 * 16 * i * (512 - i)) / (5 * 512 * 512 - 4 * i * (512 - i)));
  return step < 512 ? value : -value;
});

/**
 * Where a target is: from (x, y) along (vx, vy) a tick, swaying (ax, ay) wide; all Q8. `speed` is in angles.
 * @typedef {{x: number, y: number, vx: number, vy: number, ax: number, ay: number, speed: number}} Path
 */

/**
 * What the seed drew for one target, and where the wave's pattern puts it: hardness 0 in wave 1 to 8 in wave 9,
 * jitter -24 to 24 pixels, swing 0 to 63, speed 0 to 31, phase 0 to 16,383.
 * @typedef {{hardness: number, plane: number, columnX: number, life: number, jitter: number, swing: number,
 *   speed: number, phase: number}} Drawn
 */

/**
 * Stands in its row and sways slowly, wider and faster as the round goes on.
 * @param {Drawn} drawn
 * @returns {Path}
 */
function can(drawn) {
  const sway = 8 + ((drawn.swing * (3 + drawn.hardness)) >> 4);
  const x = drawn.columnX + drawn.jitter;
  const speed = 24 + 9 * drawn.hardness + drawn.speed;
  return { x: x << Q, y: ROWS[drawn.plane] << Q, vx: 0, vy: 0, ax: sway << Q, ay: 0, speed };
}

/**
 * Rises through its row and sways.
 * @param {Drawn} drawn
 * @returns {Path}
 */
function balloon(drawn) {
  const sway = 12 + ((drawn.swing * (6 + drawn.hardness)) >> 5);
  const rise = Math.floor((BALLOON_RISE << Q) / drawn.life);
  const x = drawn.columnX + drawn.jitter;
  const y = ROWS[drawn.plane] + BALLOON_START;
  const speed = 40 + 10 * drawn.hardness + drawn.speed;
  return { x: x << Q, y: y << Q, vx: 0, vy: -rise, ax: sway << Q, ay: 0, speed };
}

/**
 * Crosses from one side to the other, bobbing; a phase in the upper half turn swims to the left.
 * @param {Drawn} drawn
 * @returns {Path}
 */
function duck(drawn) {
  const pace = Math.floor((CROSSING << Q) / drawn.life);
  const y = (ROWS[drawn.plane] + DUCK_ROW + (drawn.jitter >> 1)) << Q;
  const bob = (4 + (drawn.swing >> 3)) << Q;
  const speed = 120 + drawn.speed;
  if (drawn.phase > TURN_MASK >> 1) {
    return { x: (CROSSING_START + CROSSING) << Q, y, vx: -pace, vy: 0, ax: 0, ay: bob, speed };
  }
  return { x: CROSSING_START << Q, y, vx: pace, vy: 0, ax: 0, ay: bob, speed };
}

/**
 * Dances in a small figure of eight under the boss, nearer to the middle than its column.
 * @param {Drawn} drawn
 * @returns {Path}
 */
function star(drawn) {
  const sway = 16 + (drawn.swing >> 1);
  const x = ((drawn.columnX + WIDTH / 2) >> 1) + drawn.jitter;
  return { x: x << Q, y: STAR_Y << Q, vx: 0, vy: 0, ax: sway << Q, ay: 8 << Q, speed: 90 + 2 * drawn.speed };
}

/**
 * Stands in its row and hardly moves.
 * @param {Drawn} drawn
 * @returns {Path}
 */
function plant(drawn) {
  const x = drawn.columnX + drawn.jitter;
  const sway = drawn.swing >> 3;
  return { x: x << Q, y: ROWS[drawn.plane] << Q, vx: 0, vy: 0, ax: sway << Q, ay: 0, speed: 20 + drawn.speed };
}

/** @type {Readonly<Record<string, (drawn: Drawn) => Path>>} */
const PATHS = { can, balloon, duck, star, plant, gift: plant };

/**
 * How many ticks a target lives, from a draw of 0 to 31; with SPAWN_TICKS this stays within the overhang.
 * @param {string} kind
 * @param {number} hardness
 * @param {number} draw
 */
function lifeOf(kind, hardness, draw) {
  if (kind === 'star') return 102 + Math.floor((draw * 84) / 31);
  if (kind === 'duck') return 188 + draw - 6 * hardness;
  return 188 + draw;
}

/** One thing to hit. It is there at ticks first <= tick < end, as long as it is alive. */
export class Target {
  /**
   * @param {number} wave
   * @param {number} index
   * @param {string} kind
   * @param {number} first
   * @param {Drawn} drawn
   */
  constructor(wave, index, kind, first, drawn) {
    this.wave = wave;
    this.index = index;
    this.kind = kind;
    this.plane = drawn.plane;
    this.points = POINTS[kind];
    this.radius = RADIUS[kind] - drawn.plane * PLANE_SHRINK;
    this.reach = (this.radius << Q) * (this.radius << Q); // radius <= 78: below 2^29
    this.inner = Math.floor(this.reach / 9); // the inner third of the radius
    this.first = first;
    this.end = first + drawn.life;
    this.alive = true;
    this.path = PATHS[kind](drawn);
    this.phase = drawn.phase;
  }

  /**
   * Its centre at a tick of its life, Q8.
   * @param {number} tick
   * @returns {[number, number]}
   */
  place(tick) {
    const path = this.path;
    const age = tick - this.first;
    const angle = (this.phase + path.speed * age) >> 4;
    const x = path.x + path.vx * age + ((path.ax * SINE[angle & 1023]) >> 14);
    const y = path.y + path.vy * age + ((path.ay * SINE[(2 * angle) & 1023]) >> 14);
    return [x, y];
  }
}

/** One wave as its seed draws it; `rng` goes on to draw the dodges. */
export class Wave {
  /**
   * @param {readonly number[]} giftWaves
   * @param {number} number
   * @param {import('./rng.js').Seed} seed
   */
  constructor(giftWaves, number, seed) {
    const hardness = number - 1;
    this.number = number;
    this.rng = new Rng(seed);
    this.wind = this.rng.below(4 * hardness + 1) - 2 * hardness;
    this.bossSpeed = 18 + 6 * hardness + this.rng.below(16);
    this.bossPhase = this.rng.below(16384); // only wave 1's counts: the boss never jumps
    this.dodgeChance = 6 * hardness;
    this.targets = drawTargets(kindsOf(giftWaves, number), number, this.rng);
  }
}

/**
 * The kinds of a wave's targets in order; in a gift wave the first can is a gift.
 * @param {readonly number[]} giftWaves
 * @param {number} number
 * @returns {string[]}
 */
export function kindsOf(giftWaves, number) {
  const kinds = [...MIX[number - 1]];
  if (giftWaves.includes(number)) kinds[kinds.indexOf('can')] = 'gift';
  return kinds;
}

/**
 * A wave's targets. Target i takes plane a+i of 3 and column b+i of 5: 15 cells, so no two share one.
 * Stars always fly in the far plane (their row is their own); turns part the spawn time among the targets.
 * @param {string[]} kinds
 * @param {number} number
 * @param {Rng} rng
 */
function drawTargets(kinds, number, rng) {
  const firstPlane = rng.below(3);
  const column = rng.below(COLUMNS);
  const turn = rng.below(kinds.length);
  return kinds.map((kind, index) => {
    const plane = kind === 'star' ? FAR : (firstPlane + index) % 3;
    const columnX = FIRST_COLUMN + ((column + index) % COLUMNS) * COLUMN_WIDTH;
    const wait = Math.floor((((turn + index) % kinds.length) * SPAWN_TICKS) / kinds.length);
    const hardness = number - 1;
    const life = lifeOf(kind, hardness, rng.below(32));
    const jitter = rng.below(49) - 24;
    const swing = rng.below(64);
    const speed = rng.below(32);
    const phase = rng.below(16384);
    const drawn = { hardness, plane, columnX, life, jitter, swing, speed, phase };
    return new Target(number, index, kind, hardness * WAVE_TICKS + wait, drawn);
  });
}

/**
 * The boss's x (Q8) without a dodge, `ticks` after the tick at which its angle was `phase`.
 * @param {number} phase
 * @param {number} speed
 * @param {number} ticks
 */
export function bossSway(phase, speed, ticks) {
  return ((WIDTH / 2) << Q) + ((BOSS_SWAY_Q8 * SINE[((phase + speed * ticks) >> 4) & 1023]) >> 14);
}
