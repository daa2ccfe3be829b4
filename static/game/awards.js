// @ts-check
/** What a round has won: a ticket an award, what its gifts held, and the keepsake for what comes later. */
import { make, makeButton } from './dom.js';
import { root } from './root.js';

/** @typedef {import('./types.js').Outcome} Outcome @typedef {import('./types.js').Award} Award @typedef {import('./outcome.js').Hands} Hands */

/** What no parent is needed for. */
const LIGHT = ['badge', 'download'];

/** Copying may be forbidden in a frame; then what is shown is selected for the player to copy. @param {string} text @param {HTMLElement} shown @param {HTMLElement} button @param {Hands} hands */
async function copy(text, shown, button, { texts }) {
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = texts.say('prize.copied');
  } catch {
    getSelection()?.selectAllChildren(shown);
  }
}

/** @param {Award} award @param {Hands} hands */
const kindOf = ({ prize }, { boot }) => boot.campaign.prizes.find(({ id }) => id === prize.id)?.kind ?? '';

/** Every award, and whom to ask for help. @param {Award[]} awards @param {Hands} hands */
export function tickets(awards, hands) {
  const needsParent = awards.some((award) => !LIGHT.includes(kindOf(award, hands)));
  return [
    ...(awards.length ? [make('div', { class: awards.length > 1 ? 'wins several' : 'wins' }, ...awards.map((award) => ticket(award, hands)))] : []),
    ...(needsParent ? [make('p', { class: 'parent' }, hands.texts.say('prize.parent'))] : []),
  ];
}

/** @param {Award} award @param {Hands} hands */
function ticket(award, hands) {
  const { texts, boot, isFramed } = hands;
  const address = `${boot.public_url}/claim`, kind = kindOf(award, hands), won = `won.${award.way}`;
  const code = make('span', { class: 'code' }, award.claim_code);
  const button = makeButton(texts.say('prize.copy'), () => { void copy(award.claim_code, code, button, hands); }, 'plain');
  return make('div', { class: 'won' },
    make('p', { class: 'eyebrow' }, texts.say(texts.has(won) ? won : 'prize.yours')), make('h2', {}, award.prize.name),
    make('p', { class: 'coupon', 'aria-label': texts.say('prize.code') }, code, button),
    make('small', {}, texts.say('prize.before', { date: texts.date(award.claim_before) })),
    isFramed ? make('small', {}, texts.say('prize.where', { address: address.replace(/^https?:\/\//, '') }))
      : make('a', { class: 'button small', href: `${root}/claim/${encodeURIComponent(award.claim_code)}` }, texts.say(LIGHT.includes(kind) ? `prize.get.${kind}` : 'prize.claim')));
}

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
  const { texts, boot: { campaign }, isFramed } = hands;
  const awaited = [campaign.places && 'standings', campaign.draw && 'draw', campaign.boss_life?.steps.some(({ prize_id: id, open }) => id && !open) && 'community'];
  const address = make('small', { class: 'address' }, keepsake.url.replace(/^https?:\/\//, ''));
  const button = makeButton(texts.say('keepsake.copy'), () => { void copy(keepsake.url, address, button, hands); }, 'small plain');
  return [make('section', { class: 'keepsake' }, make('h2', {}, texts.say('keepsake.title')),
    make('p', {}, [...awaited.filter(Boolean).map((way) => texts.say(`keepsake.${way}`)), texts.say('keepsake.keep')].join(' ')),
    address,
    make('div', { class: 'both' }, !isFramed && make('a', { class: 'button small plain', href: new URL(keepsake.url).pathname }, texts.say('keepsake.open')), button))];
}
