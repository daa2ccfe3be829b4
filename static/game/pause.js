// @ts-check
/** The pause: the field is covered, and a card says in plain words what it costs and how long it may last. */
import { byId } from './dom.js';

/** @typedef {import('./play.js').Play['course']} Course @typedef {'goOn' | 'settings' | 'leave'} Way */
/**
 * @typedef {{texts: import('./texts.js').Texts, speech: import('./speech.js').Speech, course: () => Course | undefined,
 *   dialog: () => import('./settings_dialog.js').SettingsDialog | null, openSettings: () => void, halt: () => void, goOn: () => void, leave: () => void}} Hands
 * `halt` and `goOn` are called when the field is covered and when it is free again.
 */

const TOLD_MS = 1600;

export class Pause {
  /** @param {Hands} hands */
  constructor(hands) {
    this.hands = hands;
    this.card = byId('pause');
    this.curtain = byId('curtain');
    this.left = byId('pause-left');
    this.button = /** @type {HTMLButtonElement} */ (byId('pause-on'));
    this.button.addEventListener('click', () => hands.course()?.goOn());
    byId('pause-settings').addEventListener('click', hands.openSettings);
    byId('pause-leave').addEventListener('click', hands.leave);
    byId('pause-button').addEventListener('click', () => this.toggle());
    document.addEventListener('visibilitychange', () => this.#lookAway());
    window.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || event.repeat || !hands.course() || hands.dialog()?.isOpen) return;
      event.preventDefault();
      this.toggle();
    });
  }

  /** Pause, or go on; a second pause in a round is refused in words. */
  toggle() {
    const { course: ask, speech, texts, halt } = this.hands, course = ask();
    if (!course || course.isOver) return;
    if (course.pausing) {
      course.goOn();
    } else if (course.pause()) {
      halt();
      this.#open(course.isCalm);
    } else {
      speech.announce('', texts.say('pause.once'), performance.now() + TOLD_MS);
    }
  }

  /** @param {boolean} isCalm such a round may pause as long as one likes */
  #open(isCalm) {
    byId('pause-cost').textContent = this.hands.texts.say(isCalm ? 'pause.calm' : 'pause.cost');
    byId('pause-stays').hidden = isCalm;
    this.card.hidden = this.curtain.hidden = false;
    this.left.textContent = '';
    this.button.disabled = false;
    this.button.focus({ preventScroll: true });
  }

  /** The card tells the last seconds before it ends, or before the next wave, and goes when the pause is over. */
  step() {
    if (this.card.hidden) return;
    const course = this.hands.course(), pausing = course?.pausing;
    if (!course || !pausing) {
      this.close();
      this.hands.dialog()?.close();
      this.hands.goOn();
      return;
    }
    const leftMs = course.pauseLeftMs;
    this.button.disabled = pausing !== true && pausing.isEnding;
    const text = leftMs === null ? '' : this.hands.texts.say(this.button.disabled ? 'pause.next' : 'pause.left', { n: Math.ceil(leftMs / 1000) });
    if (this.left.textContent !== text) this.left.textContent = text;
  }

  close() { this.card.hidden = this.curtain.hidden = true; }

  /** A hidden page draws nothing, and the round's clock runs on: say what became of it. */
  #lookAway() {
    const { course: ask, speech, texts } = this.hands, course = ask();
    if (!course || course.isOver || course.pausing) return;
    if (!document.hidden) speech.announce(texts.say('pause.title'), texts.say(course.isWaveLost ? 'pause.lost' : 'pause.text'), performance.now() + TOLD_MS);
    else if (course.isCalm) this.toggle();
  }
}
