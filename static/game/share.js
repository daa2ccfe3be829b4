// @ts-check
/** Handing a round on: by the device's own sheet where it has one, else by a menu of ours, fetched when it is wanted. */
import { fetchStyle, make } from './dom.js';
import { insist } from './line.js';
import { root } from './root.js';
import { shareAddress } from './share_address.js';

/** @typedef {{title: string, text: string, url: string}} Link */
/** @typedef {{kind: 'dare' | 'watch' | 'friend', link: Link, qr: string}} Offer one way to hand a round on; `qr` is a picture's address */
/** @typedef {{slug: string, title: string, state: string}} Around the campaign */
/**
 * @typedef {{texts: import('./texts.js').Texts, api: import('./api.js').Api,
 *   boot: {public_url: string, locale: string, locales: string[], campaign: Around | null}}} Hands
 */

/** @type {Promise<void> | null} */ let dressed = null;

/** The words and the style of the menu and of the duel, once. @param {Pick<Hands, 'texts' | 'api'> & {boot: {campaign: Around | null}}} hands */
const dress = ({ texts, api, boot }) => dressed ??= insist(async () => {
  const words = texts.has('sharing.title') || !boot.campaign ? {} : api.words(boot.campaign.slug, 'sharing');
  const [more] = await Promise.all([words, fetchStyle('sharing')]);
  texts.learn(more);
});

/** A script that few need, with its words and its style. @template T @param {Parameters<typeof dress>[0]} hands @param {() => Promise<T>} script @returns {Promise<T>} */
export async function fetchDressed(hands, script) {
  const [opened] = await Promise.all([insist(script), dress(hands)]);
  return opened;
}

/**
 * What a public round can be handed on as: a dare while its campaign is open, and its replay.
 * @param {{id: string, score: number}} round @param {Hands} hands @returns {Offer[]}
 */
export function offersOf({ id, score }, { texts, boot }) {
  const { campaign, public_url: base, locale, locales } = boot;
  const lang = locale === locales[0] ? undefined : locale;
  const handed = { title: campaign?.title ?? 'Popshot', text: texts.say('share.text', { score }) };
  const offer = (/** @type {Offer['kind']} */ kind, /** @type {string} */ url) => ({
    kind, link: { ...handed, url }, qr: shareAddress(root, `/r/${id}/qr.svg`, { beat: kind === 'dare' ? '1' : undefined, lang }) });
  const watch = offer('watch', shareAddress(base, `/r/${id}`, { lang }));
  return campaign?.state === 'open' ? [offer('dare', shareAddress(base, `/c/${campaign.slug}`, { beat: id, lang })), watch] : [watch];
}

/**
 * The device's own sheet. Must be called inside a click: a browser opens it for nothing less.
 * @param {Link} link @param {Pick<Navigator, 'share'>} [device]
 * @returns {Promise<boolean>} whether there was one; a frame may not open it
 */
export async function shareByDevice(link, device = navigator) {
  try {
    const sheet = device.share?.(link);
    await sheet;
    return Boolean(sheet);
  } catch (refusal) {
    return ['AbortError', 'InvalidStateError'].includes(/** @type {Error} */ (refusal).name); // thought better of it; open already
  }
}

/**
 * A button that hands on: the device's sheet gets the first offer, the menu shows all.
 * @param {Offer[]} offers @param {Hands} hands @param {string} [look] the button's classes
 */
export function makeShareButton(offers, hands, look = 'button small plain') {
  return make('button', { type: 'button', class: `${look} share`, async onclick() {
    if (await shareByDevice(offers[0].link)) return;
    const { openMenu } = await fetchDressed(hands, () => import('./sharing.js'));
    openMenu(offers, hands.texts);
  } }, hands.texts.say('share.share'));
}
