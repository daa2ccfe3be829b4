// @ts-check
/** The way from the practice to the real game, as each host wants it to be gone. */
import { byId, make } from '../dom.js';

/** @typedef {{rules: import('../types.js').Rules, address: string, isOffline: boolean}} Practice `address` is the real game's */

/**
 * Where a player of advertisements wants to open the address itself: Meta's by a call that knows it, others by the
 * Interactive Advertising Bureau's MRAID 3.0.
 * @param {string} address @param {any} [host] the window that the host has put its ways into
 * @returns {boolean} whether the host does it; else the link itself leads there
 */
export function leaveByHost(address, host = globalThis) {
  try {
    if (host.FbPlayableAd?.onCTAClick) host.FbPlayableAd.onCTAClick();
    else if (host.mraid?.open) host.mraid.open(address);
    else return false;
    return true;
  } catch {
    return false;
  }
}

/** @param {Practice} practice @param {HTMLAnchorElement} link */
function lead({ address, isOffline }, link) {
  link.href = isOffline ? location.href : address;
  if (isOffline) return;
  link.target = '_blank';
  link.rel = 'noopener';
  link.addEventListener('click', (event) => { if (leaveByHost(address)) event.preventDefault(); });
}

/** Another link like the one on the start card. @param {import('../texts.js').Texts} texts @param {Practice} practice */
export function makeWay(texts, practice) {
  const link = make('a', { class: 'button way' }, texts.say(practice.isOffline ? 'practice.back' : 'practice.real'));
  lead(practice, link);
  return link;
}

/** @param {Practice} practice */
export function setUpWay(practice) {
  lead(practice, /** @type {HTMLAnchorElement} */ (byId('way')));
  if (!practice.isOffline) return;
  const tell = () => { document.body.dataset.line = navigator.onLine ? 'back' : 'lost'; }; // the style sheet shows the ways
  for (const news of ['online', 'offline']) addEventListener(news, tell);
  tell();
}
