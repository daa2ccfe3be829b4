// @ts-check
/**
 * Out of a frame with what was won: the claim on a page of its own where one may be opened, else on another device by
 * code, short address and QR. No browser tells a frame beforehand whether it may open anything: one without an origin
 * is taken for one that may not, any other finds out at the press.
 */
import { byId, fetchStyle, isSandboxed, make, makeButton } from './dom.js';

/** @typedef {import('./outcome.js').Hands} Hands */
/** @typedef {{code: string, href: string, label: string, isAlone: boolean}} Way `label` is the key of what the link says */

/** @type {Promise<unknown> | null} */ let style = null;

/** Offer them; where there is but one way and one thing won, it shows unasked. @param {HTMLElement} place filled in place of what it holds @param {Way} way @param {Hands} hands */
export async function openWays(place, way, hands) {
  const { texts, api, boot } = hands;
  style ??= fetchStyle('frame');
  const [words] = await Promise.all([api.words(boot.slug, 'keep'), style]);
  texts.learn(words);
  if (way.isAlone && isSandboxed()) {
    place.replaceChildren(await codeCard(way.code, hands));
    return;
  }
  const keep = makeButton(texts.say('keep.code'), () => { void show(); }, 'small plain');
  const show = async () => {
    keep.disabled = true;
    const card = await codeCard(way.code, hands);
    keep.replaceWith(card);
    card.focus();
    byId('spoken').textContent = card.textContent;
  };
  place.replaceChildren(...(isSandboxed() ? [] : [link(way, texts, () => { void show(); })]), keep);
}

/** @param {Way} way @param {import('./texts.js').Texts} texts @param {() => void} fail called when nothing could be opened */
function link({ href, label }, texts, fail) {
  return make('a', { class: 'button small', href, target: '_blank', rel: 'noopener', onclick(event) {
    event.preventDefault();
    const opened = window.open(href);
    if (opened) opened.opener = null;
    else fail();
  } }, texts.say(label));
}

/** The code's page for a phone to scan, and the address where the code can be typed. @param {string} code @param {Hands} hands */
async function codeCard(code, { texts, api, boot }) {
  const drawn = await api.call('/claims/link', { method: 'POST', body: { claim_code: code } }).catch(() => null); // the address will do
  const address = `${boot.public_url}/claim`.replace(/^https?:\/\//, '');
  return make('div', { class: 'keep-code', tabindex: '-1' },
    drawn && make('img', { src: drawn.qr, alt: texts.say('keep.qr'), width: '144', height: '144' }),
    make('p', {}, texts.say(drawn ? 'keep.scan' : 'prize.where', { address })));
}
