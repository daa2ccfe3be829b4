// @ts-check
/**
 * What the page itself shows before any script runs: the place, and the cast at rest in it.
 * `tests/game/first_picture.js` prints the server's recipes from here.
 */
import { bust, hand } from './boss.js';
import { face, pupils } from './faces.js';
import { layers } from './places.js';
import { SKINS } from './skins.js';
import { balloon, can, duck, gift, learnSkins, plant, star } from './targets.js';
import { blaster, dart, desk, mug, papers } from './things.js';

/** @typedef {import('./svg.js').Sprite} Sprite @typedef {import('./look.js').Look} Look */

learnSkins(SKINS); // what is printed here serves every look

/** A drawing hung up at a point. @param {Sprite} art @param {number} x @param {number} y @param {string} [turn] */
export const put = (art, x, y, turn = '') => `<g transform="translate(${x} ${y})${turn} scale(${art.k}) translate(${-art.cx} ${-art.cy})">${art.body}</g>`;

/** The cast at rest: the same places as the view draws them while nobody plays. @param {Look} look */
function cast(look) {
  const boss = [bust(look), face('neutral', look), pupils(look)].map((art) => put(art, 360, 190));
  const desktop = [put(papers(), 130, 412), put(mug(look), 596, 412), put(desk(look), 360, 410), put(hand(look), 250, 404), put(hand(look), 470, 404, ' scale(-1 1)')];
  const targets = [put(balloon(look), 96, 236), put(star(look), 640, 126), put(gift(look), 150, 592), put(can(look), 566, 590), put(plant(look), 366, 756), put(duck(look), 572, 850), put(balloon(look), 156, 850)];
  return [...boss, ...desktop, ...targets, put(dart(look), 360, 985), put(blaster(look), 360, 1340)].join('\n');
}

/** The boss looks over the edge of a card; only his hands reach below it. @param {string} mood @param {Look} look */
function peek(mood, look) {
  const boss = [bust(look), face(mood, look), pupils(look)].map((art) => put(art, 200, 190)).join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 330" width="400" height="330"><svg width="400" height="300">${boss}</svg>
${put(hand(look), 70, 292)}${put(hand(look), 330, 292, ' scale(-1 1)')}</svg>`;
}

/** @param {string} name @param {string} body */
const layer = (name, body) => `<svg class="layer ${name}" viewBox="0 0 720 1280" aria-hidden="true">${body}</svg>`;

/** Every drawing that the server makes, by name. @param {Look} look @returns {Record<string, string>} */
export function drawings(look) {
  const all = {
    scene: layers(look).map(([name, body]) => layer(name, body)).join(''),
    cast: layer('cast', cast(look)), boss: peek('neutral', look), 'boss-lost': peek('wow', look),
  };
  return Object.fromEntries(Object.entries(all).map(([name, body]) => [name, body.replace(/\n\s*/g, '')]));
}
