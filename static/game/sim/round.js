// @ts-check
/**
 * The incremental core: reveal waves, fire darts, settle what is due. Twin: server/simulation/round.py.
 *
 * What happens, happens in this order: by tick; in one tick first the boss's return, then impacts in the order of
 * their shots, then the shot of that tick with the boss's dodge. Nothing reads a wave that is not revealed.
 */
import { Boss, BOSS_Y_Q8, MIDDLE_Q8 } from './boss.js';
import { BOSS, FNV_BASIS, NOTHING, fold, tell } from './events.js';
import { pointOf, throwDart } from './flight.js';
import {
  FAR, FLIGHT_TICKS, HEIGHT, KNOCK_OUT_POINTS, MAGAZINE, POINTS, SPAWN_GRACE_TICKS, TICKS, WIDTH, giftWavesOf, multiplier, readyAt, submissionOf, waveOf,
} from './rules.js';
import { Waves } from './waves.js';

/** @typedef {import('./rng.js').Seed} Seed */
/** @typedef {import('./rules.js').Rules} Rules */
/** @typedef {import('./flight.js').Dart} Dart */
/** @typedef {import('./targets.js').Target} Target @typedef {import('./targets.js').Wave} Wave */
/** @typedef {import('./events.js').Hit} Hit */
/** @typedef {import('./events.js').Event} Event */
/** @typedef {[tick: number, x: number, y: number]} Shot */

/** One round in play. */
export class Round {
  /** @type {Waves} */ #waves;

  /**
   * @param {Rules} rules @param {Iterable<number>} [voids] submissions whose shots are kept but not scored
   */
  constructor(rules, voids = []) {
    this.#waves = new Waves(giftWavesOf(rules));
    this.voids = new Set(voids);
    this.boss = new Boss();
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
    this.settled = -1; // the last tick settled
  }

