// @ts-check
/**
 * What there is to hit: nine waves of targets, every place a pure function of the tick.
 *
 * A wave's seed draws, in this order: wind, boss speed, boss phase, first plane, first column, first turn; then one
 * word a target; then, while the wave is played, the boss's dodges.
 * Positions are Q8. Angles are 1/16,384 of a turn. No product passes 2^31. Twin: server/simulation/targets.py.
 */
import { Rng } from './rng.js';
import { FAR, MIX, PLANE_SHRINK, POINTS, Q, RADIUS, WAVE_TICKS, WIDTH } from './rules.js';
import { SINE, TURN_MASK } from './sine.js';

export const SPAWN_TICKS = 140; // all of a wave's targets come within this time, each in its own turn
export const LONGEST_LIFE = 219; // together with SPAWN_TICKS within the wave and its overhang
export const LIFE_LESS = 8; // lives get shorter by this much a wave
export const SHALLOW_WAVES = 3; // in the first waves nothing but the boss is in the far plane
export const COLUMNS = 5;
export const COLUMN_WIDTH = Object.freeze([110, 100, 90]); // the middle column is the world's middle
export const ROWS = Object.freeze([850, 650, 450]); // where cans and plants of the near, mid and far plane stand
export const DUCK_ROW = 95; // ducks cross this much below their plane's row
export const BALLOON_START = 90; // a balloon comes up from this much below its row
export const BALLOON_RISE = 160; // and rises this far
export const STAR_Y = 352; // between the boss's feet and the far row
export const CROSSING_EDGE = 80; // a duck sets out this far from a side
export const CROSSING = 340; // in wave 1 it swims this far
export const CROSSING_MORE = 24; // and so much farther each wave

/**
 * Where a target is: from (x, y) along (vx, vy) a tick, swaying (ax, ay) wide; all Q8. `speed` is in angles.
 * @typedef {{x: number, y: number, vx: number, vy: number, ax: number, ay: number, speed: number}} Path
 */

/**
 * What the seed drew for one target, and where the wave's pattern puts it: hardness 0 in wave 1 to 8 in wave 9, x in
 * pixels, swing 0 to 63, speed 0 to 31, phase an angle.
 * @typedef {{hardness: number, plane: number, x: number, life: number, swing: number, speed: number,
 *   phase: number}} Drawn
 */

/**
 * Stands in its row and sways slowly, wider and faster as the round goes on.
 * @param {Drawn} drawn
 * @returns {Path}
 */
function can(drawn) {
  const sway = 6 + ((drawn.swing * (3 + drawn.hardness)) >> 3);
  const speed = 16 + 9 * drawn.hardness + drawn.speed;
  return { x: drawn.x << Q, y: ROWS[drawn.plane] << Q, vx: 0, vy: 0, ax: sway << Q, ay: 0, speed };
}

/**
 * Rises through its row and sways.
 * @param {Drawn} drawn
 * @returns {Path}
 */
function balloon(drawn) {
  const sway = 12 + ((drawn.swing * (6 + drawn.hardness)) >> 5);
  const rise = Math.floor((BALLOON_RISE << Q) / drawn.life);
  const y = ROWS[drawn.plane] + BALLOON_START;
  const speed = 24 + 12 * drawn.hardness + drawn.speed;
  return { x: drawn.x << Q, y: y << Q, vx: 0, vy: -rise, ax: sway << Q, ay: 0, speed };
}

/**
 * Crosses from one side to the other, bobbing; a phase in the upper half turn swims to the left.
 * @param {Drawn} drawn
 * @returns {Path}
 */
function duck(drawn) {
  const pace = Math.floor(((CROSSING + CROSSING_MORE * drawn.hardness) << Q) / drawn.life);
  const y = (ROWS[drawn.plane] + DUCK_ROW) << Q;
  const bob = (4 + (drawn.swing >> 3)) << Q;
  const speed = 120 + drawn.speed;
  if (drawn.phase > TURN_MASK >> 1) {
    return { x: (WIDTH - CROSSING_EDGE) << Q, y, vx: -pace, vy: 0, ax: 0, ay: bob, speed };
  }
  return { x: CROSSING_EDGE << Q, y, vx: pace, vy: 0, ax: 0, ay: bob, speed };
}

/**
 * Dances in a small figure of eight under the boss, nearer to the middle than its column.
 * @param {Drawn} drawn
 * @returns {Path}
 */
function star(drawn) {
  const sway = 16 + (drawn.swing >> 1);
  const x = (drawn.x + WIDTH / 2) >> 1;
  return { x: x << Q, y: STAR_Y << Q, vx: 0, vy: 0, ax: sway << Q, ay: 8 << Q, speed: 90 + 2 * drawn.speed };
}

/**
 * Stands in its row and hardly moves.
 * @param {Drawn} drawn
 * @returns {Path}
 */
function still(drawn) {
  const sway = drawn.swing >> 3;
  return { x: drawn.x << Q, y: ROWS[drawn.plane] << Q, vx: 0, vy: 0, ax: sway << Q, ay: 0, speed: 20 + drawn.speed };
}

