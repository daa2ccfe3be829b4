// @ts-check
/** The boss: a bust without a face, and the faces he pulls. All share one grid, centred on the head. */
import { ball, dark, defs, fall, light, line, mix, oval, rim, shape, sprite } from './svg.js';

/** @typedef {import('./look.js').Look} Look @typedef {import('./svg.js').Sprite} Sprite */

const HOW = { cx: 130, cy: 112, k: 1.4 };
const HEAD = 'M130 26C186 26 206 72 203 122C201 150 192 168 174 184Q154 200 130 200Q106 200 86 184C68 168 59 150 57 122C54 72 74 26 130 26Z';

/** @param {Look} look */
const suit = ({ suit: cloth, tie }) => `
${shape('M22 300C20 236 48 214 92 204L168 204C212 214 240 236 238 300Z', 'url(#boss-suit)')}
${shape('M22 300C20 236 48 214 92 204L110 204Q84 250 92 300Z', light(cloth, 0.16), 'opacity=".75"')}
${rim('M31 268Q38 234 66 222', 5, 0.45)}
${shape('M98 200L130 262L162 200Z', '#fff')}${shape('M130 262L162 200L150 200L130 240Z', '#d8e3f3')}
${shape('M119 216h22l9 22-20 60-20-60z', 'url(#boss-tie)')}${shape('M113 204L130 200L147 204L143 224H117Z', tie)}
${shape('M117 224h26l-4-8h-18z', dark(tie, 0.4))}
${line('M116 246l27 13M120 268l18 9', light(tie, 0.5), 5, 0.7)}
${shape('M92 202L102 196L128 262L104 286Q90 246 92 202Z', dark(cloth, 0.3))}${shape('M92 202L102 196L112 222L96 238Z', dark(cloth, 0.12))}
${shape('M168 202L158 196L132 262L156 286Q170 246 168 202Z', dark(cloth, 0.5))}${shape('M168 202L158 196L148 222L164 238Z', dark(cloth, 0.3))}
${shape('M184 262l26-6 2 10-26 6z', dark(cloth, 0.4))}${shape('M186 262l4-14 8 8 6-12 6 12z', '#fff')}`;

/** @param {Look} look */
const head = ({ skin, hair }) => `
${shape('M104 174h52v32q-26 22-52 0z', mix(skin, '#a8552c', 0.42))}
${[[55, 1], [205, 0]].map(([x, lit]) => `${oval(x, 124, 19, 26, lit ? mix(skin, '#ffffff', 0.08) : dark(skin, 0.14))}
${oval(x + (lit ? 3 : -3), 126, 9, 15, mix(skin, '#b5502c', 0.42), 0.7)}`).join('')}
${shape(HEAD, 'url(#boss-skin)')}
${shape('M78 176Q102 214 158 194Q190 178 200 138Q190 200 130 200Q98 200 78 176Z', mix(skin, '#a8552c', 0.5), 'opacity=".32"')}
${shape('M54 112C40 46 78 20 104 18C92 6 134-10 168 8C206 12 224 56 205 112C204 88 196 72 184 62C150 74 104 70 80 58C64 74 58 90 54 112Z', 'url(#boss-hair)')}
${shape('M78 56C84 26 120 16 170 30C150 8 112 4 92 22C80 32 76 44 78 56Z', light(hair, 0.22))}
${shape('M108 20C132 8 164 16 182 40C160 26 132 22 108 20Z', light(hair, 0.36), 'opacity=".8"')}
${line('M92 64Q128 74 176 60', dark(hair, 0.5), 4, 0.35)}
${oval(82, 150, 16, 10, '#ff6f61', 0.42)}${oval(180, 148, 16, 10, '#ff6f61', 0.34)}
${shape('M126 118Q106 146 120 154Q134 160 146 150Q150 144 142 138Q134 134 133 118Z', mix(skin, '#c0602e', 0.3), 'opacity=".8"')}
${oval(122, 146, 6, 4, '#fff', 0.5)}
${rim('M66 96C70 62 84 46 100 38', 5, 0.35)}${rim('M64 128Q66 150 78 166', 4, 0.4)}`;

