// @ts-check
/**
 * The incremental core: reveal waves, fire darts, settle what is due. Twin: server/simulation/round.py.
 *
 * What happens, happens in this order: by tick; in one tick first the boss's return, then impacts in the order of
 * their shots, then the shot of that tick with the boss's dodge. Nothing reads a wave that is not revealed.
 */
import { impactPoint, throwDart } from './flight.js';
import {
  BOSS_HITS, BOSS_RADIUS, COOLDOWN_TICKS, DODGE_COOLDOWN_TICKS, DODGE_TICKS, FAR, FLIGHT_TICKS, HEIGHT,
  KNOCK_OUT_POINTS, KNOCK_OUT_TICKS, MAGAZINE, POINTS, Q, RELOAD_TICKS, SPAWN_GRACE_TICKS, TICKS, WAVES, WAVE_TICKS,
  WIDTH, giftWavesOf, multiplier, submissionOf, waveOf,
} from './rules.js';
import { BOSS_DODGE_Q8, BOSS_Y_Q8, SINE, TURN_MASK, Wave, bossSway } from './targets.js';

/** @typedef {import('./rng.js').Seed} Seed */
/** @typedef {import('./rules.js').Rules} Rules */
/** @typedef {import('./flight.js').Dart} Dart */
/** @typedef {import('./targets.js').Target} Target */
/** @typedef {[tick: number, x: number, y: number]} Shot */

export const BOSS = -1; // the boss's index among a wave's targets

/**
 * A dart that landed. `points` is what the score moved by; x and y are Q8; the boss's index is BOSS.
 * The hit that knocks the boss out is of kind 'knock-out' and carries the boss's points and the bonus.
 * @typedef {{tick: number, shot: number, wave: number, index: number, kind: string, points: number, combo: number,
 *   x: number, y: number}} Hit
 */

/**
 * What settle() reports: a hit (kind 'hit', 'plant', 'gift', 'boss' or 'knock-out'), a 'miss', a 'dodge' (at the
 * tick of the shot, 6 before the boss moves) or a 'respawn'. `target` is the kind of what was hit. x and y are Q8;
 * `shot` is the dart's index in the log, -1 for a respawn.
 * @typedef {{kind: 'hit'|'plant'|'gift'|'boss'|'knock-out'|'miss'|'dodge'|'respawn', target: string, tick: number,
 *   shot: number, wave: number, index: number, plane: number, points: number, combo: number, x: number,
 *   y: number}} Event
 */

/**
 * A target as the view sees it: alive at the asked tick, x and y Q8, r in pixels, there from tick t0 up to t1.
 * @typedef {{kind: string, plane: number, r: number, x: number, y: number, wave: number, index: number, t0: number,
 *   t1: number}} SeenTarget
 */

const EVENT_CODE = Object.freeze(
  ['can', 'balloon', 'duck', 'star', 'plant', 'gift', 'boss', 'knock-out', 'miss', 'dodge', 'respawn'],
);
const FNV_BASIS = 0x811c9dc5;
const FNV_PRIME = 0x01000193;
const LOOK_AHEAD_TICKS = 10;
const DODGE_DELAY_TICKS = 6;
const DODGE_BOX_Q8 = 160 << Q; // a shot within this of where the boss will be may make it dodge
const BOSS_REACH = (BOSS_RADIUS << Q) * (BOSS_RADIUS << Q); // below 2^30
const LONG_AGO = -1000;

/**
 * The first tick at which the next shot is legal, after `thrown` shots of which the last was at `lastTick`.
 * @param {number} thrown
 * @param {number} lastTick
 */
export function readyAt(thrown, lastTick) {
  if (thrown === 0) return 0;
  return lastTick + (thrown % MAGAZINE === 0 ? RELOAD_TICKS : COOLDOWN_TICKS);
}

/** One round in play. */
export class Round {
  /**
   * @param {Rules} rules
   * @param {Iterable<number>} [voids] submissions whose shots are kept but not scored
   */
  constructor(rules, voids = []) {
    this.giftWaves = giftWavesOf(rules);
    this.voids = new Set(voids);
    /** @type {Map<number, Seed>} */ this.seeds = new Map();
    /** @type {Wave[]} */ this.waves = [];
    /** @type {number[]} */ this.bossPhases = [];
    /** @type {Dart[]} darts in flight, in the order of their shots */ this.darts = [];
    /** @type {Shot[]} every shot taken, void ones included */ this.log = [];
    /** @type {Event[]} */ this.news = [];
    /** @type {Hit[]} */ this.hitList = [];
    /** @type {Array<[wave: number, index: number]>} */ this.gifts = [];
    this.shots = 0;
    this.score = 0;
    this.combo = 0;
    this.bestCombo = 0;
    this.knockOuts = 0;
    this.spawnHits = 0;
    this.eventsHash = FNV_BASIS;
    this.bossHitsLeft = BOSS_HITS;
    this.bossBack = 0;
    this.dodgeTick = LONG_AGO;
    this.dodgeSide = 0;
    this.settled = -1; // the last tick settled
  }

