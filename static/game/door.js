// @ts-check
/** The way to the talk: its script and its style are fetched once its reader comes near, whoever only plays pays nothing. */
import { byId, make } from './dom.js';
import { waitForLine } from './line.js';

/** @typedef {import('./talk/talk.js').Place} Place */

const NEAR = '250px'; // below the fold: a wide screen shows the panel's edge there, a phone has the prizes first
const AGAIN_MS = 2000;

/** @type {Promise<unknown> | null} */
let style = null;

/** Once, unless it fails. */
const fetchStyle = () => style ??= new Promise((onload, fail) => {
  const link = make('link', { rel: 'stylesheet', href: '/static/talk.css', onload, onerror: () => {
    link.remove();
    style = null;
    fail();
  } });
  document.head.append(link);
});

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

  /** However often the line is lost. */
  async #open() {
    for (;;) {
      try {
        const [{ Talk }] = await Promise.all([import('./talk.js'), fetchStyle()]);
        this.talk = new Talk(this.place);
        return void this.talk.open();
      } catch {
        await waitForLine(AGAIN_MS);
      }
    }
  }

  /** What the room tells. @param {import('./live.js').Update} update */
  hear(update) { this.talk?.hear(update); }

  /** Whether the room is heard. @param {boolean} isLive */
  meet(isLive) { this.talk?.meet(isLive); }

  /** The replay above has gone on. */
  follow() { this.talk?.moment?.follow(); }
}
