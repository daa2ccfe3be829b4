// @ts-check
/** The little pictures on the cards that say why there is no round now. They are in the script: a card may come offline. */

const INK = '#14213d', ORANGE = '#ff8a1f', GOLD = '#ffc21a', RED = '#e02e3d', BLUE = '#2f8fff', PALE = '#e6ebf4', WHITE = '#fff';

/** @param {string} d @param {string} colour @param {number} [width] */
const line = (d, colour, width = 6) => `<path d="${d}" fill="none" stroke="${colour}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"/>`;
/** @param {string} d @param {string} colour */
const shape = (d, colour) => `<path d="${d}" fill="${colour}"/>`;

/** Inside of a round badge of 96 by 96. @type {Record<string, string>} */
const INSIDES = {
  cup: shape('M24 42h40v18a16 16 0 0 1-16 16h-8a16 16 0 0 1-16-16z', WHITE) + shape('M24 42h40v8H24z', PALE) + line('M64 48h4a8 8 0 0 1 0 16h-5', WHITE, 5)
    + line('M36 34q-5-6 0-11t0-10M52 34q-5-6 0-11t0-10', WHITE, 4),
  pause: shape('M30 26h12a4 4 0 0 1 4 4v36a4 4 0 0 1-4 4H30a4 4 0 0 1-4-4V30a4 4 0 0 1 4-4z', WHITE) + shape('M54 26h12a4 4 0 0 1 4 4v36a4 4 0 0 1-4 4H54a4 4 0 0 1-4-4V30a4 4 0 0 1 4-4z', WHITE),
  cup_won: shape('M30 22h36v18a18 18 0 0 1-36 0z', GOLD) + shape('M52 22h14v18a18 18 0 0 1-14 17z', '#e59a00') + line('M30 28H20q0 16 12 18M66 28h10q0 16-12 18', GOLD, 5)
    + shape('M44 56h8v10h-8z', '#e59a00') + shape('M34 66h28a3 3 0 0 1 3 3v6H31v-6a3 3 0 0 1 3-3z', WHITE) + shape('M48 28l3.4 6.8 7.6 1-5.5 5.3 1.300 7.500-6.800-3.600-6.800 3.600 1.300-7.500-5.500-5.300 7.600-1z', WHITE),
  hourglass: shape('M32 28h32q0 12-11 20 11 8 11 20H32q0-12 11-20-11-8-11-20z', WHITE) + shape('M38 34h20q-3 6-10 11-7-5-10-11z', GOLD) + shape('M36 66q3-8 12-11 9 3 12 11z', GOLD)
    + line('M29 25h38M29 71h38', ORANGE, 7),
  plug: line('M14 62q14 0 18-8', WHITE, 6) + shape('M30 38l18 18-6 6q-9 7-16 0-7-8 0-16z', WHITE) + line('M42 40l7-7M50 48l7-7', WHITE, 5) + shape('M60 24l14 14q4 8-2 15l-5 4-20-20 4-5q6-6 9-8z', GOLD) + line('M73 26q6-8 12-8', GOLD, 6),
  cable: shape('M30 30h36a4 4 0 0 1 4 4v24a4 4 0 0 1-4 4H30a4 4 0 0 1-4-4V34a4 4 0 0 1 4-4z', WHITE) + line('M40 70h16M48 62v8', WHITE, 6) + line('M38 40l6 6m0-6l-6 6M52 40l6 6m0-6l-6 6', INK, 4) + line('M42 55q6-4 12 0', INK, 4),
};
/** @type {Record<string, string>} */
const GROUNDS = { cup: '#c2560a', pause: BLUE, cup_won: '#6949c8', hourglass: '#1d7a4c', plug: '#0d6e8c', cable: RED };

/** @param {string} name @returns {string} the address of a picture */
export function signOf(name) {
  const badge = `<circle cx="48" cy="48" r="46" fill="${GROUNDS[name]}"/><path d="M48 2a46 46 0 0 1 46 46h-8A38 38 0 0 0 10 48H2A46 46 0 0 1 48 2z" fill="#fff" opacity=".14"/>`;
  return `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96">${badge}${INSIDES[name]}</svg>`)}`;
}
