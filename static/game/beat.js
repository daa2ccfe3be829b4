// @ts-check
/** A dare: somebody's round to beat, brought along in the address (`?beat=` with the round's id). */
import { byId, make } from './dom.js';

/** @typedef {{alias: string, score: number}} Rival */
/** @typedef {{boot: import('./types.js').Boot, texts: import('./texts.js').Texts, api: import('./api.js').Api}} Parts */

/** Look up who is to be beaten, and say it on the start card. A round of another campaign, or none, dares nobody. @param {Parts} parts */
export function meetRival({ boot, texts, api }) {
  const id = new URLSearchParams(location.search).get('beat');
  if (!id) return;
  keepDaring(id);
  boot.rival = api.call(`/rounds/${encodeURIComponent(id)}/replay`).then(
    ({ campaign, alias, score }) => (campaign === boot.slug ? { alias: alias ?? texts.say('replay.somebody'), score } : null), () => null);
  void boot.rival.then((rival) => {
    if (rival) byId('play').before(make('p', { class: 'teaser dare' }, texts.say('beat.dare', rival)));
  });
}

/** The dare goes along into another language. @param {string} id */
function keepDaring(id) {
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll('a[hreflang]'))) {
    const address = new URL(link.href);
    address.searchParams.set('beat', id);
    link.href = address.href;
  }
}

/** @param {number} score @param {Rival} rival @param {import('./texts.js').Texts} texts */
function settled(score, rival, texts) {
  if (score > rival.score) return texts.say('beat.won', rival);
  return score === rival.score ? texts.say('beat.level', rival) : texts.say('beat.lost', { ...rival, points: rival.score - score });
}

/** Whether a score beats the rival: a line that shows once it is known who that is. @param {number} score @param {Pick<Parts, 'boot' | 'texts'>} parts */
export function tellRival(score, { boot, texts }) {
  const line = make('p', { class: 'note dare', hidden: true });
  void boot.rival?.then((rival) => {
    if (!rival) return;
    line.textContent = settled(score, rival, texts);
    line.classList.toggle('won-dare', score > rival.score);
    line.hidden = false;
  });
  return line;
}
