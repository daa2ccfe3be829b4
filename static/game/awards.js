// @ts-check
/** What a round has won: a ticket an award, what its gifts held, and the keepsake for what comes later. */
import { makeCopyButton } from './copy_button.js';
import { make } from './dom.js';
import { isFleeting } from './fleeting.js';
import { pictureOf } from './prize_pictures.js';
import { root } from './root.js';

/** @typedef {import('./types.js').Outcome} Outcome @typedef {import('./types.js').Award} Award @typedef {import('./outcome.js').Hands} Hands */

/** What no parent is needed for. */
const LIGHT = ['badge', 'download'];

/** @param {Award} award @param {Hands} hands */
const prizeOf = ({ prize }, { boot }) => boot.campaign.prizes.find(({ id }) => id === prize.id);
/** @param {Award} award @param {Hands} hands */
const kindOf = (award, hands) => prizeOf(award, hands)?.kind ?? '';

/** Every award, and whom to ask for help. @param {Award[]} awards @param {Hands} hands */
export function tickets(awards, hands) {
  const needsParent = awards.some((award) => !LIGHT.includes(kindOf(award, hands)));
  return [
    ...(awards.length ? [make('div', { class: awards.length > 1 ? 'wins several' : 'wins' }, ...awards.map((award) => ticket(award, awards.length === 1, hands)))] : []),
    ...(awards.length ? [appNote(hands)] : []),
    ...(needsParent ? [make('p', { class: 'parent' }, hands.texts.say('prize.parent'))] : []),
  ];
}

/** In a browser inside an app: that it forgets. @param {Hands} hands */
function appNote({ texts }) {
  const note = make('p', { class: 'parent', hidden: true });
  void import('./in_app.js').then(({ hostOf }) => {
    if (!hostOf(navigator.userAgent)) return;
    note.textContent = texts.say('prize.in_app');
    note.hidden = false;
  }, () => undefined);
  return note;
}

/** @param {Award} award @param {boolean} isAlone @param {Hands} hands */
function ticket(award, isAlone, hands) {
  const { texts } = hands, { claim_code: text } = award;
  const kind = kindOf(award, hands), won = `won.${award.way}`, picture = prizeOf(award, hands)?.picture;
  const shown = make('span', { class: 'code' }, text);
  return make('div', { class: 'won' }, picture && pictureOf(picture, 96),
    make('p', { class: 'eyebrow' }, texts.say(texts.has(won) ? won : 'prize.yours')), make('h2', {}, award.prize.name),
    make('p', { class: 'coupon', 'aria-label': texts.say('prize.code') }, shown, makeCopyButton(texts, { label: 'prize.copy', text, shown })),
    make('small', {}, texts.say('prize.before', { date: texts.date(award.claim_before) })),
    wayTo(text, LIGHT.includes(kind) ? `prize.get.${kind}` : 'prize.claim', hands, isAlone));
}

/** To the page of a code; out of a frame, or of a page that keeps nothing, it takes more. @param {string} code @param {string} label its text's key @param {Hands} hands @param {boolean} [isAlone] whether nothing else was won */
function wayTo(code, label, hands, isAlone = false) {
  const { texts, boot, isFramed } = hands, href = `${root}/claim/${encodeURIComponent(code)}`;
  if (!isFramed && !isFleeting()) return make('a', { class: 'button small', href }, texts.say(label));
  const place = make('div', { class: 'way-out' }, make('small', {}, texts.say('prize.where', { address: shortOf(`${boot.public_url}/claim`) })));
  void import('./way_out.js').then(({ openWays }) => openWays(place, { code, href, label, isAlone }, hands)).catch(() => undefined); // then that sentence will do
  return place;
}

/** An address as people type it. @param {string} url */
const shortOf = (url) => url.replace(/^https?:\/\//, '');

/** That gifts were opened and held nothing. @param {Outcome} outcome @param {Hands} hands */
export function giftNote({ gifts }, { texts }) {
  if (!gifts?.opened || gifts.won) return [];
  return [make('p', { class: 'note gifts' }, gifts.opened > 1 ? texts.say('gifts.empties', { n: gifts.opened }) : texts.say('gifts.empty'))];
}

/** That the hits count for everybody. @param {Outcome} outcome @param {Hands} hands */
export function togetherNote({ hits, verdict }, { texts, boot }) {
  const counts = boot.campaign.boss_life && verdict === 'accepted' && hits > 1;
  return counts ? [make('p', { class: 'note together' }, texts.say('together.yours', { n: hits }))] : [];
}

/** The ticket that tells later what else was won. @param {Outcome} outcome @param {Hands} hands */
export function keepsakeBox({ keepsake }, hands) {
  if (!keepsake) return [];
  const { texts, boot: { campaign } } = hands;
  const awaited = [campaign.places && 'standings', campaign.draw && 'draw', campaign.boss_life?.steps.some(({ prize_id: id, open }) => id && !open) && 'community'];
  const address = make('small', { class: 'address' }, shortOf(keepsake.url));
  const button = makeCopyButton(texts, { label: 'keepsake.copy', text: keepsake.url, shown: address, look: 'small plain' });
  return [make('section', { class: 'keepsake' }, make('h2', {}, texts.say('keepsake.title')),
    make('p', {}, [...awaited.filter(Boolean).map((way) => texts.say(`keepsake.${way}`)), texts.say('keepsake.keep')].join(' ')),
    address,
    make('div', { class: 'both' }, wayTo(keepsake.ticket, 'keepsake.open', hands), button))];
}
