// @ts-check
/** A dare (`?beat=` with a round's id): whom to beat is told by the server; what goes with it is fetched for it alone. */
import { make } from './dom.js';
import { fetchDressed } from './share.js';

/** @typedef {import('./types.js').Rival} Rival */
/** @typedef {{boot: import('./types.js').Boot, texts: import('./texts.js').Texts, api: import('./api.js').Api}} Hands */

/** @param {Hands} hands */
const fetchDuel = (hands) => fetchDressed(hands, () => import('./duel.js'));

/** The rival's ghost goes along from now on, where there is one. @param {Hands} hands @param {import('./game.js').Game['beside']} beside */
export async function meetRival(hands, beside) {
  if (!hands.boot.rival) return;
  const { callGhost } = await fetchDuel(hands);
  const ghost = await callGhost(hands.boot.rival, hands);
  if (ghost) beside.push(ghost);
}

/** How the duel ended, in a place that shows as soon as the words for it are there. @param {number} score @param {Hands} hands */
export function tellDuel(score, hands) {
  const place = make('section', { class: 'duel', hidden: true }), { rival } = hands.boot;
  if (rival) void fetchDuel(hands).then(({ showDuel }) => showDuel(place, score, rival, hands.texts));
  return place;
}