/** @type {Readonly<Record<string, (drawn: Drawn) => Path>>} */
const PATHS = { can, balloon, duck, star, plant: still, gift: still };

/**
 * How many ticks a target lives, from a draw of 0 to 31: a star 102 to 186, others less each wave.
 * @param {string} kind
 * @param {number} hardness
 * @param {number} drawn
 */
function lifeOf(kind, hardness, drawn) {
  if (kind === 'star') return 102 + Math.floor((drawn * 84) / 31);
  return LONGEST_LIFE - 31 + drawn - LIFE_LESS * hardness;
}

/**
 * A target as the view sees it: alive at the asked tick, x and y Q8, r in pixels, there from tick t0 up to t1.
 * @typedef {{kind: string, plane: number, r: number, x: number, y: number, wave: number, index: number, t0: number,
 *   t1: number}} SeenTarget
 */

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
   * Whether it can be seen and hit at a tick.
   * @param {number} tick
   */
  isThere(tick) {
    return this.alive && this.first <= tick && tick < this.end;
  }

  /**
   * Its centre at a tick of its life, Q8: along its way, swaying across once and up and down twice a turn.
   * @param {number} tick
   * @returns {[number, number]}
   */
  place(tick) {
    return [this.x(tick), this.y(tick)];
  }

  /** @param {number} tick */
  x(tick) {
    const { x, vx, ax } = this.path;
    return x + vx * (tick - this.first) + ((ax * SINE[this.#angle(tick) & 1023]) >> 14);
  }

  /** @param {number} tick */
  y(tick) {
    const { y, vy, ay } = this.path;
    return y + vy * (tick - this.first) + ((ay * SINE[(2 * this.#angle(tick)) & 1023]) >> 14);
  }

  /** @param {number} tick */
  #angle(tick) {
    return (this.phase + this.path.speed * (tick - this.first)) >> 4;
  }

  /**
   * @param {number} tick
   * @returns {SeenTarget}
   */
  seenAt(tick) {
    const [x, y] = this.place(tick);
    const { kind, plane, radius: r, wave, index, first: t0, end: t1 } = this;
    return { kind, plane, r, x, y, wave, index, t0, t1 };
  }

  /**
   * Between its centre and a point, Q8 squared; passes 2^31 for far ones, exact all the same.
   * @param {number} tick
   * @param {number} x
   * @param {number} y
   */
  squaredDistance(tick, x, y) {
    const [placeX, placeY] = this.place(tick);
    return (x - placeX) * (x - placeX) + (y - placeY) * (y - placeY);
  }
}

/**
 * One wave as its seed draws it; `rng` goes on to draw the dodges.
 * The boss's angle goes on from the wave before, so the boss never jumps; the phase drawn counts in wave 1 only.
 */
export class Wave {
  /**
   * @param {readonly number[]} giftWaves
   * @param {number} number
   * @param {import('./rng.js').Seed} seed
   * @param {{bossPhase: number, bossSpeed: number} | undefined} before the wave before
   */
  constructor(giftWaves, number, seed, before) {
    const hardness = number - 1;
    this.number = number;
    this.first = hardness * WAVE_TICKS;
    this.rng = new Rng(seed);
    this.wind = this.rng.below(4 * hardness + 1) - 2 * hardness;
    this.bossSpeed = 12 + 11 * hardness + this.rng.below(16);
    const phase = this.rng.below(16384);
    this.bossPhase = before ? (before.bossPhase + before.bossSpeed * WAVE_TICKS) & TURN_MASK : phase;
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
 * The first waves keep to 2 planes, near and mid: 10 cells. Stars always fly in the far plane (their row is their
 * own). Turns part the spawn time among the targets.
 * A target's word holds, from the top: 10 bits of phase, 5 of life, 5 of speed, 6 of swing, 6 of jitter.
 * @param {string[]} kinds
 * @param {number} number
 * @param {Rng} rng
 */
function drawTargets(kinds, number, rng) {
  const planes = number <= SHALLOW_WAVES ? 2 : 3;
  const firstPlane = rng.below(3);
  const firstColumn = rng.below(COLUMNS);
  const firstTurn = rng.below(kinds.length);
  const hardness = number - 1;
  const count = kinds.length;
  return kinds.map((kind, index) => {
    const plane = kind === 'star' ? FAR : (firstPlane + index) % planes;
    const columnX = WIDTH / 2 + (((firstColumn + index) % COLUMNS) - 2) * COLUMN_WIDTH[plane];
    const wait = Math.floor((((firstTurn + index) % count) * SPAWN_TICKS) / count);
    const word = rng.word();
    const phase = (word >>> 22) << 4;
    const life = lifeOf(kind, hardness, (word >>> 17) & 31);
    const speed = (word >>> 12) & 31;
    const swing = (word >>> 6) & 63;
    const jitter = (((word & 63) * 3) >> 2) - 24;
    const drawn = { hardness, plane, x: columnX + jitter, life, swing, speed, phase };
    return new Target(number, index, kind, hardness * WAVE_TICKS + wait, drawn);
  });
}
