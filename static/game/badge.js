// @ts-check
/** Four badges that a score may earn in any campaign. Told apart by outline and number of stars, not by colour alone. */
import { ball, dark, defs, fall, light, rim, shape } from './art/svg.js';
import { make } from './dom.js';

/** @typedef {{name: string, from: number}} Badge */

/** @type {readonly Badge[]} lowest first */
export const BADGES = Object.freeze([
  { name: 'bronze', from: 1500 }, { name: 'silver', from: 4000 }, { name: 'gold', from: 10000 }, { name: 'legend', from: 20000 },
]);

/** The highest badge of a score. @param {number} score @returns {Badge | null} */
export const badgeOf = (score) => BADGES.filter(({ from }) => score >= from).at(-1) ?? null;

/** The lowest badge that a score has not earned. @param {number} score @returns {Badge | null} */
export const nextBadge = (score) => BADGES.find(({ from }) => score < from) ?? null;

/** A star-like outline around the middle of the medal. @param {number} points @param {number} outer @param {number} inner radii */
function outline(points, outer, inner) {
  const corners = Array.from({ length: points * 2 }, (_, i) => {
    const angle = (i * Math.PI) / points - Math.PI / 2, r = i % 2 ? inner : outer;
    return `${(40 + Math.cos(angle) * r).toFixed(1)} ${(44 + Math.sin(angle) * r).toFixed(1)}`;
  });
  return `M${corners.join('L')}Z`;
}

/** Name -> its metal, its ribbon, its outline. @type {Record<string, [metal: string, ribbon: string, d: string]>} */
const LOOKS = {
  bronze: ['#c9803f', '#2f8fff', 'M40 14A30 30 0 1 1 39.9 14Z'],
  silver: ['#aebcd0', '#e63946', outline(3, 34, 29.4)],
  gold: ['#f7b52c', '#7c4dde', outline(8, 34, 26)],
  legend: ['#35c2b5', '#14213d', 'M8 20L24 28L40 10L56 28L72 20L68 58Q58 72 40 76Q22 72 12 58Z'],
};

/** A five-pointed star. @param {number} x @param {number} y @param {number} r */
function star(x, y, r) {
  const corners = Array.from({ length: 10 }, (_, i) => {
    const angle = (i * Math.PI) / 5 - Math.PI / 2, far = i % 2 ? r * 0.45 : r;
    return `${(x + Math.cos(angle) * far).toFixed(1)} ${(y + Math.sin(angle) * far).toFixed(1)}`;
  });
  return shape(`M${corners.join('L')}Z`, '#fff', 'stroke="#14213d" stroke-opacity=".35" stroke-width="1.5"');
}

/** Where the stars stand, by their number. @type {[x: number, y: number][][]} */
const STARS = [[[40, 45]], [[29, 45], [51, 45]], [[40, 34], [28, 52], [52, 52]], [[29, 38], [51, 38], [29, 57], [51, 57]]];

/** @param {string} name @returns {string} a whole SVG document */
export function drawBadge(name) {
  const [metal, ribbon, d] = LOOKS[name], level = BADGES.findIndex((badge) => badge.name === name);
  const stars = STARS[level].map(([x, y]) => star(x, y, 15 - level * 1.4)).join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 100" width="80" height="100">${defs(ball('metal', metal, 0.3), fall('ribbon', light(ribbon, 0.2), dark(ribbon, 0.3)))}
${shape('M20 58L10 98L26 90L36 98L44 62Z', 'url(#ribbon)')}${shape('M60 58L70 98L54 90L44 98L36 62Z', 'url(#ribbon)')}
${shape(d, 'url(#metal)', `stroke="${dark(metal, 0.45)}" stroke-width="3.5" stroke-linejoin="round"`)}
<path d="${d}" fill="none" stroke="#fff" stroke-opacity=".55" stroke-width="2" transform="translate(40 44) scale(.86) translate(-40 -44)"/>${stars}${rim('M20 40Q22 28 32 22', 4, 0.7)}</svg>`;
}

/** @param {string} name @returns {HTMLImageElement} its meaning stands beside it as text */
export const medal = (name) => make('img', { class: 'medal', alt: '', width: '40', height: '50', src: `data:image/svg+xml,${encodeURIComponent(drawBadge(name))}` });
