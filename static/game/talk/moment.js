// @ts-check
/** The moment of a replay that a comment is about: taken when the writing begins, left out again by a tap. */
import { make } from '../dom.js';
import { refill, sign } from './parts.js';
import { clockOf } from './words.js';

export class Moment {
  /** @param {import('../texts.js').Texts} texts @param {() => number} now where the replay is, milliseconds @param {HTMLTextAreaElement} box */
  constructor(texts, now, box) {
    this.texts = texts;
    this.now = now;
    /** @type {number | null} */ this.at = null;
    this.isUnwanted = false;
    this.element = make('p', { class: 'moment-chip' });
    this.offer = make('button', { type: 'button', class: 'moment', 'data-act': 'moment', onclick: () => this.#set(this.now()) });
    box.before(this.element);
    box.addEventListener('input', () => this.#begin(box.value));
    this.#show();
    this.#begin(box.value); // something may have been written while this was loaded
  }

  /** @param {string} written */
  #begin(written) { if (written && this.at === null && !this.isUnwanted && this.now() > 0) this.#set(this.now()); }

  /** Once it is sent the next one starts anew. */
  clear() {
    this.isUnwanted = false;
    this.#set(null);
  }

  /** The offer follows the replay. */
  follow() {
    if (this.at === null) this.#offer();
  }

  /** @param {number | null} at */
  #set(at) {
    this.at = at;
    this.#show();
  }

  /** Its words alone are changed: whoever is on it stays on it. */
  #offer() {
    const said = this.texts.say('comments.at.add', { time: clockOf(this.now()) });
    if (this.offer.textContent !== said) this.offer.textContent = said;
  }

  #show() {
    const { at, texts } = this, drop = () => { this.isUnwanted = true; this.#set(null); };
    if (at === null) this.#offer();
    refill(this.element, at === null ? this.offer
      : make('button', { type: 'button', class: 'moment on', 'data-act': 'moment', onclick: drop }, texts.say('comments.at', { time: clockOf(at) }), make('span', { class: 'hidden' }, texts.say('comments.at.drop')), sign('cross')));
  }
}