/** @param {Look} look @returns {Sprite} */
export const bust = (look) => sprite(260, 300, `${defs(
  ball('boss-skin', look.skin, 0.2), fall('boss-suit', look.suit, dark(look.suit, 0.42)),
  fall('boss-tie', look.tie, dark(look.tie, 0.34)), fall('boss-hair', look.hair, dark(look.hair, 0.45)),
)}${suit(look)}${head(look)}`, HOW);

const EYE = '#fff', INK = '#1b2240', MOUTH = '#6b1730', TONGUE = '#ff7d86';
const eyes = (ry = 21) => [101, 161].map((x) => `${oval(x, 116, 19, ry, EYE)}${line(`M${x - 18} ${116 - ry / 3}Q${x} ${112 - ry} ${x + 18} ${116 - ry / 3}`, INK, 3, 0.35)}`).join('');
/** @param {string} hair @param {string} left @param {string} right */
const brows = (hair, left, right) => line(left, hair, 11) + line(right, hair, 11);
/** @param {number} x @param {number} y */
const pupil = (x, y) => `${oval(x, y, 9.5, 10, INK)}${oval(x + 3.4, y - 4, 3.6, 3.6, '#fff')}`;
/** @param {number} x */
const spiral = (x) => `${oval(x, 116, 20, 20, EYE)}${line(`M${x} 116q4-5 7 0t-5 9t-14-3t0-17t20 1t4 20`, INK, 3.4)}`;

/** The six faces, and a blink. @type {Record<string, (look: Look) => string>} */
const FACES = {
  neutral: ({ hair }) => `${eyes()}${brows(hair, 'M78 88q22-15 44-1', 'M142 86q21-14 43 4')}
${shape('M90 164Q132 182 172 158Q166 194 128 192Q100 190 90 164Z', MOUTH)}${shape('M95 167Q132 182 168 162L163 172Q130 188 100 176Z', '#fff')}
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
  wow: ({ hair }) => `${eyes(26)}${brows(hair, 'M78 80q20-16 42-4', 'M142 76q22-12 42 4')}
${oval(131, 176, 17, 19, MOUTH)}${oval(131, 186, 11, 8, TONGUE)}`,
  blink: ({ hair, skin }) => `${[101, 161].map((x) => `${oval(x, 118, 19, 17, mix(skin, '#b5602c', 0.16))}${line(`M${x - 17} 121q17 13 34 0`, INK, 5)}`).join('')}
${brows(hair, 'M78 90q22-15 44-1', 'M142 88q21-14 43 4')}
${shape('M90 164Q132 182 172 158Q166 194 128 192Q100 190 90 164Z', MOUTH)}${shape('M95 167Q132 182 168 162L163 172Q130 188 100 176Z', '#fff')}`,
};

/** The names of the faces, in the order of the atlas. */
export const FACE_NAMES = Object.keys(FACES);

/** @param {string} name @param {Look} look @returns {Sprite} */
export const face = (name, look) => sprite(140, 140, `<g transform="translate(-62 -66)">${FACES[name](look)}</g>`, { cx: 68, cy: 46, k: 1.4 });

/** Both pupils, which follow the aim. @returns {Sprite} */
export const pupils = () => sprite(84, 24, `<g transform="translate(-91 -106)">${pupil(103, 118)}${pupil(159, 118)}</g>`, { cx: 39, cy: 6, k: 1.4 });

/** A hand on the desk's edge; mirrored for the other side. @param {Look} look @returns {Sprite} */
export const hand = ({ skin, suit: cloth }) => sprite(64, 62, `${defs(ball('hand-skin', skin, 0.2))}
${shape('M6 0h42l4 22H2z', dark(cloth, 0.2))}${shape('M2 20h50v11H2z', '#fff')}
${shape('M4 28Q2 50 10 56Q16 60 20 54Q26 62 32 55Q38 60 43 53Q52 54 53 42Q54 34 50 28Z', 'url(#hand-skin)')}
${line('M20 54V42M32 55V42M43 52V42', mix(skin, '#a8552c', 0.5), 3, 0.6)}${rim('M9 34v12', 3, 0.5)}`, { cx: 28, cy: 34, k: 1.25 });
