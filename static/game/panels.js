// @ts-check
/** What stands beside the field: what can be won, and who leads. */
import { byId, make } from './dom.js';
import { root } from './root.js';

/** @typedef {import('./types.js').Prize} Prize @typedef {import('./types.js').Standings} Standings @typedef {import('./types.js').Place} Place */
/** @typedef {{texts: import('./texts.js').Texts, boot: import('./types.js').Boot, keep: import('./keep.js').Keep}} Hands */

const SHOWN_PLACES = 10;
const FEW = 10;

/** @param {Prize} prize */
export const isGone = ({ left }) => left === 'none' || left === 0;

/** @param {Prize} prize */
export const isFew = ({ left }) => left === 'few' || (typeof left === 'number' && left > 0 && left <= FEW);

/** What is left of it; of what never runs out, what it is, once the words for it have come. @param {Prize} prize @param {import('./texts.js').Texts} texts */
export function stockOf({ left, kind }, texts) {
  if (typeof left === 'number' && left > 0) return texts.say('prizes.left', { n: left });
  const what = `ways.kind.${kind}`;
  return texts.say(left === 'many' && texts.has(what) ? what : `prizes.left.${left || 'none'}`);
}

export class Panels {
  /** @param {Hands} hands */
  constructor({ texts, boot, keep }) {
    this.texts = texts;
    this.campaign = boot.campaign;
    this.keep = keep;
    this.isFramed = boot.embed;
    this.best = -1; // no round yet: not even the step at 0 is reached
    this.showMore = () => {}; // what is not on the ladder; that comes after the first picture
    this.showPrizes();
    this.#linkMine(boot.embed);
  }

  /** The first step whose prize is still there, where the player sees it before playing; or that all are gone. */
  #tease() {
    const steps = this.#steps();
    const next = steps.find(({ prize }) => !isGone(prize));
    const teaser = byId('teaser');
    teaser.hidden = steps.length === 0;
    teaser.classList.toggle('sold-out', !next);
    teaser.textContent = next ? this.texts.say(next.score > 0 ? 'start.first_prize' : 'start.first_prize.free', { score: next.score, prize: next.prize.name }) : this.texts.say('state.sold_out');
  }

  /** The ladder from its lowest step up, each with its prize. */
  #steps() {
    return [...this.campaign.ladder].sort((a, b) => a.score - b.score).flatMap(({ score, prize_id: id }) => {
      const prize = this.campaign.prizes.find((one) => one.id === id);
      return prize ? [{ score, prize }] : [];
    });
  }

  /** A frame may not be left, and what is mine is shown on a page of its own only. @param {boolean} isFramed */
  #linkMine(isFramed) {
    if (isFramed || window.self !== window.top) return;
    byId('standings').append(make('p', { class: 'mine' }, make('a', { href: `${root}/me` }, this.texts.say('page.me'))));
  }

  /** @param {Prize[]} [news] prizes whose stock has moved */
  showPrizes(news = []) {
    for (const told of news) {
      const known = this.campaign.prizes.find(({ id }) => id === told.id);
      if (known) known.left = told.left;
    }
    const steps = this.#steps();
    byId('ladder').replaceChildren(...steps.map((step, i) => this.#step(step, i)));
    byId('prizes').hidden = this.campaign.prizes.length === 0;
    this.#tease();
    this.showMore();
  }

  /** @param {{score: number, prize: Prize}} step @param {number} i */
  #step({ score, prize }, i) {
    const stock = stockOf(prize, this.texts);
    const reached = this.best >= score;
    return make('li', { class: `${isGone(prize) ? 'gone' : ''} ${reached ? 'won-step' : ''}`, 'data-prize': prize.id },
      make('span', { class: 'badge', 'aria-hidden': 'true' }, reached ? '✓' : String(i + 1)), make('b', {}, prize.name),
      make('small', { class: isFew(prize) && !reached ? 'few' : '' }, `${this.texts.say(score > 0 ? 'prizes.at' : 'prizes.at.free', { score })}\u00a0· `, make('span', {}, reached ? this.texts.say('prizes.reached') : stock)));
  }

  /** @param {number} score a round's, once it is decided */
  reach(score) {
    this.best = Math.max(this.best, score);
    this.showPrizes();
  }

  /** @param {Standings} standings */
  showStandings({ top, me, players }) {
    if (me) {
      this.best = Math.max(this.best, me.score);
      this.me = me;
      this.showPrizes();
    }
    const mine = this.keep.get('alias');
    const rows = top.slice(0, SHOWN_PLACES).map((place) => this.#place(place, place.alias === mine));
    const last = top[Math.min(top.length, SHOWN_PLACES) - 1];
    if (this.me && mine && last && this.me.rank > last.rank) rows.push(this.#place({ ...this.me, alias: mine, round_id: '', provisional: false }, true));
    byId('places').replaceChildren(...rows);
    byId('places-legend').hidden = !top.some(({ provisional }) => provisional);
    byId('places-empty').hidden = rows.length > 0;
    const count = byId('players');
    count.hidden = players === 0;
    count.textContent = this.texts.say(players === 1 ? 'standings.player' : 'standings.players', { n: players });
  }

  /** Every place leads to its round, watchable by anyone. @param {Place} place @param {boolean} isMine */
  #place({ rank, alias, score, provisional, round_id: round }, isMine) {
    const who = round && !this.isFramed ? make('a', { href: `${root}/r/${round}` }, alias) : alias; // a frame may not show a replay
    return make('li', { class: isMine ? 'me' : '' },
      make('span', { class: 'rank' }, this.texts.number(rank)),
      make('span', { class: 'who' }, who, isMine && make('i', {}, this.texts.say('standings.you')), provisional && make('span', { class: 'mark' }, '\u00a0*')),
      make('span', {}, this.texts.number(score)));
  }
}
