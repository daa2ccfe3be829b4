// @ts-check
/**
 * A calm round: the same rules at half the speed, with seeds of its own, on this device alone. It is not ranked, wins
 * nothing and may pause as often and as long as one likes.
 */
import { byId, make, makeButton } from './dom.js';
import { resumeRound } from './sim/replay.js';
import { LAST_TICK, TICKS, TICK_RATE, WAVES } from './sim/rules.js';

/** @typedef {import('./clock.js').Moment} Moment @typedef {import('./sim/round.js').Event} Event */
/** @typedef {{score: number, hits: number, bestCombo: number}} Result */

const PACE = 0.5;
const COUNTDOWN_MS = 3000;
const NO_TROUBLE = /** @type {import('./course.js').Trouble} */ ('fine');

/** @returns {import('./sim/rng.js').Seed} */
function drawSeed() {
  const [a, b, c, d] = crypto.getRandomValues(new Uint32Array(4));
  return [a, b, c, d];
}

/** Plays like a Course, and asks nobody. */
export class CalmCourse {
  isCalm = /** @type {const} */ (true);

  /** @param {{now: () => number, seeds?: import('./sim/rng.js').Seed[]}} parts */
  constructor({ now, seeds = Array.from({ length: WAVES }, drawSeed) }) {
    this.now = now;
    this.sim = resumeRound({ version: 1 }, seeds, [], [], -1);
    this.startsAt = now() + COUNTDOWN_MS;
    this.pausedAt = NaN;
    this.trouble = NO_TROUBLE;
    this.sending = this.hasPaused = false;
  }

  get isOver() { return this.isDone; }

  get isDone() { return this.moment().tick >= LAST_TICK; }

  /** @returns {Moment} */
  moment() {
    const raw = (((Number.isNaN(this.pausedAt) ? this.now() : this.pausedAt) - this.startsAt) * TICK_RATE * PACE) / 1000;
    const isRunning = raw >= 0 && !this.pausing;
    return { tick: Math.max(0, Math.min(raw, LAST_TICK)), over: Math.min(0, raw), waitMs: raw < 0 && !this.pausing ? this.startsAt - this.now() : null, isRunning };
  }

  get tick() { return Math.min(Math.floor(this.moment().tick), LAST_TICK); }

  get isLive() {
    const { tick, isRunning } = this.moment();
    return isRunning && tick < TICKS;
  }

  /** @param {number} x @param {number} y @returns {string | null} */
  fire(x, y) { return this.isLive ? this.sim.fire(this.tick, Math.floor(x), Math.floor(y)) : 'waiting'; }

  /** @returns {Event[]} */
  step() { return this.sim.settle(Math.max(this.tick, this.sim.settled)); }

  /** Whether it stands still. */
  get pausing() { return !Number.isNaN(this.pausedAt); }

  pause() {
    if (this.pausing) return false;
    this.pausedAt = this.now();
    return true;
  }

  goOn() {
    if (!this.pausing) return;
    this.startsAt += this.now() - this.pausedAt;
    this.pausedAt = NaN;
  }

  get pauseLeftMs() { return null; }

  get isWaveLost() { return false; }
}

/**
 * What a round came to that counts for nothing.
 * @param {Result} result @param {import('./texts.js').Texts} texts @param {string} kind what its texts begin with: 'calm' or 'practice'
 * @param {...(HTMLElement | false)} ways what can be done now
 */
export function showPlainResult({ score, hits, bestCombo }, texts, kind, ...ways) {
  const card = byId('result');
  const facts = [['result.hits', hits], ['result.combo', bestCombo]].map(([key, value]) => make('div', {}, make('dt', {}, texts.say(String(key))), make('dd', {}, texts.number(Number(value)))));
  card.replaceChildren(
    make('p', { class: 'eyebrow' }, texts.say(`${kind}.title`)), make('h1', {}, texts.say(`${kind}.done`)),
    make('p', { class: 'total' }, texts.number(score), make('small', {}, texts.say('result.points'))),
    make('dl', { class: 'facts two' }, ...facts), make('p', { class: 'note' }, texts.say(`${kind}.text`)),
    make('div', { class: 'actions' }, ...ways),
  );
  card.hidden = false;
  card.scrollTop = 0;
  card.focus({ preventScroll: true });
  byId('spoken').textContent = `${texts.say('result.spoken', { score })} ${texts.say(`${kind}.text`)}`;
}

/**
 * What a calm round came to, and the way to the one that counts.
 * @param {Result} result @param {import('./texts.js').Texts} texts @param {{ranked: () => void, again: () => void}} acts
 */
export function showCalmResult(result, texts, { ranked, again }) {
  showPlainResult(result, texts, 'calm', makeButton(texts.say('calm.ranked'), ranked), makeButton(texts.say('calm.again'), again, 'plain'));
}
