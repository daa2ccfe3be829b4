// @ts-check
/**
 * The server's part of a round, played in the page: it deals seeds, strikes out what comes too late, judges by the same
 * rules and shows what would be won. It asks nobody, so nothing that happens in a preview is stored anywhere.
 */
import { Problem } from '../api.js';
import { isGone } from '../panels.js';
import { replay } from '../sim/replay.js';
import { TICK_RATE, WAVES, WAVE_TICKS, cut } from '../sim/rules.js';
import { parseSeed } from '../sim/rng.js';

/** @typedef {import('../types.js').Campaign} Campaign @typedef {import('../types.js').Shot} Shot @typedef {import('../types.js').WaveAnswer} WaveAnswer */

const COUNTDOWN_MS = 3000;
const FORGIVEN_MS = 1500; // as server/play/timing.py has it
const CLAIM_DAYS = 14;
const DAY_MS = 86_400_000;
const toMs = (/** @type {number} */ ticks) => (ticks * 1000) / TICK_RATE;

/** 128 bits in hex digits. */
const drawSeed = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** Stands in for the wire: what the game asks of `Api`, answered here. */
export class House {
  /** @param {{campaign: Campaign, rules: import('../types.js').Rules, address?: string, now?: () => number, deal?: () => string}} parts `address` is what a player would share */
  constructor({ campaign, rules, address = '', now = () => performance.now(), deal = drawSeed }) {
    this.shown = campaign;
    this.rules = rules;
    this.address = address;
    this.now = now;
    this.deal = deal;
    /** @type {string[]} */ this.seeds = [];
    /** @type {Shot[]} */ this.shots = [];
    /** @type {Set<number>} */ this.voids = new Set();
    this.startsAt = 0; // of the wave that was told last
  }

  /** @returns {Promise<import('../types.js').Opened>} */
  async openRound() {
    this.seeds = Array.from({ length: WAVES }, this.deal);
    this.shots = [];
    this.voids = new Set();
    this.startsAt = this.now() + COUNTDOWN_MS;
    return { round: { id: 'preview', opened_at: new Date().toISOString(), commitment: '' }, rules: this.rules, wave: this.#told(1) };
  }

  /** @param {string} _id @param {number} wave @param {Shot[]} shots @returns {Promise<WaveAnswer>} */
  async submitWave(_id, wave, shots) {
    const isVoid = this.now() > this.startsAt + toMs(cut(wave) - (wave - 1) * WAVE_TICKS) + FORGIVEN_MS;
    if (isVoid) this.voids.add(wave);
    this.shots.push(...shots);
    if (wave === WAVES) return { outcome: this.#judge() };
    this.startsAt = isVoid ? this.now() + COUNTDOWN_MS : this.startsAt + toMs(WAVE_TICKS);
    return { wave: this.#told(wave + 1), void: isVoid };
  }

  /** @returns {Promise<import('../types.js').Present>} */
  async present() { return this.call(); }

  /** @returns {Promise<import('../types.js').Standings>} */
  async standings() { return { top: [], me: null, players: 0 }; }

  async campaign() { return this.shown; }

  async words() { return {}; }

  /** Whatever else is asked. @returns {Promise<any>} */
  async call() { throw new Problem(404, 'not_found'); }

  /** @returns {Promise<any>} */
  async asPlayer() { return this.call(); }

  /** @param {number} number */
  #told(number) { return { number, seed: this.seeds[number - 1], starts_in_ms: this.startsAt - this.now() }; }

  /** @returns {import('../types.js').Outcome} */
  #judge() {
    const { score, shots, hits, bestCombo, gifts } = replay(this.rules, this.seeds.map(parseSeed), this.shots, this.voids);
    return {
      verdict: 'accepted', score, shots, hits, best_combo: bestCombo, awards: this.#awards(score), kept_back: 0,
      gifts: { opened: gifts.length, won: 0 }, secret: '', replay_url: this.address, standing: null,
    };
  }

  /** The best step of the ladder that the score reaches and whose prize is there. @param {number} score */
  #awards(score) {
    const { ladder, prizes } = this.shown;
    const reached = [...ladder].sort((a, b) => b.score - a.score).filter((step) => step.score <= score)
      .flatMap(({ prize_id: id }) => prizes.filter((prize) => prize.id === id && !isGone(prize)));
    const before = new Date(Date.now() + CLAIM_DAYS * DAY_MS).toISOString();
    return reached.slice(0, 1).map((prize) => ({ id: 'preview', way: 'ladder', prize, claim_code: 'PREVIEW', claim_before: before }));
  }
}
