// @ts-check
/** Bringing friends: the link that earns a round more, and word that one was earned. Fetched where a campaign gives any. */
import { byId, fetchStyle, make } from './dom.js';
import { insist } from './line.js';
import { makeShareButton } from './share.js';

/** @typedef {import('./share.js').Hands} Hands */
/** @typedef {{friend: string, url: string, qr: string, earned: number, may_earn: number, may_earn_today: number, bonus_rounds: number}} Friends */

/** Their words and their style. @param {Hands} hands @param {string} slug */
const fetchWords = ({ texts, api }, slug) => insist(async () => {
  const [words] = await Promise.all([api.words(slug, 'friends'), fetchStyle('friends')]);
  texts.learn(words);
});

/** Offer the link in a place of the result; it shows once all is there. @param {HTMLElement} place @param {Hands} hands @param {string} slug */
export async function inviteFriends(place, hands, slug) {
  const { texts, api } = hands;
  const [mine] = await Promise.all([/** @type {Promise<Friends>} */ (api.call(`/campaigns/${slug}/friends`, { method: 'POST', body: {} })), fetchWords(hands, slug)]);
  const link = { title: hands.boot.campaign?.title ?? 'Popshot', text: texts.say('friends.shared'), url: mine.url };
  place.replaceChildren(
    make('h2', {}, texts.say('friends.title')),
    make('p', {}, texts.say(mine.may_earn ? mine.may_earn_today ? 'friends.text' : 'friends.tomorrow' : 'friends.all', { n: mine.may_earn })),
    mine.may_earn > 0 ? makeShareButton([{ kind: 'friend', link, qr: mine.qr }], hands, 'button small') : '');
  place.hidden = false;
}

/** On the start card: how many rounds more there are. @param {number} n @param {Hands} hands @param {string} slug */
export async function tellBonus(n, hands, slug) {
  await fetchWords(hands, slug);
  document.querySelector('.bonus')?.remove();
  byId('play').before(make('p', { class: 'teaser bonus' }, hands.texts.say('friends.bonus', { n })));
}