  get hits() { return this.hitList.length; }
  /** How many more hits knock the boss out; 0 while it is down. */
  get bossHitsLeft() { return this.boss.hitsLeft; }
  /** What the next hit will be multiplied by at least: that of the combo as it stands. */
  get multiplier() { return multiplier(this.combo); }
  get readyAt() { return readyAt(this.log.length, this.log.at(-1)?.[0] ?? 0); }
  get magazineLeft() { return MAGAZINE - (this.log.length % MAGAZINE); }
  /** How many waves from the first on are revealed without a gap. */
  get revealed() { return this.#waves.revealed; }
  /** The last tick that may be settled now. */
  get revealedUntil() { return this.#waves.revealedUntil; }

  /**
   * Tell a wave's seed; when, and in which order, changes nothing.
   * @param {number} wave @param {Seed} seed
   */
  reveal(wave, seed) {
    this.#waves.reveal(wave, seed);
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
   * @param {number} tick @param {number} x @param {number} y
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
    const wave = this.#waves.at(tick);
    if (this.boss.dodges(wave, tick, x, y)) this.#note('dodge', { tick, shot, wave: wave.number, x: this.bossX(tick) });
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
    return this.news.length > 0 ? this.news.splice(0) : NOTHING;
  }

  /**
   * The targets alive at a tick, as things stand now.
   * @param {number} tick
   * @returns {import('./targets.js').SeenTarget[]}
   */
  targetsAt(tick) {
    /** @type {import('./targets.js').SeenTarget[]} */ const seen = [];
    this.eachTarget(tick, (target) => seen.push(target.seenAt(tick)));
    return seen;
  }

  /**
   * FOR THE VIEW: calls `visit` with each target alive at a tick, in the same order, and makes nothing new.
   * @param {number} tick @param {(target: Target) => void} visit
   */
  eachTarget(tick, visit) {
    this.#waves.eachTarget(tick, visit);
  }

  /**
   * The boss's x (Q8) at a tick of a revealed wave; RangeError in another one.
   * @param {number} tick
   */
  bossX(tick) {
    return this.boss.x(this.#waves.at(tick), tick);
  }

  /**
   * FOR THE VIEW ONLY: where the boss seems to be, going on at the last known speed when a reveal is late; the middle
   * before the first one. May jump back a little when the wave is revealed after all; `tick` may be a fraction.
   * @param {number} tick
   */
  bossXForView(tick) {
    const number = Math.min(waveOf(tick), this.revealed);
    return number ? this.boss.x(this.#waves.get(number), tick) : MIDDLE_Q8;
  }

  /** @param {number} tick */
  isBossDown(tick) {
    return this.boss.isDown(tick);
  }

  /**
   * The wind that a dart thrown at this tick flies in, -16 to 16, positive to the right; 0 in a wave not revealed.
   * @param {number} tick
   */
  wind(tick) {
    const number = waveOf(tick);
    return number <= this.revealed ? this.#waves.get(number).wind : 0;
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

  /** @param {number} tick */
  #bringBossBack(tick) {
    if (!this.boss.comeBack(tick)) return;
    const back = this.boss.back;
    this.#note('respawn', { tick: back, shot: -1, wave: waveOf(back), x: this.bossX(back) });
  }

  /**
   * A dart reaches a plane: it hits a target, or the boss behind them, or flies on, or misses.
   * @param {Dart} dart
   */
  #land(dart) {
    const { due: tick, plane, shot } = dart;
    const [x, y] = pointOf(dart);
    const wave = this.#waves.at(tick);
    const target = this.#findTarget(wave, dart);
    if (target) {
      this.#hitTarget(dart, target);
    } else if (plane < FAR) {
      dart.plane = plane + 1;
      dart.due = dart.tick + FLIGHT_TICKS[dart.plane];
      return;
    } else if (this.boss.isHit(wave, tick, x, y)) {
      this.#hitBoss(dart, wave);
    } else {
      this.combo = 0;
      this.#note('miss', { tick, shot, wave: wave.number, x, y });
    }
    this.darts.splice(this.darts.indexOf(dart), 1);
  }

  /**
   * The first living target that a dart meets in the plane it reached; those of the wave before come first.
   * @param {Wave} wave @param {Dart} dart
   */
  #findTarget(wave, dart) {
    const tick = dart.due;
    const [x, y] = pointOf(dart);
    const older = wave.number > 1 ? this.#waves.get(wave.number - 1).targets : [];
    return [...older, ...wave.targets].find((target) => target.isThere(tick) && target.plane === dart.plane
      && target.squaredDistance(tick, x, y) <= target.reach);
  }

  /**
   * A gift keeps the combo going like any hit and brings 0; a plant ends the combo.
   * @param {Dart} dart @param {Target} target
   */
  #hitTarget(dart, target) {
    target.alive = false;
    let points = target.points;
    if (points < 0) {
      this.combo = 0;
    } else {
      this.combo += 1;
      if (target.squaredDistance(dart.due, ...pointOf(dart)) <= target.inner) points += points >> 1;
      points *= multiplier(this.combo);
    }
    const [from, to] = [target.first, target.first + SPAWN_GRACE_TICKS];
    if ((dart.tick >= from && dart.tick < to) || dart.due < to) this.spawnHits += 1;
    if (target.kind === 'gift') this.gifts.push([target.wave, target.index]);
    this.#scoreHit(dart, target, points);
  }

  /**
   * The boss has no inner third; the last of its hits knocks it out for a while.
   * @param {Dart} dart @param {Wave} wave
   */
  #hitBoss(dart, wave) {
    this.combo += 1;
    const points = POINTS.boss * multiplier(this.combo);
    if (!this.boss.takeHit(dart.due)) {
      this.#scoreHit(dart, { wave: wave.number, index: BOSS, kind: 'boss' }, points);
      return;
    }
    this.knockOuts += 1;
    this.#scoreHit(dart, { wave: wave.number, index: BOSS, kind: 'knock-out' }, points + KNOCK_OUT_POINTS);
  }

  /**
   * The score never falls below 0, so a plant takes at most what is there.
   * @param {Dart} dart @param {{wave: number, index: number, kind: string}} what @param {number} worth
   */
  #scoreHit(dart, { wave, index, kind }, worth) {
    const points = Math.max(worth, 0 - this.score); // not -this.score, which may be -0
    this.score += points;
    this.bestCombo = Math.max(this.bestCombo, this.combo);
    const { due: tick, shot, plane } = dart;
    const [x, y] = pointOf(dart);
    this.hitList.push({ tick, shot, wave, index, kind, points, combo: this.combo, x, y });
    this.#note(kind, { tick, shot, wave, index, plane, points, x, y });
  }

  /**
   * Report an event, and fold it into the hash.
   * @param {string} what @param {Partial<Event> & {tick: number, shot: number, wave: number, x: number}} event
   */
  #note(what, { tick, shot, wave, index = 0, plane = FAR, points = 0, x, y = BOSS_Y_Q8 }) {
    const event = { ...tell(what), tick, shot, wave, index, plane, points, combo: this.combo, x, y };
    this.eventsHash = fold(this.eventsHash, what, event);
    this.news.push(event);
  }
}

/**
 * A new round, without any wave revealed.
 * @param {Rules} rules
 * @param {Iterable<number>} [voids]
 */
export function createRound(rules, voids) {
  return new Round(rules, voids);
}
