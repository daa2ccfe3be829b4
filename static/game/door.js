// @ts-check
/** The way to the talk: its script and its style are fetched once its reader comes near, whoever only plays pays nothing. */
import { byId, fetchStyle } from './dom.js';
import { insist } from './line.js';

/** @typedef {import('./talk/talk.js').Place} Place */

const NEAR = '250px'; // below the fold: a wide screen shows the panel's edge there, a phone has the prizes first
export class Door {
  /** @param {Place} place */
  constructor(place) {
    this.place = place;
    /** @type {import('./talk/talk.js').Talk | null} */ this.talk = null;
    const eye = new IntersectionObserver((seen) => {
      if (!seen.some(({ isIntersecting }) => isIntersecting)) return;
      eye.disconnect();
      void this.#open();
    }, { rootMargin: NEAR });
    eye.observe(byId('comments'));
  }

  async #open() {
    const [{ Talk }] = await insist(() => Promise.all([import('./talk.js'), fetchStyle('talk')]));
    this.talk = new Talk(this.place);
    void this.talk.open();
  }

  /** What the room tells. @param {import('./live.js').Update} update */
  hear(update) { this.talk?.hear(update); }

  /** Whether the room is heard. @param {boolean} isLive */
  meet(isLive) { this.talk?.meet(isLive); }

  /** The replay above has gone on. */
  follow() { this.talk?.moment?.follow(); }
}
