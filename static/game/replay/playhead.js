// @ts-check
/** Where in the round the reader is, and how fast they go on. */
import { LAST_TICK, TICKS, TICK_RATE } from '../sim/rules.js';

export const SPEEDS = /** @type {const} */ ([0.5, 1, 2, 4]);

export class Playhead {
  constructor() {
    this.tick = 0; // a fraction between two ticks of the rules
    this.speed = 1;
    this.isPlaying = false;
    this.isHeld = false; // a finger is on the bar
    this.isLooping = false;
  }

  get isAtEnd() { return this.tick >= LAST_TICK; }

  /** Let time pass. @param {number} seconds @returns {number} how many seconds of the round went by */
  advance(seconds) {
    if (!this.isPlaying || this.isHeld) return 0;
    const before = this.tick;
    this.moveTo(before + seconds * TICK_RATE * this.speed);
    const passed = (this.tick - before) / TICK_RATE;
    if (this.isAtEnd && this.isLooping) this.tick = 0;
    else if (this.isAtEnd) this.isPlaying = false;
    return passed;
  }

  /** @param {number} tick */
  moveTo(tick) {
    this.tick = Math.max(0, Math.min(LAST_TICK, tick));
  }

  /** Go on or stop; from the end it starts again. */
  toggle() {
    if (!this.isPlaying && this.isAtEnd) this.tick = 0;
    this.isPlaying = !this.isPlaying;
  }
}

/** Minutes and seconds of play; what is settled after the last tick belongs to the last second. @param {number} tick */
export function clockText(tick) {
  const seconds = Math.floor(Math.min(tick, TICKS) / TICK_RATE);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** The moment that an address asks for, in milliseconds; null when it asks for none. @param {string} hash */
export function readMoment(hash) {
  const found = /^#t=(\d{1,6})$/.exec(hash);
  return found ? Number(found[1]) : null;
}
