// @ts-check
/** The controls: play and pause, the bar of moments with the round's skyline, the speeds, the keys. */
import { byId, make } from '../dom.js';
import { LAST_TICK, TICKS, TICK_RATE, WAVE_TICKS, WAVES, cut, waveOf } from '../sim/rules.js';
import { SPEEDS, clockText } from './playhead.js';

/** @typedef {import('../texts.js').Texts} Texts @typedef {import('./playhead.js').Playhead} Playhead */

const TALLEST = 1800; // points; a bar in the skyline gets no higher
const SKIP_TICKS = 2 * TICK_RATE;

/** How far a key on the bar goes. @type {Record<string, number>} */
const STRIDES = { ArrowRight: SKIP_TICKS, ArrowUp: SKIP_TICKS, ArrowLeft: -SKIP_TICKS, ArrowDown: -SKIP_TICKS, PageUp: WAVE_TICKS, PageDown: -WAVE_TICKS };

export class Deck {
  /** @param {Texts} texts @param {Playhead} playhead @param {{seek: (tick: number) => void, toggle: () => void}} hands */
  constructor(texts, playhead, hands) {
    this.texts = texts;
    this.playhead = playhead;
    this.hands = hands;
    this.bar = /** @type {HTMLInputElement} */ (byId('replay-seek'));
    this.toggle = byId('replay-toggle');
    this.second = '';
    this.toggle.addEventListener('click', hands.toggle);
    this.#offerSpeeds();
    this.#offerLoop();
    this.#listen();
  }

  #offerLoop() {
    const button = byId('replay-loop');
    button.addEventListener('click', () => {
      this.playhead.isLooping = !this.playhead.isLooping;
      button.setAttribute('aria-pressed', String(this.playhead.isLooping));
    });
  }

  #offerSpeeds() {
    for (const speed of SPEEDS) {
      const radio = make('input', { type: 'radio', name: 'speed', value: String(speed), checked: speed === 1, onchange: () => { this.playhead.speed = speed; } });
      byId('replay-speeds').append(make('label', {}, radio, make('span', {}, this.texts.say('replay.times', { n: speed }))));
    }
  }

  #listen() {
    this.bar.addEventListener('input', () => {
      this.playhead.isHeld = true; // until the finger lets go, else the round would run on under it
      this.hands.seek(Number(this.bar.value));
    });
    for (const end of ['change', 'pointerup', 'pointercancel', 'blur']) this.bar.addEventListener(end, () => { this.playhead.isHeld = false; });
    document.addEventListener('keydown', (event) => this.#press(event));
  }

  /** Space and the arrows work anywhere but where they mean something else. @param {KeyboardEvent} event */
  #press(event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const { key, target } = event;
    const isOnBar = target === this.bar;
    if (!isOnBar && target instanceof Element && target.closest('a, button, input, textarea, summary')) return;
    if (key === ' ') this.hands.toggle();
    else if (isOnBar ? key in STRIDES : key === 'ArrowLeft' || key === 'ArrowRight') this.hands.seek(this.playhead.tick + STRIDES[key]);
    else return;
    event.preventDefault();
  }

  /** What the round was like, drawn along the bar. @param {import('./record.js').Kept} record @param {import('./record.js').Judged} judged @param {(kind: string) => string} colourOf */
  paint({ shots, voids = [] }, { hits }, colourOf) {
    const hitShots = new Set(hits.map(({ shot }) => shot));
    const seams = Array.from({ length: WAVES - 1 }, (_, i) => mark('seam', (i + 1) * WAVE_TICKS));
    const misses = shots.flatMap(([tick], i) => (hitShots.has(i) ? [] : [mark('miss', tick)]));
    const bars = hits.map(({ tick, kind, points }) => {
      const bar = mark(`hit ${kind}`, tick);
      bar.style.height = `${Math.round(22 + 78 * Math.sqrt(Math.min(TALLEST, Math.abs(points)) / TALLEST))}%`;
      bar.style.background = colourOf(kind);
      return bar;
    });
    byId('replay-skyline').replaceChildren(...voids.map(hatch), ...seams, ...misses, ...bars);
  }

  /** Where the round is now. */
  show() {
    const { tick, isPlaying } = this.playhead;
    if (!this.playhead.isHeld) this.bar.value = String(Math.round(tick));
    this.bar.style.setProperty('--done', `${(tick / LAST_TICK) * 100}%`);
    const second = clockText(tick), state = `${second} ${isPlaying}`;
    if (this.second === state) return;
    this.second = state;
    const whole = clockText(TICKS);
    this.bar.setAttribute('aria-valuetext', this.texts.say('replay.at', { time: second, whole, wave: waveOf(Math.floor(tick)) }));
    byId('replay-time').replaceChildren(second, make('span', {}, ` / ${whole}`));
    this.toggle.setAttribute('aria-label', this.texts.say(isPlaying ? 'replay.off' : 'replay.on'));
    this.toggle.classList.toggle('playing', isPlaying);
  }
}

/** @param {string} look @param {number} tick */
function mark(look, tick) {
  const element = make('i', { class: look });
  element.style.left = `${(tick / LAST_TICK) * 100}%`;
  return element;
}

/** The stretch whose darts are not scored. @param {number} submission */
function hatch(submission) {
  const element = mark('void', cut(submission - 1));
  element.style.width = `${((cut(submission) - cut(submission - 1)) / LAST_TICK) * 100}%`;
  return element;
}
