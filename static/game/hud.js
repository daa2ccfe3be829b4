// @ts-check
/** Score, clock, magazine and wind over the field. Only what has changed is written to the page. */
import { byId } from './dom.js';
import { COMBO_STEP, TICKS, TICK_RATE, TOP_MULTIPLIER } from './sim/rules.js';

/** @typedef {import('./sim/round.js').Round} Sim */

const LATE_SECONDS = 10;
const BUMP = [{ transform: 'scale(1.12)' }, { transform: 'none' }], BUMP_MS = 220;

export class Hud {
  /** @param {import('./texts.js').Texts} texts */
  constructor(texts) {
    this.texts = texts;
    /** @type {Record<string, unknown>} */ this.last = {};
    this.score = byId('hud-score');
    this.times = byId('hud-times');
    this.pips = [...byId('hud-pips').children];
    this.time = byId('hud-time');
    this.hand = byId('hud-hand');
    this.clock = byId('hud-clock');
    this.magazine = byId('hud-magazine');
    this.darts = [...this.magazine.querySelectorAll('i')];
    this.gust = byId('hud-gust');
    this.sock = /** @type {SVGElement} */ (byId('hud-wind').querySelector('svg'));
    this.bag = /** @type {SVGElement} */ (this.sock.querySelector('.bag'));
  }

  /** @param {string} name @param {unknown} value @returns {boolean} whether it is news */
  #isNew(name, value) {
    const isNew = this.last[name] !== value;
    this.last[name] = value;
    return isNew;
  }

  /** @param {Sim} sim @param {number} tick where the rules stand @param {number} clockTick where the clock stands */
  show(sim, tick, clockTick) {
    this.#showScore(sim);
    this.#showTime(Math.max(0, Math.min(TICKS, TICKS - clockTick)));
    this.#showMagazine(sim, tick);
    this.#showWind(sim.wind(Math.max(0, Math.min(Math.floor(tick), TICKS - 1))));
  }

  /** @param {Sim} sim */
  #showScore(sim) {
    if (this.#isNew('score', sim.score)) {
      this.score.textContent = this.texts.number(sim.score);
      this.score.animate(BUMP, BUMP_MS);
    }
    if (!this.#isNew('combo', sim.combo)) return;
    this.times.textContent = `×${sim.multiplier}`;
    this.times.dataset.step = String(sim.multiplier);
    const lit = sim.multiplier === TOP_MULTIPLIER ? COMBO_STEP : sim.combo % COMBO_STEP;
    this.pips.forEach((pip, i) => pip.classList.toggle('on', i < lit));
  }

  /** @param {number} ticksLeft */
  #showTime(ticksLeft) {
    const seconds = Math.ceil(ticksLeft / TICK_RATE);
    if (!this.#isNew('seconds', seconds)) return;
    this.time.textContent = String(seconds);
    this.hand.style.strokeDashoffset = String(100 - (ticksLeft / TICKS) * 100);
    this.clock.classList.toggle('late', seconds <= LATE_SECONDS);
  }

  /** @param {Sim} sim @param {number} tick */
  #showMagazine(sim, tick) {
    const isReloading = sim.log.length > 0 && sim.magazineLeft === this.darts.length && tick < sim.readyAt;
    const left = isReloading ? 0 : sim.magazineLeft;
    if (!this.#isNew('darts', left)) return;
    this.darts.forEach((dart, i) => dart.classList.toggle('spent', i >= left));
    this.magazine.classList.toggle('empty', isReloading);
  }

  /** @param {number} wind -16 to 16 */
  #showWind(wind) {
    if (!this.#isNew('wind', wind)) return;
    this.gust.textContent = wind ? `${wind < 0 ? '◀ ' : ''}${Math.abs(wind)}${wind > 0 ? ' ▶' : ''}` : this.texts.say('hud.no_wind');
    const droop = Math.max(0, 52 - Math.abs(wind) * 7); // degrees: a strong wind lifts the sock
    this.sock.style.transform = `scaleX(${wind < 0 ? -1 : 1})`;
    this.bag.style.transform = `rotate(${droop}deg)`;
  }
}
