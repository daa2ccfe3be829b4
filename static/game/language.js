// @ts-check
/** The language that a player has chosen: remembered, and asked for by `?lang=`, since there is no cookie. */

/** The same page in another language. @param {string} address @param {string} locale */
export function addressIn(address, locale) {
  const to = new URL(address);
  to.searchParams.set('lang', locale);
  return to.href;
}

/**
 * Where to go for the language chosen on an earlier visit; null when the page speaks it, does not offer it, or was
 * asked for in a language by its address: that is the later wish, and never sends anybody round in circles.
 * @param {string} address @param {string | undefined} chosen @param {{locale: string, locales: string[]}} page
 */
export function homeward(address, chosen, { locale, locales }) {
  if (!chosen || chosen === locale || !locales.includes(chosen)) return null;
  return new URL(address).searchParams.has('lang') ? null : addressIn(address, chosen);
}
