// @ts-check
/** Handing an address on: by the device's own sheet, else copied, else shown selected, to be copied by hand. */
import { make } from './dom.js';

/** @typedef {{title: string, text: string, url: string}} Link @typedef {'shared' | 'dismissed' | 'copied' | 'by_hand'} Way */

const TOLD_MS = 4000;

/**
 * Must run inside a click: a browser opens its sheet, and lets a page copy, for nothing less.
 * @param {Link} link @param {Pick<Navigator, 'share' | 'clipboard'>} [device]
 * @returns {Promise<Way>} how it went
 */
export async function share(link, device = navigator) {
  try {
    const sheet = device.share?.(link);
    if (sheet) {
      await sheet;
      return 'shared';
    }
  } catch (refusal) {
    if (refusal instanceof Error && refusal.name === 'AbortError') return 'dismissed'; // the player thought better of it
  } // a frame may not: then the address is copied
  try {
    await device.clipboard.writeText(link.url);
    return 'copied';
  } catch {
    return 'by_hand';
  }
}

/**
 * A button that shares a link and says how it went.
 * @param {import('./texts.js').Texts} texts @param {Link} link @param {string} [look] the button's classes
 */
export function makeShareButton(texts, link, look = 'button small plain') {
  const told = make('span', { class: 'told', role: 'status' });
  const button = make('button', { type: 'button', class: look, async onclick() {
    const way = await share(link);
    if (way === 'copied') tellCopied(button, told, texts);
    if (way === 'by_hand') tellByHand(told, texts, link.url);
  } }, texts.say('share.share'));
  return make('span', { class: 'sharing' }, button, told);
}

/** On the button for the eye, beside it for the ear. @param {HTMLElement} button @param {HTMLElement} told @param {import('./texts.js').Texts} texts */
function tellCopied(button, told, texts) {
  button.textContent = texts.say('share.copied');
  told.replaceChildren(make('span', { class: 'hidden' }, texts.say('share.copied')));
  setTimeout(() => {
    button.textContent = texts.say('share.share');
    told.replaceChildren();
  }, TOLD_MS);
}

/** @param {HTMLElement} told @param {import('./texts.js').Texts} texts @param {string} url */
function tellByHand(told, texts, url) {
  const address = make('input', { class: 'field', readonly: true, value: url, 'aria-label': texts.say('share.by_hand') });
  told.replaceChildren(make('b', {}, texts.say('share.by_hand')), address);
  address.focus();
  address.select();
}
