// @ts-check
/** The faces that the boss pulls, on the grid of his head. */
import { choose, either, line, mix, oval, shape, sprite } from './svg.js';

/** @typedef {import('./look.js').Look} Look @typedef {import('./svg.js').Sprite} Sprite */

const HOW = { cx: 68, cy: 46, k: 1.4 };
const EYE = '#fff', INK = '#1b2240', MOUTH = '#6b1730', TONGUE = '#ff7d86';
const eyes = (ry = 21) => [101, 161].map((x) => `${oval(x, 116, 19, ry, EYE)}${line(`M${x - 18} ${116 - ry / 3}Q${x} ${112 - ry} ${x + 18} ${116 - ry / 3}`, INK, 3, 0.35)}`).join('');
/** @param {string} hair @param {string} left @param {string} right */
const brows = (hair, left, right) => line(left, hair, 11) + line(right, hair, 11);
/** @param {number} x @param {number} y */
const pupil = (x, y) => `${oval(x, y, 9.5, 10, INK)}${oval(x + 3.4, y - 4, 3.6, 3.6, '#fff')}`;
/** @param {number} x */
const spiral = (x) => `${oval(x, 116, 20, 20, EYE)}${line(`M${x} 116q4-5 7 0t-5 9t-14-3t0-17t20 1t4 20`, INK, 3.4)}`;
const smile = `${shape('M90 164Q132 182 172 158Q166 194 128 192Q100 190 90 164Z', MOUTH)}${shape('M95 167Q132 182 168 162L163 172Q130 188 100 176Z', '#fff')}`;

/** The six faces, and a blink. @type {Record<string, (look: Look) => string>} */
const FACES = {
  neutral: ({ hair }) => `${eyes()}${brows(hair, 'M78 88q22-15 44-1', 'M142 86q21-14 43 4')}${smile}
${line('M86 160q2 4 6 6M176 154q-1 4-5 6', '#8a3f26', 4, 0.6)}`,
  smug: ({ hair, skin }) => `${eyes(19)}${pupil(108, 120)}${pupil(168, 120)}
${[101, 161].map((x) => shape(`M${x - 21} 116A21 22 0 0 1 ${x + 21} 116Z`, mix(skin, '#b5602c', 0.18)) + line(`M${x - 19} 116H${x + 19}`, INK, 4)).join('')}
${brows(hair, 'M78 96q22-7 44 2', 'M140 80q22-20 46 2')}
${line('M98 170Q134 182 166 158Q172 152 176 156', MOUTH, 7)}${line('M172 146q8 6 6 16', '#8a3f26', 4, 0.6)}`,
  ouch: ({ hair }) => `${line('M84 104l30 13-30 13M178 104l-30 13 30 13', INK, 8)}${brows(hair, 'M78 84q20 2 42 12', 'M184 84q-20 2-42 12')}
${shape('M100 176Q104 154 131 154Q160 154 162 178Q150 194 131 193Q110 194 100 176Z', MOUTH)}${shape('M106 164Q131 154 156 164L154 172H108Z', '#fff')}
${oval(131, 187, 17, 6, TONGUE)}`,
  dizzy: ({ hair }) => `${spiral(101)}${spiral(161)}${brows(hair, 'M78 84q20-12 42 4', 'M184 90q-20-16-42-4')}
${line('M96 168q9-10 18 0t18 0t18 0t16-2', MOUTH, 7)}${shape('M132 170q16-4 24 2q4 26-10 26q-14 0-14-28z', TONGUE)}${line('M144 174v12', '#d94b5b', 3)}`,
  laugh: ({ hair }) => `${line('M82 122q18-26 38 0M142 122q18-26 38 0', INK, 8)}${brows(hair, 'M76 84q22-18 46-2', 'M140 82q22-16 46 4')}
${shape('M84 152Q130 162 178 150Q180 198 131 200Q86 198 84 152Z', MOUTH)}${shape('M90 155Q130 164 172 153L168 168Q130 174 94 168Z', '#fff')}
${oval(131, 190, 28, 10, TONGUE)}${shape('M70 128q-10 14-2 20q10 2 8-10zM194 126q12 12 4 19q-10 3-9-9z', '#7fd4ff')}`,
  wow: (look) => `${eyes(26)}${either(look, 'picture', () => pupil(103, 118) + pupil(159, 118), () => brows(look.hair, 'M78 80q20-16 42-4', 'M142 76q22-12 42 4'))}
${oval(131, 176, 17, 19, MOUTH)}${oval(131, 186, 11, 8, TONGUE)}`,
  blink: ({ hair, skin }) => `${[101, 161].map((x) => `${oval(x, 118, 19, 17, mix(skin, '#b5602c', 0.16))}${line(`M${x - 17} 121q17 13 34 0`, INK, 5)}`).join('')}
${brows(hair, 'M78 90q22-15 44-1', 'M142 88q21-14 43 4')}${smile}`,
};
const CALM = ['neutral', 'smug', 'blink']; // a photograph needs no help to look like this

/** The names of the faces, in the order of the atlas. */
export const FACE_NAMES = Object.keys(FACES);

/** What he wears on his face, in front of eyes and mouth. @param {Look} look */
const worn = (look) => choose(look, 'beard', {
  full: () => shape('M131 154Q112 142 98 156Q88 164 78 160Q88 178 110 171Q124 168 131 161Q138 168 152 170Q174 176 184 157Q174 162 164 154Q150 142 131 154Z', look.hair),
  moustache: () => `${shape('M131 152Q112 138 94 152Q80 164 66 152Q70 180 104 174Q122 170 131 162Q140 170 158 172Q192 176 196 149Q182 162 168 150Q150 138 131 152Z', look.hair)}${line('M124 152q-14-6-26 6', mix(look.hair, '#fff6dd', 0.4), 4, 0.5)}`,
}) + choose(look, 'glasses', {
  round: () => glasses([[101], [161]].map(([x]) => `M${x - 29} 116a29 29 0 1 0 58 0a29 29 0 1 0-58 0`).join('')),
  square: () => glasses([[72, 102], [132, 162]].map(([x]) => `M${x + 6} 92H${x + 50}Q${x + 58} 92 ${x + 57} 100L${x + 53} 134Q${x + 52} 141 ${x + 44} 141H${x + 12}Q${x + 5} 141 ${x + 4} 134L${x} 100Q${x - 1} 92 ${x + 6} 92Z`).join('')),
});
/** @param {string} rims */
const glasses = (rims) => `<path d="${rims}" fill="#cfeaff" fill-opacity=".22" stroke="#231a3a" stroke-width="6.5"/>${line('M127 110q4-5 8 0', '#231a3a', 6)}${line('M82 112q3-12 13-15M143 112q3-12 13-15', '#fff', 4, 0.8)}`;

/** @param {string} name @param {Look} look @returns {Sprite} */
export function face(name, look) {
  const pulled = FACES[name](look);
  const body = either(look, 'picture', () => (CALM.includes(name) ? '' : pulled), () => pulled + worn(look));
  return sprite(140, 140, `<g transform="translate(-62 -66)">${body}</g>`, HOW);
}

/** Both pupils, which follow the aim; a photograph has its own. @param {Look} look @returns {Sprite} */
export const pupils = (look) => sprite(84, 24, `<g transform="translate(-91 -106)">${either(look, 'picture', () => '', () => pupil(103, 118) + pupil(159, 118))}</g>`, { cx: 39, cy: 6, k: 1.4 });
