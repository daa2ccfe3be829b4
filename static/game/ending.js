// @ts-check
/** What follows a round, or stands in the way of one: the card over the scene, and what the panels learn by it. */
import { showCalmResult } from './calm.js';
import { byId, make, show } from './dom.js';
import { showOutcome } from './outcome.js';
import { showTogether } from './together.js';
import { showProblem } from './trouble.js';

/** @typedef {import('./types.js').Outcome} Outcome @typedef {import('./game.js').Parts} Parts */
/** @typedef {{start: () => void, startCalm: () => void, isLive: () => boolean}} Ways and whether standings and stock come by themselves */

/** Whether a person has still to look before all is said. @param {Outcome} outcome */
const isWaiting = ({ verdict, kept_back: keptBack }) => verdict === 'held' || keptBack > 0;

export class Ending {
  /** @param {Parts} parts @param {Ways} ways */
  constructor(parts, ways) {
    this.parts = parts;
    this.ways = ways;
  }

  /** @param {unknown} problem */
  fail(problem) { showProblem(problem, { ...this.parts, panels: this.parts.panels(), practise: this.ways.startCalm }, this.ways.start); }

  /** @param {import('./calm.js').Result} result */
  calm(result) {
    showCalmResult(result, this.parts.texts, { ranked: this.ways.start, again: this.ways.startCalm });
    this.#settle();
  }

  /** One that waits for a person is asked for again at the next visit. @param {Outcome} outcome @param {string} id the round's @param {boolean} [isCutShort] */
  tell(outcome, id, isCutShort = false) {
    const { boot, keep, panels, texts, view } = this.parts;
    if (isWaiting(outcome)) keep.set('waiting', id);
    else if (keep.get('waiting') === id) keep.forget('waiting');
    show('over');
    if (outcome.awards.length) view.celebrate(performance.now() / 1000);
    showOutcome(outcome, { ...this.parts, id, isFramed: boot.embed || window.self !== window.top, again: this.ways.start });
    if (isCutShort) byId('result').querySelector('h1')?.after(make('p', { class: 'note' }, texts.say('pause.over')));
    dispatchEvent(new CustomEvent('popshot:ended', { detail: outcome })); // framed.js tells the page around
    if (outcome.verdict === 'accepted') panels().reach(outcome.score);
    this.#refresh();
    this.#settle();
  }

  /** Who has played may want to come back: what that needs is fetched now, and was not before. */
  #settle() { void import('./app.js').then(({ settle }) => settle(this.parts), () => undefined); }

  /** How a round that had to wait, or was left open, stands by now; nothing while it still waits. @param {Outcome} outcome @param {string} id @param {boolean} wasLeft */
  tellLater(outcome, id, wasLeft) { if (wasLeft || !isWaiting(outcome)) this.tell(outcome, id); }

  /** What a round may have changed, for those without the live line; one's own place is only told here. */
  #refresh() {
    const { api, boot, panels } = this.parts;
    void api.standings(boot.slug).then((standings) => panels().showStandings(standings), () => undefined);
    if (this.ways.isLive()) return;
    void api.campaign(boot.slug).then(({ prizes, boss_life: life }) => {
      showTogether(this.parts, life);
      panels().showPrizes(prizes);
    }, () => undefined);
  }
}
