// @ts-check
/** A frame below 320 by 480 offers more room: full screen where allowed, else a page of its own, else its address. */
import { byId, isSandboxed, make, makeButton } from './dom.js';

/** @typedef {{texts: import('./texts.js').Texts, boot: import('./types.js').Boot}} Hands */

/** The way to more room. @param {Hands} hands */
function wayOut({ texts, boot }) {
  const address = `${boot.public_url}/c/${boot.slug}`;
  if (document.fullscreenEnabled) return makeButton(texts.say('small.full'), () => { void document.documentElement.requestFullscreen().catch(() => undefined); });
  if (isSandboxed()) return make('p', { class: 'note' }, texts.say('small.address', { address: address.replace(/^https?:\/\//, '') }));
  return make('a', { class: 'button', href: address, target: '_blank', rel: 'noopener' }, texts.say('small.window'));
}

/** Fill the card; the style sheet shows it where it is needed. @param {Hands} hands */
export function offerRoom(hands) {
  const anyway = makeButton(hands.texts.say('small.anyway'), () => { document.body.dataset.roomy = ''; }, 'plain');
  byId('small-ways').replaceChildren(wayOut(hands), anyway);
}
