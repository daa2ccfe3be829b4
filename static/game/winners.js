// @ts-check
/** Who won, once a campaign is over: the top three on their steps; the whole list stands in its panel. */
import { make } from './dom.js';

/** @typedef {{texts: import('./texts.js').Texts, boot: import('./types.js').Boot, api: import('./api.js').Api, keep: import('./keep.js').Keep}} Hands */

const STEPS = 3;

/** The podium, filled when the standings have come. @param {Hands} hands @param {AbortSignal} until */
export function winners({ texts, boot, api, keep }, until) {
  const podium = make('ol', { class: 'podium', 'aria-label': texts.say('state.closed.winners'), hidden: true });
  const empty = make('p', { class: 'lead', hidden: true }, texts.say('state.closed.none'));
  void api.standings(boot.slug).then(({ top }) => {
    if (until.aborted) return;
    podium.replaceChildren(...top.slice(0, STEPS).map((place) => step(place, place.alias === keep.get('alias'), texts)));
    podium.hidden = top.length === 0;
    empty.hidden = top.length > 0;
  }, () => undefined); // without a line the card says enough
  return make('div', { class: 'winners' }, podium, empty);
}

/** @param {import('./types.js').Place} place @param {boolean} isMine @param {import('./texts.js').Texts} texts */
const step = ({ rank, alias, score }, isMine, texts) => make('li', { class: isMine ? 'me' : '' },
  make('b', {}, alias), make('span', {}, texts.say('state.points', { score })), make('i', { 'aria-hidden': 'true' }, String(rank)));
