// @ts-check
/**
 * The course of one round: shots by the tick, submissions at the cuts, waves as they are told, and the way back when
 * the line is lost. It draws nothing and knows no browser: time, waiting and the wire are handed in.
 */
import { Problem } from './api.js';
import { createClock } from './clock.js';
import { resumeRound } from './sim/replay.js';
import { LAST_TICK, TICKS, TICK_RATE, WAVES, WAVE_TICKS, cut } from './sim/rules.js';
import { parseSeed } from './sim/rng.js';

/** @typedef {import('./types.js').Opened} Opened @typedef {import('./types.js').Present} Present */
/** @typedef {import('./types.js').WaveAnswer} WaveAnswer @typedef {import('./types.js').WaveTold} WaveTold */
/** @typedef {import('./sim/round.js').Round} Sim @typedef {import('./sim/round.js').Event} Event */
/** @typedef {import('./sim/round.js').Shot} Shot */
/**
 * `line` while a submission waits for an answer that is late, `void` from a struck-out wave to the next one's start.
 * @typedef {'fine' | 'line' | 'void'} Trouble
 */

const WAITS_MS = [250, 500, 1000, 2000]; // the last one again and again: a line that is back after 17 s must not cost the round
const LANDED_TICKS = 40; // by then the darts thrown at the very end have landed, and were seen to
const GIVE_UP_MS = 90000; // the server closes a round before this
const PAUSE_LEAST_MS = 1700; // after the cut: the server takes a wave as merely late for 1.5 s, and clocks jitter
const PAUSE_MOST_MS = 17500; // it ends the round at 20 s: this leaves a slow line some time
const COUNTDOWN_MS = 3000; // from the answer to a struck-out wave to the next one's start
const RESUME = ['already_submitted', 'wave_out_of_order', 'round_over', 'illegal_shots'];

export class Course {
  isCalm = /** @type {const} */ (false);

  /**
   * @param {{api: Pick<import('./api.js').Api, 'submitWave' | 'present'>, now: () => number,
   *   sleep: (ms: number) => Promise<unknown>, opened: Present | Opened}} parts
   */
  constructor({ api, now, sleep, opened }) {
    this.api = api;
    this.now = now;
    this.sleep = sleep;
    this.clock = createClock();
    this.id = opened.round.id;
    this.rules = opened.rules;
    /** @type {import('./sim/rng.js').Seed[]} */ this.seeds = [];
    /** @type {Set<number>} */ this.voids = new Set();
    this.submitted = 0;
    this.sending = false;
    /** @type {Trouble} */ this.trouble = 'fine';
    /** @type {{wave: number, isEnding: boolean} | null} a pause, and the wave that it costs */ this.pausing = null;
    this.hasPaused = false;
    /** @type {import('./types.js').Outcome | null} */ this.outcome = null;
    /** @type {Problem | null} what ended the round without an outcome */ this.problem = null;
    this.sim = resumeRound(this.rules, [], [], [], -1);
    if ('waves' in opened) this.#takeUp(opened);
    else if (opened.wave) this.#reveal(opened.wave);
  }

  get isOver() { return this.outcome !== null || this.problem !== null; }

  /** Nothing is left to see: the server has spoken, and the last darts have landed unless it ended the round before them. */
  get isDone() {
    if (!this.outcome) return this.problem !== null;
    return this.submitted < WAVES || this.moment().tick >= TICKS + LANDED_TICKS;
  }

  /** Where the round is now; in a pause nothing runs and nothing is counted down. */
  moment() {
    const moment = this.clock.momentAt(this.now());
    return this.pausing ? { ...moment, over: 0, waitMs: null, isRunning: false } : moment;
  }

  /** Whether the round was closed before its last wave. */
  get isCutShort() { return this.outcome !== null && this.submitted < WAVES; }

  /** Whether the wave in play can no longer count: its shots are overdue by more than the server forgives. */
  get isWaveLost() { return !this.isOver && this.#lateMs(this.submitted + 1) > PAUSE_LEAST_MS; }

  /**
   * Stop here. It always costs the wave, so that nobody gets time to think, and is granted once a round; the round
   * goes on by itself when the server's patience ends. Whether it is granted.
   */
  pause() {
    const wave = this.submitted + (this.sending ? 2 : 1);
    if (this.isOver || this.pausing || this.voids.size > 0 || wave > WAVES) return false;
    this.pausing = { wave, isEnding: false };
    this.hasPaused = true;
    return true;
  }

  /** End the pause, as soon as its wave is sure to be struck out: sent earlier, it would count. */
  goOn() { if (this.pausing) this.pausing.isEnding = true; }

  /** Until the pause ends by itself, or, once it is ending, until the next wave starts; null while unknown or without one. */
  get pauseLeftMs() {
    if (!this.pausing) return null;
    const late = this.#lateMs(this.pausing.wave);
    const left = this.pausing.isEnding ? Math.max(0, PAUSE_LEAST_MS - late) + COUNTDOWN_MS : Math.max(0, PAUSE_MOST_MS - late);
    return Number.isNaN(left) ? null : left;
  }

  /** The tick that a shot fired now gets. */
  get tick() { return Math.min(Math.max(Math.floor(this.moment().tick), this.sim.settled, 0), this.sim.revealedUntil); }

  /** Shots are taken only while the clock runs inside a revealed wave. */
  get isLive() {
    const { tick, isRunning } = this.moment();
    return !this.isOver && isRunning && tick < TICKS;
  }

  /**
   * Shoot at a pixel of the world, now. Null, or the word why not.
   * @param {number} x @param {number} y @returns {string | null}
   */
  fire(x, y) {
    if (!this.isLive) return 'waiting';
    return this.sim.fire(this.tick, Math.floor(x), Math.floor(y));
  }

  /** Let what is due happen, and send what is due to be sent. @returns {Event[]} */
  step() {
    const due = Math.min(Math.floor(this.moment().tick), this.sim.revealedUntil);
    const events = due > this.sim.settled ? this.sim.settle(due) : this.sim.settle(this.sim.settled);
    if (!this.isOver && !this.sending && this.#isCutDue()) this.#submit();
    if (this.trouble === 'void' && this.moment().isRunning && this.tick >= this.submitted * WAVE_TICKS) this.trouble = 'fine';
    return events;
  }

  #isCutDue() {
    const wave = this.submitted + 1;
    if (this.submitted >= this.seeds.length || this.moment().tick < cut(wave)) return false;
    return this.pausing?.wave !== wave || this.#lateMs(wave) >= (this.pausing.isEnding ? PAUSE_LEAST_MS : PAUSE_MOST_MS);
  }

  /** How long a wave's shots have been due; negative before, NaN while its start is not known. @param {number} wave */
  #lateMs(wave) {
    return this.now() - this.clock.startOf(wave) - ((cut(wave) - (wave - 1) * WAVE_TICKS) * 1000) / TICK_RATE;
  }

