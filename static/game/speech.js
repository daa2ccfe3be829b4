// @ts-check
/** Words over the field: points where a dart hit, what the boss says, and the banner between waves. */
import { byId, make } from './dom.js';
import { WIDTH } from './sim/rules.js';

const FLOATS = 8;
const BUBBLE_MS = 1500;
const TOP = 84; // world pixels: a float does not rise into the score
const LEFT_FROM = WIDTH * 0.56; // a boss in the middle speaks to the right: the brand stands on the left

export class Speech {
  /** @param {import('./texts.js').Texts} texts @param {{scale: number}} stage */
  constructor(texts, stage) {
    this.texts = texts;
    this.stage = stage;
    this.bubble = byId('bubble');
    this.banner = byId('banner');
    this.floats = Array.from({ length: FLOATS }, () => byId('floats').appendChild(make('b')));
    this.next = 0;
    this.bubbleUntil = 0;
    this.bannerUntil = 0;
    this.bubbleX = -1; // where it was last put, world pixels
  }

  /** @param {string} text @param {string} look @param {number} x @param {number} y world pixels */
  float(text, look, x, y) {
    const label = this.floats[this.next++ % FLOATS];
    label.textContent = text;
    label.className = look;
    const [left, top] = [Math.max(60, Math.min(WIDTH - 60, x)) * this.stage.scale, Math.max(TOP, y) * this.stage.scale];
    const at = (/** @type {number} */ rise, /** @type {number} */ size) => `translate(${left}px, ${top - rise}px) translate(-50%, -50%) scale(${size})`;
    label.animate([
      { transform: at(0, 0.5), opacity: 0 }, { transform: at(14, 1.2), opacity: 1, offset: 0.15 },
      { transform: at(26, 1), opacity: 1, offset: 0.6 }, { transform: at(56, 1), opacity: 0 },
    ], { duration: 900, easing: 'ease-out' });
  }

  /**
   * One of the boss's lines of a kind; they come in turn. What is said lets nobody cut in for a while, unless it is news.
   * @param {string} kind @param {number} now milliseconds @param {boolean} [isNews]
   */
  say(kind, now, isNews = false) {
    const lines = [1, 2, 3].map((n) => `boss.${kind}.${n}`).filter((key) => this.texts.has(key));
    if (!lines.length || (!isNews && now < this.bubbleUntil - BUBBLE_MS / 2)) return;
    this.bubble.textContent = this.texts.say(lines[this.next++ % lines.length]);
    this.bubble.classList.add('on');
    this.bubbleX = -1;
    this.bubbleUntil = now + BUBBLE_MS;
  }

  /** @param {string} strong @param {string} [line] @param {number} [until] milliseconds; stays when left out */
  announce(strong, line = '', until = Infinity) {
    this.bannerUntil = until;
    this.banner.classList.add('on');
    if (this.banner.dataset.says === strong + line) return;
    this.banner.dataset.says = strong + line;
    this.banner.replaceChildren(make('strong', {}, strong), make('span', {}, line));
  }

  /** @param {number} now milliseconds @param {number} bossX world pixels */
  step(now, bossX) {
    if (now < this.bubbleUntil) this.#follow(bossX);
    else if (this.bubbleX >= 0) {
      this.bubbleX = -1;
      this.bubble.classList.remove('on');
    }
    if (now > this.bannerUntil) {
      this.bannerUntil = Infinity;
      this.banner.classList.remove('on');
    }
  }

  /** The bubble stays beside the boss; only a step that can be seen is written to the page. @param {number} bossX */
  #follow(bossX) {
    if (Math.abs(bossX - this.bubbleX) < 1) return;
    this.bubbleX = bossX;
    const onLeft = bossX > LEFT_FROM, { scale } = this.stage;
    const x = (bossX + (onLeft ? -70 : 70)) * scale;
    const left = onLeft ? `max(8px, ${x}px - 100%)` : `min(${x}px, ${WIDTH * scale - 8}px - 100%)`;
    this.bubble.classList.toggle('left', onLeft);
    this.bubble.style.transform = `translate(${left}, ${30 * scale}px)`;
  }
}
