// @ts-check
/** What follows a practice: its score, that it wins nothing, and the way to the real game. */
import { showPlainResult } from '../calm.js';
import { make, makeButton, show } from '../dom.js';
import { makeWay } from './way.js';

/** @typedef {import('../game.js').Parts & {boot: {practice: import('./way.js').Practice}}} Parts */

/** Stands where the game has its `Ending`. */
export class PracticeEnding {
  /** @param {Parts} parts @param {import('../ending.js').Ways} ways */
  constructor(parts, ways) {
    this.parts = parts;
    this.ways = ways;
  }

  /** @param {import('../types.js').Outcome} outcome */
  tell({ score, hits, best_combo: bestCombo }) {
    show('over');
    this.#show({ score, hits, bestCombo }, this.ways.start);
  }

  /** @param {import('../calm.js').Result} result */
  calm(result) { this.#show(result, this.ways.startCalm); }

  /** @param {unknown} problem a fault of ours: there is nobody to refuse anything */
  fail(problem) {
    console.error(problem);
    show('start');
  }

  /** @param {import('../calm.js').Result} result @param {() => void} again */
  #show(result, again) {
    const { texts, boot: { practice } } = this.parts;
    showPlainResult(result, texts, 'practice', makeWay(texts, practice), makeButton(texts.say('start.again'), again, 'plain'),
      !practice.isOffline && make('small', { class: 'address' }, practice.address.replace(/^https?:\/\/|[?#].*$/g, '')));
  }
}
