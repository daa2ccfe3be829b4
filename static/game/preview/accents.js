// @ts-check
/** A brand's accent and what goes with it, as properties of the page. The twin of server/campaigns/accents.py. */
import { mix } from '../art/svg.js';

const INK = '#14213d', PAPER = '#ffffff', NIGHT = '#000000', SUN = '#fff6dd';
const READABLE = 4.5; // WCAG's contrast for small text

/** @param {string} colour "#rrggbb" */
function luminance(colour) {
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((share) => (share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** WCAG's contrast of two colours, 1 to 21. @param {string} first @param {string} second */
function contrast(first, second) {
  const [low, high] = [luminance(first), luminance(second)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

/** In the same hue, as dark as a small text on paper must be, and always somewhat darker. @param {string} accent */
function deepen(accent) {
  let deep = mix(accent, NIGHT, 0.25);
  while (contrast(deep, PAPER) < READABLE) deep = mix(deep, NIGHT, 0.06);
  return deep;
}

/** Ink or paper, whichever reads better; where neither does, black. @param {string} colour */
function readableOn(colour) {
  const best = contrast(INK, colour) >= contrast(PAPER, colour) ? INK : PAPER;
  return contrast(best, colour) >= READABLE ? best : NIGHT;
}

/** Property -> colour. @param {{accent: string, blaster: string}} look @returns {Record<string, string>} */
export const accents = ({ accent, blaster }) => ({
  '--accent': accent, '--accent-deep': deepen(accent), '--accent-light': mix(accent, SUN, 0.3),
  '--accent-shine': mix(accent, SUN, 0.65), '--on-accent': readableOn(accent), '--foam': blaster,
});