  /** @param {number} wave the shots that submission `wave` carries */
  #shotsOf(wave) {
    return this.sim.log.filter(([tick]) => tick >= cut(wave - 1) && tick < cut(wave));
  }

  async #submit() {
    this.sending = true;
    const wave = this.submitted + 1;
    let tries = 0;
    try {
      this.#takeAnswer(wave, await this.#persist(() => {
        tries += 1;
        return this.api.submitWave(this.id, wave, this.#shotsOf(wave));
      }));
      // A repeat gets the first answer again, as old as it is: only the present tells when the next wave starts.
      if (tries > 1 && !this.isOver) this.#takeUp(await this.#persist(() => this.api.present(this.id)));
    } catch (problem) {
      await this.#resume(problem);
    }
    this.sending = false;
  }

  /** @param {number} wave @param {WaveAnswer} answer */
  #takeAnswer(wave, answer) {
    this.submitted = wave;
    if (answer.void || answer.outcome || wave === this.pausing?.wave) this.pausing = null;
    if (answer.void) this.#strikeOut(wave);
    else this.trouble = 'fine';
    if (answer.wave) this.#reveal(answer.wave);
    if (answer.outcome) this.outcome = answer.outcome;
  }

  /** @param {WaveTold} wave */
  #reveal(wave) {
    this.clock.reveal(wave.number, this.now(), wave.starts_in_ms);
    this.seeds[wave.number - 1] = parseSeed(wave.seed);
    this.sim.reveal(wave.number, this.seeds[wave.number - 1]);
  }

  /** The submission's darts are as if never thrown. @param {number} wave */
  #strikeOut(wave) {
    this.voids.add(wave);
    this.trouble = 'void';
    this.sim = resumeRound(this.rules, this.seeds, this.sim.log, this.voids, this.sim.settled);
  }

  /**
   * The same call until it is answered: the server gives an equal submission its first answer again.
   * @template T @param {() => Promise<T>} call @returns {Promise<T>}
   */
  async #persist(call) {
    const began = this.now();
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await call();
      } catch (problem) {
        const wait = this.now() - began < GIVE_UP_MS ? waitBefore(problem, attempt) : null;
        if (wait === null) throw problem;
        if (attempt > 0 && this.trouble === 'fine') this.trouble = 'line';
        await this.sleep(wait);
      }
    }
  }

  /** After a refusal the server's view of the round is the one that counts. @param {unknown} problem */
  async #resume(problem) {
    try {
      if (!(problem instanceof Problem) || !RESUME.includes(problem.code)) throw problem;
      const present = await this.#persist(() => this.api.present(this.id));
      if (!present.outcome && present.submitted === this.submitted) throw problem;
      this.#takeUp(present);
    } catch (last) {
      this.pausing = null;
      this.problem = last instanceof Problem ? last : new Problem(0, 'internal', { detail: String(last) });
    }
  }

  /** Go on from what the server knows, plus the shots not sent yet. @param {Present} present */
  #takeUp(present) {
    const unsent = this.sim.log.filter(([tick]) => tick >= cut(present.submitted));
    this.submitted = present.submitted;
    this.voids = new Set(present.voids ?? []);
    this.seeds = present.waves.map(({ seed }) => parseSeed(seed));
    this.outcome = present.outcome ?? null;
    if (this.outcome || this.voids.size > 0 || this.submitted >= (this.pausing?.wave ?? WAVES)) this.pausing = null;
    this.clock.forget();
    if (present.wave) this.clock.reveal(present.wave.number, this.now(), present.wave.starts_in_ms);
    const revealed = this.seeds.length === WAVES ? LAST_TICK : this.seeds.length * WAVE_TICKS - 1;
    const until = present.wave ? Math.floor(this.moment().tick) : revealed;
    this.sim = resumeRound(this.rules, this.seeds, [...present.shots, ...unsent], this.voids, until);
    this.trouble = this.voids.has(this.submitted) && (this.moment().waitMs ?? 0) > 0 ? 'void' : 'fine';
  }
}

/**
 * How long to wait before the same call again; null when that is no use.
 * @param {unknown} problem @param {number} attempt
 */
function waitBefore(problem, attempt) {
  if (!(problem instanceof Problem)) return null;
  const patience = WAITS_MS[Math.min(attempt, WAITS_MS.length - 1)];
  if (problem.code === 'too_early' || problem.code === 'slow_down') return problem.waitMs ?? patience;
  return problem.status === 0 || problem.status >= 500 ? patience : null;
}
