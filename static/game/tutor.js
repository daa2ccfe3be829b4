// @ts-check
/**
 * The first round without reading: a ghost hand shows the move towards a living target, and three words go with it.
 * Gone after the first hit, and for good after the first round that was finished.
 */
import { byId } from './dom.js';
import { Q, WAVE_TICKS } from './sim/rules.js';

/** @typedef {{course: import('./play.js').Play['course'], input: import('./input/input.js').Input}} Lesson */
/** @typedef {import('./sim/targets.js').SeenTarget} SeenTarget */

const ONE = 1 << Q;
const FROM_TICK = 60; // the banner has gone by then
const UNTIL_TICK = 2 * WAVE_TICKS; // whoever has hit nothing by then has seen it often enough
const WORTH_TICKS = 60; // a target that stays less is not shown

export class Tutor {
  /** @param {{texts: import('./texts.js').Texts, keep: import('./keep.js').Keep, stage: {scale: number}}} hands */
  constructor({ texts, keep, stage }) {
    this.texts = texts;
    this.keep = keep;
    this.stage = stage;
    this.card = byId('tutor');
    this.hand = byId('tutor-hand');
    this.words = byId('tutor-words');
    this.goal = ''; // which target the hand shows
    this.hide();
  }

  hide() { this.card.hidden = true; }

  /** A round was finished: nobody needs to be shown again. */
  graduate() {
    this.keep.set('taught', 'yes');
    this.hide();
  }

  /** @param {Lesson} lesson */
  step({ course, input }) {
    const { sim, tick } = course;
    const target = this.#isNeeded(course) ? this.#choose(sim.targetsAt(tick), tick) : null;
    this.card.hidden = !target;
    if (!target) return;
    const way = input.isOneButton ? 'button' : input.hand;
    if (this.card.dataset.hand !== way) this.#speak(way);
    const { scale } = this.stage;
    this.hand.style.transform = `translate(${(target.x / ONE) * scale}px, ${(target.y / ONE) * scale}px)`;
  }

  /** @param {Lesson['course']} course */
  #isNeeded({ sim, tick, isLive }) {
    return isLive && tick >= FROM_TICK && tick < UNTIL_TICK && sim.hits === 0 && this.keep.get('taught') !== 'yes';
  }

  /** The one it shows already, else the one that stays longest. @param {SeenTarget[]} targets @param {number} tick */
  #choose(targets, tick) {
    const same = targets.find(({ wave, index }) => this.goal === `${wave}:${index}`);
    const [longest] = targets.filter(({ kind, t1 }) => kind !== 'plant' && t1 - tick > WORTH_TICKS).sort((a, b) => b.t1 - a.t1);
    const target = same ?? longest;
    if (target) this.goal = `${target.wave}:${target.index}`;
    return target ?? null;
  }

  /** @param {string} way */
  #speak(way) {
    this.card.dataset.hand = way;
    this.words.textContent = this.texts.say(`tutor.${way}`);
  }
}
