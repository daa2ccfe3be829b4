// @ts-check
/**
 * Prints what pages show before or without any script, from the same drawings that the game uses:
 * `node tests/game/first_picture.js` writes the template of the first picture and the pictures of the plain pages.
 */
import { writeFileSync } from 'node:fs';
import { bust, face, hand, pupils } from '../../static/game/art/boss.js';
import { HOUSE_LOOK } from '../../static/game/art/look.js';
import { layers, put } from '../../static/game/art/scene.js';
import { gift } from '../../static/game/art/targets.js';

const ROOT = new URL('../../', import.meta.url);

/** @param {string} box @param {string} size @param {string} body */
const picture = (box, size, body) => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}" ${size}>${body.replace(/\n\s*/g, '')}</svg>\n`;

/** The boss looks over the edge of a card; only his hands reach below it. @param {string} mood */
const peek = (mood) => picture('0 0 400 330', 'width="400" height="330"',
  `<svg width="400" height="300">${[bust(HOUSE_LOOK), face(mood, HOUSE_LOOK), pupils()].map((art) => put(art, 200, 190)).join('')}</svg>`
  + put(hand(HOUSE_LOOK), 70, 292) + put(hand(HOUSE_LOOK), 330, 292, ' scale(-1 1)'));

/** Path in the repository -> what belongs there. */
export const pictures = () => ({
  'server/templates/first_picture.svg.html': Object.entries(layers())
    .map(([name, body]) => `<svg class="layer ${name}" viewBox="0 0 720 1280" aria-hidden="true">${body.replace(/\n\s*/g, '')}</svg>\n`).join(''),
  'static/icons/boss.svg': peek('neutral'),
  'static/icons/boss-lost.svg': peek('wow'),
  'static/icons/gift.svg': picture('0 0 184 152', 'width="184" height="152"', gift(HOUSE_LOOK).body),
});

if (process.argv[1]?.endsWith('first_picture.js')) {
  for (const [path, text] of Object.entries(pictures())) writeFileSync(new URL(path, ROOT), text);
}