  get hits() { return this.hitList.length; }
  /** What the next hit will be multiplied by at least: that of the combo as it stands. */
  get multiplier() { return multiplier(this.combo); }
  get readyAt() { return readyAt(this.log.length, this.log.at(-1)?.[0] ?? 0); }
  get magazineLeft() { return MAGAZINE - (this.log.length % MAGAZINE); }
  /** How many waves from the first on are revealed without a gap. */
  get revealed() {
    let wave = 0;
    while (this.seeds.has(wave + 1)) wave += 1;
    return wave;
  }
  /** The last tick that may be settled now. */
  get revealedUntil() { return this.revealed === WAVES ? Infinity : this.revealed * WAVE_TICKS - 1; }

  /**
   * Tell a wave's seed; when, and in which order, changes nothing.
   * @param {number} wave
   * @param {Seed} seed
   */
  reveal(wave, seed) {
    this.seeds.set(wave, seed);
  }

  /**
   * Why a shot would be refused, or null: 'over' (not a tick of the round), 'past' (already settled, or before the last
   * shot), 'unrevealed', 'reload', 'cooldown'.
   * @param {number} tick
   */
  refusal(tick) {
    if (!(tick >= 0 && tick < TICKS)) return 'over';
    if (tick < this.settled || tick < (this.log.at(-1)?.[0] ?? 0)) return 'past';
    if (tick > this.revealedUntil) return 'unrevealed';
    if (tick < this.readyAt) return this.magazineLeft === MAGAZINE ? 'reload' : 'cooldown';
    return null;
  }

  /** @param {number} tick */
  canFire(tick) {
    return this.refusal(tick) === null;
  }

  /**
   * Throw a dart at a pixel, after all that is due by then; null, or the word why not ('edge': outside the world).
   * A void submission's shot only fills the log.
   * @param {number} tick
   * @param {number} x
   * @param {number} y
   * @returns {string | null}
   */
  fire(tick, x, y) {
    const refusal = this.refusal(tick);
    if (refusal) return refusal;
    if (!(x >= 0 && x < WIDTH && y >= 0 && y < HEIGHT)) return 'edge';
    this.#advance(tick);
    const shot = this.log.push([tick, x, y]) - 1;
    if (this.voids.has(submissionOf(tick))) return null;
    this.shots += 1;
    const wave = this.#wave(waveOf(tick));
    this.#letBossDodge(wave, shot, tick, x << Q, y << Q);
    this.darts.push(throwDart(shot, tick, x, y, wave.wind));
    return null;
  }

  /**
   * Let everything happen that is due at ticks up to and including `until`; what happened since the last call.
   * RangeError when `until` lies in a wave that is not revealed.
   * @param {number} until
   */
  settle(until) {
    this.#advance(until);
    return this.news.splice(0);
  }

  /**
   * The targets alive at a tick, as things stand now.
   * @param {number} tick
   * @returns {SeenTarget[]}
   */
  targetsAt(tick) {
    const newest = Math.min(waveOf(tick), this.revealed);
    const numbers = newest > 1 ? [newest - 1, newest] : newest ? [newest] : [];
    const there = numbers.flatMap((number) => this.#wave(number).targets)
      .filter((target) => target.alive && target.first <= tick && tick < target.end);
    return there.map((target) => {
      const [x, y] = target.place(tick);
      const { kind, plane, radius: r, wave, index, first: t0, end: t1 } = target;
      return { kind, plane, r, x, y, wave, index, t0, t1 };
    });
  }

  /**
   * The boss's x (Q8) at a tick of a revealed wave; RangeError in another one.
   * @param {number} tick
   */
  bossX(tick) {
    const wave = this.#wave(waveOf(tick));
    return this.#bossOnPath(wave, tick);
  }

  /**
   * FOR THE VIEW ONLY: where the boss seems to be, going on at the last known speed when a reveal is late; the middle
   * before the first one. May jump back a little when the wave is revealed after all; `tick` may be a fraction.
   * @param {number} tick
   */
  bossXForView(tick) {
    const number = Math.min(waveOf(tick), this.revealed);
    return number ? this.#bossOnPath(this.#wave(number), tick) : (WIDTH / 2) << Q;
  }

  /** @param {number} tick */
  isBossDown(tick) {
    return this.bossHitsLeft === 0 && tick < this.bossBack;
  }

  /**
   * The wind that a dart thrown at this tick flies in, -16 to 16, positive to the right; 0 in a wave not revealed.
   * @param {number} tick
   */
  wind(tick) {
    const number = waveOf(tick);
    return number <= this.revealed ? this.#wave(number).wind : 0;
  }

  /** @param {number} until */
  #advance(until) {
    if (until > this.revealedUntil) throw new RangeError(`tick ${until} lies in a wave that is not revealed`);
    for (let dart = this.#nextDue(); dart && dart.due <= until; dart = this.#nextDue()) {
      this.#bringBossBack(dart.due);
      this.#land(dart);
    }
    this.#bringBossBack(until);
    this.settled = Math.max(this.settled, until);
  }

