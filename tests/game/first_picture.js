// @ts-check
/**
 * Prints what pages show before or without any script, from the same drawings that the game uses:
 * `node tests/game/first_picture.js` writes the recipes that the server draws by and the pictures of the plain
 * pages; `node tests/game/first_picture.js theme.json` tells what those drawings are in one theme.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { HOUSE_LOOK, STYLES, lookOf } from '../../static/game/art/look.js';
import { drawings } from '../../static/game/art/scene.js';
import { gift } from '../../static/game/art/targets.js';

/** @typedef {import('../../static/game/art/look.js').Look} Look */

const ROOT = new URL('../../', import.meta.url);

/** A look whose every value stands for itself: what is drawn from it is a recipe. */
const recipeLook = () => /** @type {Look} */ (Object.fromEntries(Object.keys(HOUSE_LOOK).map((name) => [name, `[${name}]`])));

/** Path in the repository -> what belongs there. */
export function pictures() {
  const house = drawings(HOUSE_LOOK), box = gift(HOUSE_LOOK).body.replace(/\n\s*/g, '');
  const recipes = Object.entries(drawings(recipeLook())).map(([name, recipe]) => [`server/recipes/${name}.svg`, `${recipe}\n`]);
  return {
    ...Object.fromEntries(recipes),
    'server/recipes/look.json': `${JSON.stringify({ house: HOUSE_LOOK, styles: STYLES }, null, 1)}\n`,
    'static/icons/boss.svg': `${house.boss}\n`,
    'static/icons/boss-lost.svg': `${house['boss-lost']}\n`,
    'static/icons/gift.svg': `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 184 152" width="184" height="152">${box}</svg>\n`,
  };
}

if (process.argv[1]?.endsWith('first_picture.js')) {
  const [, , theme] = process.argv;
  if (theme) console.log(JSON.stringify(drawings(lookOf(JSON.parse(readFileSync(theme, 'utf8'))))));
  else for (const [path, text] of Object.entries(pictures())) writeFileSync(new URL(path, ROOT), text);
}
