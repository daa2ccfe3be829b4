// @ts-check
/** What can be won by other ways than the ladder, below it: in the gifts, by a place, in the draw, together. */
import { byId, make } from './dom.js';
import { isFew, isGone, stockOf } from './panels.js';
import { hangPictures } from './prize_pictures.js';
import { root } from './root.js';

/** @typedef {import('./types.js').Prize} Prize @typedef {import('./texts.js').Texts} Texts @typedef {import('./types.js').Campaign} Campaign */
/** @typedef {{sign: string, prize: Prize, how: string, at?: string, isOpen?: boolean, isPromised?: boolean}} Chance `at` is the page that tells more; one that is promised goes out at the end, and is not scarce before */

/** @param {{texts: Texts, boot: import('./types.js').Boot}} parts */
export function showChances({ texts, boot: { campaign } }) {
  const chances = [...byGift(campaign, texts), ...together(campaign, texts), ...byPlace(campaign, texts), ...byDraw(campaign, texts)];
  const list = document.getElementById('chances') ?? byId('ladder').parentElement?.appendChild(make('ul', { class: 'ladder', id: 'chances' }));
  list?.replaceChildren(...chances.map((chance) => row(chance, texts)), ...odds(campaign, texts));
  hangPictures(campaign);
}

/** @param {Chance} chance @param {Texts} texts */
function row({ sign, prize, how, at, isOpen, isPromised }, texts) {
  const isScarce = !isPromised && isFew(prize);
  const stock = isOpen ? texts.say('ways.open') : isPromised && !isGone(prize) ? '' : stockOf(prize, texts);
  return make('li', { class: `${isGone(prize) ? 'gone' : ''} ${isOpen ? 'won-step' : ''}`, 'data-prize': prize.id },
    make('span', { class: 'badge', 'aria-hidden': 'true' }, sign), make('b', {}, prize.name),
    make('small', { class: isScarce ? 'few' : '' }, at ? make('a', { href: root + at, ...(self !== top && { target: '_blank', rel: 'noopener' }) }, how) : how, stock && '\u00a0· ', stock && make('span', {}, stock)));
}

/** @param {Campaign} campaign @param {string} way */
const wonBy = ({ prizes }, way) => prizes.filter(({ ways }) => ways?.includes(way));

/** @param {Campaign} campaign @param {Texts} texts @returns {Chance[]} */
const byGift = (campaign, texts) => wonBy(campaign, 'instant_win').map((prize) => ({ sign: '✦', prize, how: texts.say('ways.gift') }));

/** @param {Campaign} campaign @param {Texts} texts @returns {Chance[]} */
const byDraw = (campaign, texts) => wonBy(campaign, 'draw').map((prize) => ({ sign: '№', prize, how: texts.say('ways.draw'), at: campaign.draw ? `/c/${campaign.slug}/draw` : undefined, isPromised: true }));

/** @param {Campaign} campaign @param {Texts} texts @returns {Chance[]} */
function byPlace(campaign, texts) {
  return wonBy(campaign, 'standings').map((prize) => {
    const places = Array.isArray(campaign.places) ? campaign.places.filter(({ prize_id: id }) => id === prize.id) : [];
    return { sign: '★', prize, how: places.map((place) => sayPlaces(place, texts)).join(', ') || texts.say('ways.standings'), isPromised: true };
  });
}

/** @param {{from: number, to: number}} places @param {Texts} texts */
const sayPlaces = ({ from, to }, texts) => (from === to ? texts.say('ways.place', { place: from }) : texts.say('ways.places', { from, to }));

/** @param {Campaign} campaign @param {Texts} texts @returns {Chance[]} */
function together({ boss_life: life, prizes }, texts) {
  return (life?.steps ?? []).flatMap(({ at, open, prize_id: id }) => {
    const prize = prizes.find((one) => one.id === id);
    return prize ? [{ sign: '♥', prize, how: texts.say('ways.community', { hits: at }), isOpen: open }] : [];
  });
}

/** How many gifts get a chance. @param {Campaign} campaign @param {Texts} texts */
function odds({ instant_win: plan }, texts) {
  return plan && plan.one_in > 1 ? [make('li', { class: 'odds' }, texts.say('ways.gift.odds', { n: plan.one_in }))] : [];
}
