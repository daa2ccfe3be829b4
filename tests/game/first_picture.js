// @ts-check
/**
 * Prints what pages show before or without any script, from the same drawings that the game uses:
 * `node tests/game/first_picture.js` writes the recipes that the server draws by and the pictures of the plain
 * pages; `node tests/game/first_picture.js theme.json` tells what those drawings are in one theme.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { HOUSE_LOOK, STYLES, lookOf } from '../../static/game/art/look.js';
import { drawings } from '../../static/game/art/scene.js';
import { balloon, can, duck, gift, star } from '../../static/game/art/targets.js';
import { blaster } from '../../static/game/art/things.js';

/** @typedef {import('../../static/game/art/look.js').Look} Look */

const ROOT = new URL('../../', import.meta.url);

/** A look whose every value stands for itself: what is drawn from it is a recipe. */
const recipeLook = () => /** @type {Look} */ (Object.fromEntries(Object.keys(HOUSE_LOOK).map((name) => [name, `[${name}]`])));

/** A sheet of A4 with twelve round stickers, a thin line around each to cut along. */
function stickers() {
  const { boss } = drawings(HOUSE_LOOK), kinds = [can, balloon, duck, star, gift, blaster].map((draw) => draw(HOUSE_LOOK));
  const inside = boss.replace(/^<svg[^>]*>|<\/svg>\s*$/g, '');
  const symbols = [`<symbol id="s0" viewBox="0 0 400 330">${inside}</symbol>`,
    ...kinds.map((art, n) => `<symbol id="s${n + 1}" viewBox="0 0 ${art.w} ${art.h}">${art.body.replace(/\n\s*/g, '')}</symbol>`)];
  const colours = ['#8fd0ff', '#ffd9a8', '#c8f0d4', '#ffd3da', '#e6dcff', '#fff0b8', '#cfeaff'];
  const places = Array.from({ length: 12 }, (_, n) => ({ x: 37 + (n % 3) * 68, y: 42 + Math.floor(n / 3) * 70, kind: [0, 1, 2, 3, 4, 0, 5, 6, 0, 2, 4, 5][n] }));
  const drawn = places.map(({ x, y, kind }) => `<circle cx="${x}" cy="${y}" r="30" fill="${colours[kind]}" stroke="#fff" stroke-width="2"/>`
    + `<circle cx="${x}" cy="${y}" r="31" fill="none" stroke="#9aa7bf" stroke-width=".3" stroke-dasharray="1.5 1"/>`
    + `<use href="#s${kind}" x="${x - 21}" y="${y - 21}" width="42" height="42"/>`);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 210 297" width="210mm" height="297mm"><rect width="210" height="297" fill="#fff"/><defs>${symbols.join('')}</defs>${drawn.join('')}</svg>\n`;
}

/** Path in the repository -> what belongs there. */
export function pictures() {
  const house = drawings(HOUSE_LOOK), box = gift(HOUSE_LOOK).body.replace(/\n\s*/g, '');
  const recipes = Object.entries(drawings(recipeLook())).map(([name, recipe]) => [`server/recipes/${name}.svg`, `${recipe}\n`]);
  return {
    ...Object.fromEntries(recipes),
    'server/recipes/look.json': `${JSON.stringify({ house: HOUSE_LOOK, styles: STYLES }, null, 1)}\n`,
    'static/icons/boss.svg': `${house.boss}\n`,
    'static/icons/boss-lost.svg': `${house['boss-lost']}\n`,
    'static/prizes/stickers.svg': stickers(),
    'static/icons/gift.svg': `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 184 152" width="184" height="152">${box}</svg>\n`,
  };
}

if (process.argv[1]?.endsWith('first_picture.js')) {
  const [, , theme] = process.argv;
  if (theme) console.log(JSON.stringify(drawings(lookOf(JSON.parse(readFileSync(theme, 'utf8'))))));
  else for (const [path, text] of Object.entries(pictures())) writeFileSync(new URL(path, ROOT), text);
}
