// @ts-check
/** Once somebody has played: the campaign may become an app of the device, and a practice is kept for when it is offline. */
import { make } from './dom.js';
import { hostOf } from './in_app.js';
import { root } from './root.js';

/** @typedef {{boot: Pick<import('./types.js').Boot, 'slug' | 'locale' | 'embed'>, page?: Window & typeof globalThis}} Hands */

let isSettled = false;

/** A frame, a rehearsal and the browser inside an app are no places to keep anything. @param {Hands} hands */
const mayStay = ({ boot, page = window }) => !boot.embed && !root && page.self === page.top && !hostOf(page.navigator.userAgent);

/**
 * Nothing is said when it cannot be: the game does not need it.
 * @param {Hands} hands
 */
export async function settle(hands) {
  const { boot: { slug, locale }, page = window } = hands;
  if (isSettled || !mayStay(hands)) return;
  isSettled = true;
  const home = `/c/${slug}`;
  page.document.head.append(make('link', { rel: 'manifest', href: `${home}/app.webmanifest?lang=${locale}` }));
  try {
    if (/** @type {any} */ (page.navigator).connection?.saveData) return;
    await page.navigator.serviceWorker?.register(`${home}/worker.js?lang=${locale}`, { scope: home, updateViaCache: 'none' });
  } catch { /* no secure address, or no storage */ }
}
