// @ts-check
/** The boss's shared life: how often all of us have hit him, and what opens next, on the start card. */
import { byId, make } from './dom.js';

/** @typedef {import('./types.js').BossLife} BossLife @typedef {import('./types.js').Campaign} Campaign */
/** @typedef {{texts: import('./texts.js').Texts, boot: import('./types.js').Boot}} Parts */

/** Show the life as it stands; a campaign without one shows none. @param {Parts} parts @param {BossLife} [news] */
export function showTogether({ texts, boot }, news) {
  const { campaign } = boot;
  const life = campaign.boss_life = news ?? campaign.boss_life;
  if (!life) return;
  const hits = life.life - life.left, card = lifeCard();
  card.count.textContent = texts.say(hits > 1 ? 'together.hits' : 'together.few', { n: hits });
  card.fill.style.width = `${(hits / life.life) * 100}%`;
  card.marks.replaceChildren(...life.steps.map(({ at, open }) => markAt(at / life.life, open)));
  card.next.textContent = whatNext(life, hits, campaign, texts);
}

/** @returns {{count: HTMLElement, fill: HTMLElement, marks: HTMLElement, next: HTMLElement}} */
function lifeCard() {
  if (!document.getElementById('life')) {
    byId('start').classList.add('shared');
    byId('teaser').before(make('div', { class: 'life', id: 'life' }, make('p', { id: 'life-count' }),
      make('div', { class: 'life-bar', 'aria-hidden': 'true' }, make('b', { id: 'life-fill' }), make('span', { id: 'life-marks' })),
      make('small', { id: 'life-next' })));
  }
  return { count: madePart('life-count'), fill: madePart('life-fill'), marks: madePart('life-marks'), next: madePart('life-next') };
}

/** A part of the card, which is made here and not by the page. @param {string} id */
const madePart = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** @param {number} share of the whole life @param {boolean} isOpen */
function markAt(share, isOpen) {
  const mark = make('i', { class: isOpen ? 'open' : '' });
  mark.style.left = `${Math.min(1, share) * 100}%`;
  return mark;
}

/** @param {BossLife} life @param {number} hits @param {Campaign} campaign @param {import('./texts.js').Texts} texts */
function whatNext({ left, steps }, hits, { prizes }, texts) {
  const step = steps.find(({ open }) => !open);
  if (!step) return texts.say(left ? 'together.open' : 'together.done');
  const prize = prizes.find(({ id }) => id === (step.prize_id ?? step.releases))?.name ?? '';
  return texts.say(step.releases ? 'together.more' : 'together.next', { n: step.at - hits, prize });
}
