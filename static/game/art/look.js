// @ts-check
/**
 * What a campaign may change of the looks. The theme is data of a brand: only colours written as
 * #rrggbb and the styles named here are taken, all else falls back to the house's own.
 */

/**
 * What drawings are made from, all of it text. `picture` is the address of the boss's own face: empty, or
 * a data address in the game, since an atlas may fetch nothing.
 * @typedef {{skin: string, hair: string, suit: string, tie: string, accent: string, can: string,
 *   balloon: string, duck: string, star: string, gift: string, blaster: string, plant: string, pot: string,
 *   hairstyle: string, beard: string, glasses: string, neckwear: string, canSkin: string, balloonSkin: string,
 *   duckSkin: string, place: string, time: string, picture: string}} Look
 */
/** @typedef {Partial<Record<'palette' | 'boss' | 'scene' | 'skins', Record<string, any>>>} Theme */

/** The styles to choose from; the first one is the house's own. @type {Record<string, string[]>} */
export const STYLES = {
  hairstyle: ['short', 'bun', 'curls', 'bald'], beard: ['none', 'full', 'moustache'], glasses: ['none', 'round', 'square'],
  neckwear: ['tie', 'bow', 'scarf'], canSkin: ['can', 'cup', 'robot'], balloonSkin: ['balloon', 'muffin', 'lantern'],
  duckSkin: ['duck', 'hen', 'rocket'], place: ['hills', 'town', 'city'], time: ['day', 'evening', 'night'],
};

/** @type {Look} */
export const HOUSE_LOOK = {
  skin: '#f6b88a', hair: '#43291c', suit: '#2f4aa6', tie: '#e63946', accent: '#ff8a1f', can: '#14b8a6',
  balloon: '#ef3e5b', duck: '#ffcf33', star: '#ffc21a', gift: '#8b5cf6', blaster: '#2f8fff', plant: '#37a052', pot: '#d8663a',
  hairstyle: 'short', beard: 'none', glasses: 'none', neckwear: 'tie', canSkin: 'can', balloonSkin: 'balloon',
  duckSkin: 'duck', place: 'hills', time: 'day', picture: '',
};

/** Okabe and Ito's colours, which people see apart whatever their sight (jfly.uni-koeln.de/color, 2008). */
const DISTINCT = { can: '#0072b2', balloon: '#d55e00', duck: '#f0e442', star: '#e69f00', gift: '#cc79a7', plant: '#009e73', pot: '#000000' };

/** @param {string} name @param {unknown} value */
const isAllowed = (name, value) => typeof value === 'string' && (STYLES[name]?.includes(value) ?? /^#[0-9a-f]{6}$/i.test(value));

/**
 * @param {Theme | null | undefined} theme
 * @param {string} [colours] 'distinct' for targets in colours that everyone sees apart, else the brand's
 * @returns {Look}
 */
export function lookOf(theme, colours) {
  const skins = Object.entries(theme?.skins ?? {}).map(([kind, skin]) => [`${kind}Skin`, skin]);
  const asked = { ...theme?.palette, ...theme?.boss, ...theme?.scene, ...Object.fromEntries(skins) };
  const look = { ...HOUSE_LOOK };
  for (const name of /** @type {(keyof Look)[]} */ (Object.keys(look))) {
    if (isAllowed(name, asked[name])) look[name] = asked[name].toLowerCase();
  }
  return colours === 'distinct' ? { ...look, ...DISTINCT } : look;
}
