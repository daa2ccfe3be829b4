// @ts-check
/** A dare: somebody's round to beat, brought along in the address (`?beat=` with the round's id). */
import { byId, make } from './dom.js';

/** @typedef {{alias: string, score: number}} Rival */
/** @typedef {{boot: import('./types.js').Boot, texts: import('./texts.js').Texts, api: import('./api.js').Api}} Parts */

/** Look up who is to be beaten, and say it on the start card. A round of another campaign, or none, dares nobody. @param {Parts} parts */
export async function meetRival({ boot, texts, api }) {
  const id = new URLSearchParams(location.search).get('beat');
  if (!id) return;
  keepDaring(id);
  const round = await api.call(`/rounds/${encodeURIComponent(id)}/replay`).catch(() => null);
  if (round?.campaign !== boot.slug) return;
  boot.rival = { alias: round.alias ?? texts.say('replay.somebody'), score: round.score };
  byId('play').before(make('p', { class: 'teaser dare' }, texts.say('beat.dare', boot.rival)));
}

/** The dare goes along into another language. @param {string} id */
function keepDaring(id) {
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll('a[hreflang]'))) {
    const address = new URL(link.href);
    address.searchParams.set('beat', id);
    link.href = address.href;
  }
}

/** Whether a score beats the rival; null when there is none. @param {number} score @param {Pick<Parts, 'boot' | 'texts'>} parts */
export function tellRival(score, { boot: { rival }, texts }) {
  if (!rival) return null;
  const won = score > rival.score, level = score === rival.score;
  const text = won ? texts.say('beat.won', rival) : level ? texts.say('beat.level', rival) : texts.say('beat.lost', { ...rival, points: rival.score - score });
  return make('p', { class: `note dare ${won ? 'won-dare' : ''}` }, text);
}