  /** The dart in flight that reaches its next plane first; of equals the first thrown. */
  #nextDue() {
    let next = this.darts[0];
    for (const dart of this.darts) if (dart.due < next.due) next = dart;
    return next;
  }

  /**
   * The wave of this number; draws it, and those before it, when first needed.
   * @param {number} number
   */
  #wave(number) {
    while (this.waves.length < number) {
      const seed = this.seeds.get(this.waves.length + 1);
      if (!seed) throw new RangeError(`wave ${this.waves.length + 1} is not revealed`);
      const before = this.waves.at(-1);
      const wave = new Wave(this.giftWaves, this.waves.length + 1, seed);
      const phase = (this.bossPhases.at(-1) ?? 0) + (before?.bossSpeed ?? 0) * WAVE_TICKS;
      this.bossPhases.push(before ? phase & TURN_MASK : wave.bossPhase);
      this.waves.push(wave);
    }
    return this.waves[number - 1];
  }

  /**
   * @param {Wave} wave
   * @param {number} tick
   */
  #bossOnPath(wave, tick) {
    const start = (wave.number - 1) * WAVE_TICKS;
    const x = bossSway(this.bossPhases[wave.number - 1], wave.bossSpeed, tick - start);
    const dodging = tick - this.dodgeTick;
    if (dodging < 0 || dodging >= DODGE_TICKS) return x;
    return x + this.dodgeSide * ((BOSS_DODGE_Q8 * SINE[Math.floor((dodging * 512) / DODGE_TICKS)]) >> 14);
  }

  /**
   * A shot close to where the boss will be may make it dodge, away from the shot.
   * The look ahead ends with the shot's own wave: the next one may not be revealed yet.
   * @param {Wave} wave
   * @param {number} shot
   * @param {number} tick
   * @param {number} x
   * @param {number} y
   */
  #letBossDodge(wave, shot, tick, x, y) {
    if (this.bossHitsLeft === 0 || Math.abs(y - BOSS_Y_Q8) >= DODGE_BOX_Q8) return;
    const aside = x - this.bossX(Math.min(tick + LOOK_AHEAD_TICKS, wave.number * WAVE_TICKS - 1));
    if (Math.abs(aside) >= DODGE_BOX_Q8 || tick - this.dodgeTick < DODGE_COOLDOWN_TICKS) return;
    if (wave.rng.below(100) >= wave.dodgeChance) return;
    this.dodgeTick = tick + DODGE_DELAY_TICKS;
    this.dodgeSide = aside > 0 ? -1 : 1;
    this.#note('dodge', { tick, shot, wave: wave.number, x: this.bossX(tick) });
  }

  /** @param {number} tick */
  #bringBossBack(tick) {
    if (this.bossHitsLeft > 0 || this.bossBack > tick) return;
    this.bossHitsLeft = BOSS_HITS;
    this.#note('respawn', { tick: this.bossBack, shot: -1, wave: waveOf(this.bossBack), x: this.bossX(this.bossBack) });
  }

  /**
   * A dart reaches a plane: it hits a target, or the boss behind them, or flies on, or misses.
   * @param {Dart} dart
   */
  #land(dart) {
    const { due: tick, plane, shot } = dart;
    const [x, y] = impactPoint(dart.x, dart.y, dart.wind, plane);
    const target = this.#findTarget(tick, plane, x, y);
    if (target) {
      this.#hitTarget(dart, target, x, y);
    } else if (plane < FAR) {
      dart.plane = plane + 1;
      dart.due = dart.tick + FLIGHT_TICKS[dart.plane];
      return;
    } else if (this.#isOnBoss(tick, x, y)) {
      this.#hitBoss(dart, x, y);
    } else {
      this.combo = 0;
      this.#note('miss', { tick, shot, wave: waveOf(tick), x, y });
    }
    this.darts.splice(this.darts.indexOf(dart), 1);
  }

  /**
   * The first living target of this plane around a point.
   * @param {number} tick
   * @param {number} plane
   * @param {number} x
   * @param {number} y
   */
  #findTarget(tick, plane, x, y) {
    const number = waveOf(tick);
    const newest = this.#wave(number);
    const near = number > 1 ? [...this.#wave(number - 1).targets, ...newest.targets] : newest.targets;
    return near.find((target) => target.plane === plane && target.alive && target.first <= tick && tick < target.end
      && squaredDistance(target, tick, x, y) <= target.reach);
  }

  /**
   * A gift keeps the combo going like any hit and brings 0; a plant ends the combo.
   * @param {Dart} dart
   * @param {Target} target
   * @param {number} x
   * @param {number} y
   */
  #hitTarget(dart, target, x, y) {
    target.alive = false;
    let points = target.points;
    if (points < 0) {
      this.combo = 0;
    } else {
      this.combo += 1;
      if (squaredDistance(target, dart.due, x, y) <= target.inner) points += points >> 1;
      points *= multiplier(this.combo);
    }
    if (dart.tick < target.first + SPAWN_GRACE_TICKS) this.spawnHits += 1;
    if (target.kind === 'gift') this.gifts.push([target.wave, target.index]);
    this.#scoreHit(dart, target.wave, target.index, target.kind, points, x, y);
  }

  /**
   * @param {number} tick
   * @param {number} x
   * @param {number} y
   */
  #isOnBoss(tick, x, y) {
    if (this.bossHitsLeft === 0) return false;
    const dx = x - this.bossX(tick);
    const dy = y - BOSS_Y_Q8;
    return dx * dx + dy * dy <= BOSS_REACH;
  }

  /**
   * The boss has no inner third; the last of its hits knocks it out for a while.
   * @param {Dart} dart
   * @param {number} x
   * @param {number} y
   */
  #hitBoss(dart, x, y) {
    this.combo += 1;
    this.bossHitsLeft -= 1;
    let kind = 'boss';
    let points = POINTS.boss * multiplier(this.combo);
    if (this.bossHitsLeft === 0) {
      kind = 'knock-out';
      points += KNOCK_OUT_POINTS;
      this.knockOuts += 1;
      this.bossBack = dart.due + KNOCK_OUT_TICKS;
    }
    this.#scoreHit(dart, waveOf(dart.due), BOSS, kind, points, x, y);
  }

  /**
   * The score never falls below 0, so a plant takes at most what is there.
   * @param {Dart} dart
   * @param {number} wave
   * @param {number} index
   * @param {string} kind
   * @param {number} worth
   * @param {number} x
   * @param {number} y
   */
  #scoreHit(dart, wave, index, kind, worth, x, y) {
    const points = Math.max(worth, -this.score);
    this.score += points;
    this.bestCombo = Math.max(this.bestCombo, this.combo);
    const { due: tick, shot, plane } = dart;
    this.hitList.push({ tick, shot, wave, index, kind, points, combo: this.combo, x, y });
    this.#note(kind, { tick, shot, wave, index, plane, points, x, y });
  }

  /**
   * Report an event, and fold it into the hash: FNV-1a's step over two 32-bit words (tick, kind, wave, index; points,
   * combo).
   * @param {string} what
   * @param {Partial<Event> & {tick: number, shot: number, wave: number, x: number}} event
   */
  #note(what, { tick, shot, wave, index = 0, plane = FAR, points = 0, x, y = BOSS_Y_Q8 }) {
    const { combo } = this;
    const code = EVENT_CODE.indexOf(what);
    const first = Math.imul(this.eventsHash ^ (tick | (code << 12) | (wave << 16) | ((index & 15) << 20)), FNV_PRIME);
    this.eventsHash = Math.imul(first ^ ((points & 0xffff) | (combo << 16)), FNV_PRIME) >>> 0;
    const kind = /** @type {Event['kind']} */ (code < 4 ? 'hit' : what);
    const target = code < 7 ? what : what === 'miss' ? '' : 'boss';
    this.news.push({ kind, target, tick, shot, wave, index, plane, points, combo, x, y });
  }
}

/**
 * Between a point and a target's centre, Q8 squared; may pass 2^31 for far ones, exact all the same.
 * @param {Target} target
 * @param {number} tick
 * @param {number} x
 * @param {number} y
 */
function squaredDistance(target, tick, x, y) {
  const [placeX, placeY] = target.place(tick);
  return (x - placeX) * (x - placeX) + (y - placeY) * (y - placeY);
}

/**
 * A new round, without any wave revealed.
 * @param {Rules} rules
 * @param {Iterable<number>} [voids]
 */
export function createRound(rules, voids) {
  return new Round(rules, voids);
}
