// @ts-check
/**
 * The boss: one path through the round, dodges, hits left, and the way back after a knock-out.
 *
 * It sways over the whole round without a jump; a wave changes its speed and its chance to dodge. Positions are Q8.
 * Twin: server/simulation/boss.py.
 */
import {
  BOSS_HITS, BOSS_RADIUS, BOSS_Y, DODGE_COOLDOWN_TICKS, DODGE_TICKS, KNOCK_OUT_TICKS, Q, WAVE_TICKS, WIDTH,
} from './rules.js';
import { SINE } from './sine.js';

/** @typedef {import('./targets.js').Wave} Wave */

export const BOSS_Y_Q8 = BOSS_Y << Q;
export const MIDDLE_Q8 = (WIDTH / 2) << Q;
const REACH = (BOSS_RADIUS << Q) * (BOSS_RADIUS << Q); // below 2^30
const SWAY_Q8 = 200 << Q;
const DODGE_Q8 = 144 << Q;
const DODGE_BOX = 160; // a shot within this many pixels of where the boss will be may make it dodge
const LOOK_AHEAD_TICKS = 10;
const DODGE_DELAY_TICKS = 6;
const LONG_AGO = -1000;

/** The boss in play. `back` is the tick at which it returns when it has no hits left. */
export class Boss {
  constructor() {
    this.hitsLeft = BOSS_HITS;
    this.back = 0;
    this.dodgeTick = LONG_AGO;
    this.dodgeSide = 0;
  }

  /**
   * Its x at a tick of this wave, dodge included; asked for a later tick, it goes on as in this wave.
   * @param {Wave} wave
   * @param {number} tick
   */
  x(wave, tick) {
    const angle = (wave.bossPhase + wave.bossSpeed * (tick - wave.first)) >> 4;
    const x = MIDDLE_Q8 + ((SWAY_Q8 * SINE[angle & 1023]) >> 14);
    const dodging = tick - this.dodgeTick;
    if (dodging < 0 || dodging >= DODGE_TICKS) return x;
    return x + this.dodgeSide * ((DODGE_Q8 * SINE[Math.floor((dodging * 512) / DODGE_TICKS)]) >> 14);
  }

  /**
   * A shot (pixels) close to where the boss will be may make it dodge, away from it; whether it does.
   * The look ahead ends with the shot's own wave: the next one may not be revealed yet.
   * @param {Wave} wave
   * @param {number} tick
   * @param {number} x
   * @param {number} y
   */
  dodges(wave, tick, x, y) {
    if (this.hitsLeft === 0 || Math.abs(y - BOSS_Y) >= DODGE_BOX) return false;
    if (tick - this.dodgeTick < DODGE_COOLDOWN_TICKS) return false;
    const aside = (x << Q) - this.x(wave, Math.min(tick + LOOK_AHEAD_TICKS, wave.first + WAVE_TICKS - 1));
    if (Math.abs(aside) >= DODGE_BOX << Q) return false;
    if (wave.rng.below(100) >= wave.dodgeChance) return false;
    this.dodgeTick = tick + DODGE_DELAY_TICKS;
    this.dodgeSide = aside > 0 ? -1 : 1;
    return true;
  }

  /**
   * Whether a dart at this point of the far plane touches it.
   * @param {Wave} wave
   * @param {number} tick
   * @param {number} x
   * @param {number} y
   */
  isHit(wave, tick, x, y) {
    if (this.hitsLeft === 0) return false;
    const dx = x - this.x(wave, tick);
    const dy = y - BOSS_Y_Q8;
    return dx * dx + dy * dy <= REACH;
  }

  /**
   * One hit less; whether that one knocked it out.
   * @param {number} tick
   */
  takeHit(tick) {
    this.hitsLeft -= 1;
    if (this.hitsLeft > 0) return false;
    this.back = tick + KNOCK_OUT_TICKS;
    return true;
  }

  /**
   * Return when the time has come; whether it did.
   * @param {number} tick
   */
  comeBack(tick) {
    if (this.hitsLeft > 0 || this.back > tick) return false;
    this.hitsLeft = BOSS_HITS;
    return true;
  }

  /**
   * Whether it is knocked out at this tick.
   * @param {number} tick
   */
  isDown(tick) {
    return this.hitsLeft === 0 && tick < this.back;
  }
}
