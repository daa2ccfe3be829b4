// @ts-check
/**
 * The little grammar of our drawings: one light from the top left, three tones of one hue,
 * a white rim, a contact shadow. Sprites are SVG strings; ids carry the sprite's name, because
 * all sprites are rasterised together in one document.
 */

/**
 * One drawing: `w` x `h` units of its own, shown `k` world pixels a unit, hung up at (`cx`, `cy`).
 * @typedef {{w: number, h: number, cx: number, cy: number, k: number, body: string}} Sprite
 */

/** @param {string} hex @returns {number[]} */
const channels = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));

/**
 * While the server's drawings are printed, a look's values are recipes ("[skin]") and so is all that is made
 * of them: `server/drawings.py` mixes and chooses later, for the campaign that asks.
 * @param {string} value
 */
const isRecipe = (value) => value[0] === '[' || value[0] === '{';

/**
 * Mix two colours; share 0 gives the first, 1 the second.
 * @param {string} from "#rrggbb" @param {string} to @param {number} share @returns {string}
 */
export function mix(from, to, share) {
  if (isRecipe(from) || isRecipe(to)) return `[${from}|${to}|${share}]`;
  const end = channels(to);
  const mixed = channels(from).map((value, i) => Math.round(value + (end[i] - value) * share));
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

/**
 * What a look's style asks for; nothing for a style that has no drawing here.
 * @param {import('./look.js').Look} look @param {keyof import('./look.js').Look} name
 * @param {Record<string, () => string>} drawings by style @returns {string}
 */
export function choose(look, name, drawings) {
  if (!isRecipe(look[name])) return drawings[look[name]]?.() ?? '';
  return Object.entries(drawings).map(([style, draw]) => `{?${name}=${style}}${draw()}{/}`).join('');
}

/**
 * One drawing where a look has this value, another where it is empty.
 * @param {import('./look.js').Look} look @param {keyof import('./look.js').Look} name
 * @param {() => string} given @param {() => string} empty @returns {string}
 */
export function either(look, name, given, empty) {
  if (!isRecipe(look[name])) return look[name] ? given() : empty();
  return `{!${name}=}${given()}{/}{?${name}=}${empty()}{/}`;
}

/** Lit by a warm sun. @param {string} colour @param {number} [share] */
export const light = (colour, share = 0.5) => mix(colour, '#fff6dd', share);

/** In a cold shade: dark tones move towards blue, never to grey. @param {string} colour @param {number} [share] */
export const dark = (colour, share = 0.4) => mix(colour, '#1b1d5c', share);

/**
 * The round body of a thing: light at the top left, its colour, its cold shade.
 * @param {string} id @param {string} colour @param {number} [depth] how dark the far side is @param {string} [lit]
 */
export const ball = (id, colour, depth = 0.34, lit = light(colour, 0.62)) =>
  `<radialGradient id="${id}" cx=".34" cy=".24" r=".95"><stop stop-color="${lit}"/>` +
  `<stop offset=".5" stop-color="${colour}"/><stop offset="1" stop-color="${dark(colour, depth)}"/></radialGradient>`;

/** A cylinder lit from the left. @param {string} id @param {string} colour */
export const tube = (id, colour) =>
  `<linearGradient id="${id}"><stop stop-color="${colour}"/><stop offset=".26" stop-color="${light(colour, 0.6)}"/>` +
  `<stop offset=".55" stop-color="${colour}"/><stop offset="1" stop-color="${dark(colour, 0.42)}"/></linearGradient>`;

/** From the top to the bottom. @param {string} id @param {...string} colours */
export const fall = (id, ...colours) =>
  `<linearGradient id="${id}" x2="0" y2="1">${colours
    .map((colour, i) => `<stop offset="${i / (colours.length - 1)}" stop-color="${colour}"/>`)
    .join('')}</linearGradient>`;

/** A filled shape. @param {string} d @param {string} fill @param {string} [more] */
export const shape = (d, fill, more = '') => `<path d="${d}" fill="${fill}" ${more}/>`;

/** A round-ended line. @param {string} d @param {string} colour @param {number} width @param {number} [opacity] */
export const line = (d, colour, width, opacity = 1) =>
  `<path d="${d}" fill="none" stroke="${colour}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"${
    opacity < 1 ? ` opacity="${opacity}"` : ''
  }/>`;

/** @param {number} cx @param {number} cy @param {number} rx @param {number} ry @param {string} fill @param {number} [opacity] */
export const oval = (cx, cy, rx, ry, fill, opacity = 1) =>
  `<ellipse cx="${cx}" cy="${cy}" rx="${rx}" ry="${ry}" fill="${fill}"${opacity < 1 ? ` opacity="${opacity}"` : ''}/>`;

/** The white rim of the light. @param {string} d @param {number} [width] @param {number} [opacity] */
export const rim = (d, width = 6, opacity = 0.7) => line(d, '#fff', width, opacity);

/** @param {...string} gradients */
export const defs = (...gradients) => `<defs>${gradients.join('')}</defs>`;

/**
 * @param {number} w @param {number} h @param {string} body
 * @param {{cx?: number, cy?: number, k?: number}} [how]
 * @returns {Sprite}
 */
export const sprite = (w, h, body, how = {}) => ({
  w, h, body, cx: how.cx ?? w / 2, cy: how.cy ?? h / 2, k: how.k ?? 1,
});
