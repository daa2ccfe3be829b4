// @ts-check
/** A keepsake on its page: it waits, it has won, or it has not. */
import { makeCopyButton } from './copy_button.js';
import { make } from './dom.js';
import { root } from './root.js';

/** @typedef {{way: string, state: string, prize: {name: string}, claim_code: string, claim_before: string}} Won */
/** @typedef {{state: string, won: Won[], campaign: {slug: string, title: string}, closes_at: string, is_closed: boolean, ways: string[]}} Keepsake */

/** @param {Won} won @param {import('./texts.js').Texts} texts */
const prize = (won, texts) => make('section', { class: 'won' }, make('p', { class: 'eyebrow' }, texts.say(`won.${won.way}`)), make('h2', {}, won.prize.name),
  make('a', { class: 'button small', href: `${root}/claim/${encodeURIComponent(won.claim_code)}` }, texts.say(won.state === 'open' ? 'prize.claim' : 'ticket.again')));

/**
 * @param {HTMLElement} place @param {Keepsake} keepsake
 * @param {{ticket: string, texts: import('./texts.js').Texts, boot: {public_url: string}}} hands
 */
export function showKeepsake(place, keepsake, { ticket, texts, boot }) {
  const { state, won, campaign, is_closed: isClosed } = keepsake;
  const own = `${root}/claim/${encodeURIComponent(ticket)}`;
  const text = state === 'waiting' && isClosed ? 'ticket.waiting.closed' : `ticket.${state}`;
  const copy = makeCopyButton(texts, { label: 'keepsake.copy', text: `${boot.public_url}/claim/${ticket}` });
  const waiting = state !== 'waiting' ? [] : [
    make('img', { class: 'qr', src: `${own}/qr.svg`, alt: texts.say('ticket.qr'), width: '168', height: '168' }),
    make('p', { class: 'actions' }, !isClosed && make('a', { class: 'button', href: `${own}/calendar.ics` }, texts.say('ticket.calendar')), copy)];
  const draw = keepsake.ways.includes('draw') && isClosed ? [make('a', { class: 'button plain', href: `${root}/c/${campaign.slug}/draw` }, texts.say('ticket.see_draw'))] : [];
  place.replaceChildren(make('p', { class: 'eyebrow' }, campaign.title), make('h1', {}, texts.say(`ticket.title.${state}`)),
    make('p', { class: 'lead' }, texts.say(text, { date: texts.moment(keepsake.closes_at) })), ...won.map((one) => prize(one, texts)), ...waiting,
    make('p', { class: 'actions' }, ...draw, make('a', { class: 'button plain', href: `${root}/c/${campaign.slug}` }, texts.say('ticket.back'))));
  place.hidden = false;
  place.focus();
}
