// @ts-check
/**
 * Where it all happens, for the page itself: three layers behind the field, each drawn far beyond the
 * world's 720 x 1280 so that no screen shows an edge, and the first picture, seen before any script runs.
 * `tests/game/first_picture.js` prints the server's recipes from here.
 */
import { bust, hand } from './boss.js';
import { face, pupils } from './faces.js';
import { line, oval, shape } from './svg.js';
import { balloon, can, duck, gift, plant, star } from './targets.js';
import { blaster, dart, desk, mug, papers } from './things.js';

/** @typedef {import('./svg.js').Sprite} Sprite @typedef {import('./look.js').Look} Look */

const LEFT = -1800, RIGHT = 2520, BOTTOM = 2300;

/** One range of hills: a smooth wave, a hump and a hollow in turn. @param {number} y @param {number} step @param {number} high @param {string} fill */
function hills(y, step, high, fill) {
  let d = `M${LEFT} ${y}q${step / 2} ${-high} ${step} 0`;
  for (let x = LEFT + step, i = 1; x < RIGHT; x += step, i += 1) d += `t${step} ${((i * 7) % 5 - 2) * 4}`;
  return shape(`${d}V${BOTTOM}H${LEFT}Z`, fill);
}

/** @param {number} x @param {number} y @param {number} k @param {string} dark @param {string} lit */
const tree = (x, y, k, dark, lit) => `<g transform="translate(${x} ${y}) scale(${k})">${line('M0 0V-40', '#7a5636', 9)}${oval(0, -66, 34, 38, dark)}${oval(-22, -48, 22, 22, dark)}${oval(22, -50, 24, 24, dark)}${oval(-9, -76, 20, 20, lit, 0.8)}</g>`;
/** @param {number} x @param {number} y @param {number} k */
const pine = (x, y, k) => `<g transform="translate(${x} ${y}) scale(${k})">${shape('M0-120L34-58H18L44-14H-44L-18-58H-34Z', '#3c8f6a')}${shape('M0-120L-34-58H-18L-44-14H-6Z', '#54aa7c')}${line('M0-14V0', '#7a5636', 10)}</g>`;
/** @param {number} x @param {number} y @param {number} k */
const bush = (x, y, k) => `<g transform="translate(${x} ${y}) scale(${k})">${oval(0, 0, 60, 44, '#2c8450')}${oval(-48, 12, 40, 32, '#2c8450')}${oval(50, 12, 42, 34, '#2c8450')}${oval(-16, -14, 34, 22, '#4aa863', 0.8)}${oval(-56, 4, 20, 14, '#4aa863', 0.7)}${oval(44, 0, 22, 15, '#4aa863', 0.7)}</g>`;
/** @param {number} x @param {number} y @param {string} fill */
const flower = (x, y, fill) => `<g transform="translate(${x} ${y})">${line('M0 0V26', '#1f6b3d', 4)}<circle r="9" fill="${fill}"/><circle r="4" fill="#fff6d8"/></g>`;
/** An office block in the haze, where the boss should be. @param {number} x @param {number} w @param {number} h */
const tower = (x, w, h) => `${shape(`M${x} 560V${470 - h}h${w}V560z`, '#a7d0f2')}${shape(`M${x} 560V${470 - h}h${w * 0.36}V560z`, '#bfe0f8')}<path d="M${x + w * 0.56} ${494 - h}v${h - 60}M${x + w * 0.8} ${494 - h}v${h - 60}" stroke="#d9eefc" stroke-width="7" stroke-dasharray="12 11" opacity=".8"/>`;

const far = () => `${[[-1250, 90, 170], [-900, 120, 120], [-640, 80, 220], [-545, 110, 150], [-250, 90, 190], [-150, 70, 130], [20, 84, 150], [112, 64, 240], [560, 74, 210], [640, 100, 140], [860, 84, 230], [960, 120, 170], [1300, 90, 200], [1700, 110, 150]].map(([x, w, h]) => tower(x, w, h)).join('')}
${hills(462, 360, 46, '#a5d6cf')}${hills(520, 270, 34, '#8fcdb0')}`;

const middle = () => `${[[-1420, 1], [-1100, 0.8], [-700, 1.1], [-460, 0.8], [-180, 0.9], [-90, 0.7], [60, 0.62], [664, 0.7], [800, 1], [900, 0.75], [1180, 1.1], [1500, 0.8], [1830, 1]].map(([x, k]) => pine(x, 640 - (x % 7) * 3, k)).join('')}
${hills(648, 430, 44, '#77c391')}${[[-1300, 1.3], [-980, 1], [-560, 1.4], [-300, 1], [-30, 0.8], [748, 0.9], [1000, 1.4], [1350, 1], [1640, 1.3]].map(([x, k]) => tree(x, 838, k, '#459c60', '#7fca7d')).join('')}
${hills(850, 520, 40, '#5fb373')}`;

const near = () => `${hills(1070, 600, 34, '#479f5f')}${oval(360, 1120, 330, 36, '#6bbf6d', 0.35)}
${[[-1500, 1.6], [-1040, 2], [-560, 1.5], [-240, 1.7], [10, 0.8], [716, 0.9], [980, 1.8], [1290, 1.5], [1700, 2]].map(([x, k]) => bush(x, 1190, k)).join('')}
${hills(1220, 700, 30, '#2f8a50')}${[[-420, '#ff8a1f'], [-330, '#ffcf33'], [-190, '#ff6f91'], [60, '#ffcf33'], [118, '#ff6f91'], [196, '#fff'], [540, '#ff8a1f'], [610, '#fff'], [668, '#ffcf33'], [880, '#ff6f91'], [1010, '#ffcf33'], [1120, '#fff']].map(([x, fill], i) => flower(Number(x), 1222 + (i * 37) % 40, String(fill))).join('')}`;

/** A drawing hung up at a point. @param {Sprite} art @param {number} x @param {number} y @param {string} [turn] */
export const put = (art, x, y, turn = '') => `<g transform="translate(${x} ${y})${turn} scale(${art.k}) translate(${-art.cx} ${-art.cy})">${art.body}</g>`;

/** The cast at rest: the same places as the view draws them while nobody plays. @param {Look} look */
function cast(look) {
  const boss = [bust(look), face('neutral', look), pupils(look)].map((art) => put(art, 360, 190));
  const desktop = [put(papers(), 130, 412), put(mug(look), 596, 412), put(desk(), 360, 410), put(hand(look), 250, 404), put(hand(look), 470, 404, ' scale(-1 1)')];
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
    scene: layer('far', far()) + layer('middle', middle()) + layer('near', near()),
    cast: layer('cast', cast(look)), boss: peek('neutral', look), 'boss-lost': peek('wow', look),
  };
  return Object.fromEntries(Object.entries(all).map(([name, body]) => [name, body.replace(/\n\s*/g, '')]));
}
