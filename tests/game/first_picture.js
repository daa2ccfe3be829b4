// @ts-check
/** Prints the first picture for the page's template: `node tests/game/first_picture.js > server/templates/first_picture.svg.html`. */
import { layers } from '../../static/game/art/scene.js';

/** @returns {string} */
export const firstPicture = () => Object.entries(layers())
  .map(([name, body]) => `<svg class="layer ${name}" viewBox="0 0 720 1280" aria-hidden="true">${body.replace(/\n\s*/g, '')}</svg>\n`)
  .join('');

if (process.argv[1]?.endsWith('first_picture.js')) process.stdout.write(firstPicture());
