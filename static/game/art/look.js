// @ts-check
/**
 * What a campaign may change of the looks. The theme is data of a brand: only colours written as
 * #rrggbb are taken, all else falls back to the house's own.
 */

/**
 * @typedef {{skin: string, hair: string, suit: string, tie: string, accent: string, can: string,
 *   balloon: string, duck: string, star: string, gift: string, blaster: string}} Look
 */

/** @type {Look} */
export const HOUSE_LOOK = {
  skin: '#f6b88a', hair: '#43291c', suit: '#2f4aa6', tie: '#e63946', accent: '#ff8a1f', can: '#14b8a6',
  balloon: '#ef3e5b', duck: '#ffcf33', star: '#ffc21a', gift: '#8b5cf6', blaster: '#2f8fff',
};

/** Told apart by every kind of sight: from Okabe and Ito's palette. @type {Partial<Look>} */
const DISTINCT = { can: '#009e73', balloon: '#d55e00', duck: '#f0e442', star: '#e69f00', gift: '#cc79a7' };

/**
 * @param {{palette?: Record<string, string>, boss?: Record<string, string>} | null | undefined} theme
 * @param {string} [colours] the wish of that name
 * @returns {Look}
 */
export function lookOf(theme, colours) {
  const asked = { ...theme?.palette, ...theme?.boss };
  const look = { ...HOUSE_LOOK };
  for (const name of /** @type {(keyof Look)[]} */ (Object.keys(look))) {
    if (/^#[0-9a-f]{6}$/i.test(asked[name] ?? '')) look[name] = asked[name];
  }
  return colours === 'distinct' ? { ...look, ...DISTINCT } : look;
}
