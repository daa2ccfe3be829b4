// @ts-check
/** The menu of a link: what to hand on, its address, where it can be sent, and a picture for whoever sits beside. */
import { copyText } from '../copy.js';
import { isSandboxed, make } from '../dom.js';
import { MARKS, WAYS } from './ways.js';

/** @typedef {import('../share.js').Offer} Offer @typedef {import('../texts.js').Texts} Texts */

const TOLD_MS = 4000;
const SVG = 'http://www.w3.org/2000/svg';

/** @param {string} path */
function mark(path) {
  const svg = document.createElementNS(SVG, 'svg'), shape = document.createElementNS(SVG, 'path');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  shape.setAttribute('d', path);
  svg.append(shape);
  return svg;
}

/** The address to read, and a button that copies it; where that may not be, it is marked to be copied by hand. @param {Texts} texts */
function addressLine(texts) {
  const told = make('p', { class: 'fine', role: 'status' });
  const field = make('textarea', { class: 'field', readonly: true, rows: '2', 'aria-label': texts.say('sharing.address') });
  const copy = make('button', { type: 'button', class: 'button small', async onclick() {
    if (await copyText(field.value)) {
      copy.textContent = told.textContent = texts.say('sharing.copied');
      setTimeout(() => { copy.textContent = texts.say('sharing.copy'); }, TOLD_MS);
      return;
    }
    told.textContent = texts.say('sharing.by_hand');
    field.focus();
    field.select();
  } }, texts.say('sharing.copy'));
  return { field, line: make('div', { class: 'sharing-address' }, field, copy, told) };
}

/** Every way to send it. @param {import('../share.js').Link} link @param {Texts} texts */
const waysFor = (link, texts) => WAYS.map(({ id, name, to }) => {
  const said = name.startsWith('sharing.') ? texts.say(name) : name, address = to(link), isPage = address.startsWith('https:');
  return make('li', {}, make('a', { class: id, href: address, rel: 'noopener noreferrer', ...(isPage && { target: '_blank' }) },
    mark(MARKS[id]), make('span', {}, said), isPage && make('span', { class: 'hidden' }, `(${texts.say('sharing.new_tab')})`)));
});

/** The choice between what can be handed on; nothing where there is none. @param {Offer[]} offers @param {(offer: Offer) => void} choose @param {Texts} texts */
function choices(offers, choose, texts) {
  if (offers.length < 2) return null;
  return make('fieldset', { class: 'wish' }, make('legend', { class: 'hidden' }, texts.say('sharing.kind')), make('div', { class: 'choices' },
    ...offers.map((offer, i) => make('label', {}, make('input', { type: 'radio', name: 'offer', checked: i === 0, onchange: () => choose(offer) }), make('span', {}, texts.say(`sharing.${offer.kind}`))))));
}

/** @param {HTMLDialogElement} dialog @param {Texts} texts */
function heading(dialog, texts) {
  const close = make('button', { type: 'button', class: 'round', 'aria-label': texts.say('sharing.close'), onclick: () => dialog.close() }, mark('M6 6l12 12M18 6L6 18'));
  return make('header', {}, make('h2', { id: 'sharing-title' }, texts.say('sharing.title')), close);
}

/**
 * Show what can be handed on, the first one first. In a frame that may open nothing there is only what can be read.
 * @param {Offer[]} offers @param {Texts} texts
 */
export function openMenu(offers, texts) {
  if (document.querySelector('dialog.sharing')) return; // pressed twice while this was fetched
  const dialog = make('dialog', { class: 'card settings sharing', 'aria-labelledby': 'sharing-title', onclose: () => dialog.remove(),
    onclick: ({ target }) => { if (target === dialog) dialog.close(); } }); // beside it
  const { field, line } = addressLine(texts);
  const ways = make('ul', { class: 'sharing-ways', 'aria-label': texts.say('sharing.by') });
  const picture = make('img', { class: 'qr', alt: '', width: '148', height: '148' });
  const choose = (/** @type {Offer} */ { link, qr }) => {
    field.value = link.url;
    picture.src = qr;
    if (!isSandboxed()) ways.replaceChildren(...waysFor(link, texts));
  };
  choose(offers[0]);
  dialog.append(heading(dialog, texts), make('div', { class: 'sharing-body' }, choices(offers, choose, texts), line, !isSandboxed() && ways,
    make('figure', {}, picture, make('figcaption', {}, texts.say('sharing.qr')))));
  document.body.append(dialog);
  dialog.showModal();
}
