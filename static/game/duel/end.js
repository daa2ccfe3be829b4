// @ts-check
/** How a duel ended: who won, by how much, both scores side by side; the next one to be dared is the rival. */
import { make } from '../dom.js';

/** @typedef {import('../types.js').Rival} Rival @typedef {import('../texts.js').Texts} Texts */

/** @param {string} look @param {string} who @param {number} score @param {number} most @param {Texts} texts */
function bar(look, who, score, most, texts) {
  const length = make('i');
  length.style.width = `${most ? (score / most) * 100 : 0}%`;
  return make('li', { class: look }, make('span', {}, who), make('b', {}, texts.number(score)), length);
}

/** @param {HTMLElement} place @param {number} score @param {Rival} rival @param {Texts} texts */
export function showDuel(place, score, { alias, score: theirs }, texts) {
  const lead = score - theirs, ended = lead > 0 ? 'won' : lead < 0 ? 'lost' : 'level', most = Math.max(score, theirs);
  const bars = [bar('own', texts.say('duel.you'), score, most, texts), bar('theirs', alias, theirs, most, texts)];
  place.replaceChildren(make('p', {}, texts.say(`duel.title.${ended}`, { alias, points: Math.abs(lead) })), make('ol', {}, ...bars));
  place.dataset.ended = ended;
  place.hidden = false;
  // the round's own button, not the one that brings friends
  for (const button of place.closest('.result')?.querySelectorAll('.actions .share') ?? []) button.textContent = texts.say('duel.back');
}
