// @ts-check
/** The boss without a face: a bust and a hand. The faces share its grid, centred on the head. */
import { behindHead, head } from './head.js';
import { ball, choose, dark, defs, fall, light, line, mix, rim, shape, sprite } from './svg.js';

/** @typedef {import('./look.js').Look} Look @typedef {import('./svg.js').Sprite} Sprite */

const HOW = { cx: 130, cy: 136, k: 1.4 };
const ROOM = 24; // above the grid, for hair that stands up

/** @param {Look} look */
const suit = ({ suit: cloth }) => `
${shape('M22 300C20 236 48 214 92 204L168 204C212 214 240 236 238 300Z', 'url(#boss-suit)')}
${shape('M22 300C20 236 48 214 92 204L110 204Q84 250 92 300Z', light(cloth, 0.16), 'opacity=".75"')}
${rim('M31 268Q38 234 66 222', 5, 0.45)}
${shape('M98 200L130 262L162 200Z', '#fff')}${shape('M130 262L162 200L150 200L130 240Z', '#d8e3f3')}`;

/** @param {Look} look */
const lapels = ({ suit: cloth }) => `
${shape('M92 202L102 196L128 262L104 286Q90 246 92 202Z', dark(cloth, 0.3))}${shape('M92 202L102 196L112 222L96 238Z', dark(cloth, 0.12))}
${shape('M168 202L158 196L132 262L156 286Q170 246 168 202Z', dark(cloth, 0.5))}${shape('M168 202L158 196L148 222L164 238Z', dark(cloth, 0.3))}
${shape('M184 262l26-6 2 10-26 6z', dark(cloth, 0.4))}${shape('M186 262l4-14 8 8 6-12 6 12z', '#fff')}`;

/** @param {Look} look */
const tie = ({ tie: cloth }) => `${shape('M119 216h22l9 22-20 60-20-60z', 'url(#boss-tie)')}${shape('M113 204L130 200L147 204L143 224H117Z', cloth)}
${shape('M117 224h26l-4-8h-18z', dark(cloth, 0.4))}${line('M116 246l27 13M120 268l18 9', light(cloth, 0.5), 5, 0.7)}`;

/** @param {Look} look */
const bow = ({ tie: cloth }) => `${shape('M130 226Q108 204 88 206Q82 226 90 246Q110 246 130 226Z', 'url(#boss-tie)')}${shape('M130 226Q152 204 172 206Q178 226 170 246Q150 246 130 226Z', dark(cloth, 0.18))}
${line('M96 214q12 4 22 9M96 237q12-3 22-9M164 214q-12 4-22 9M164 237q-12-3-22-9', dark(cloth, 0.5), 4, 0.5)}
<rect x="119" y="214" width="22" height="24" rx="8" fill="${light(cloth, 0.24)}"/>${rim('M94 214Q104 212 112 218', 4, 0.6)}`;

/** @param {Look} look */
const scarf = ({ tie: cloth }) => `${shape('M146 222L186 226L196 286Q180 294 164 286Z', dark(cloth, 0.22))}${line('M158 258l32-6M162 272l32-6', '#fff', 5, 0.75)}
${shape('M80 200Q76 180 98 184Q130 206 164 182Q184 182 180 204Q180 226 158 234Q130 242 102 234Q80 226 80 200Z', 'url(#boss-tie)')}
${shape('M84 214Q104 232 132 232Q160 230 178 210Q180 226 158 234Q130 242 102 234Q88 228 84 214Z', dark(cloth, 0.4), 'opacity=".45"')}
${line('M102 192q-6 18-2 34M124 200q-2 18 2 34M152 194q4 18-2 36', '#fff', 5, 0.7)}${rim('M87 196q0 14 6 20', 5, 0.5)}`;

/** @param {Look} look @returns {Sprite} */
export const bust = (look) => sprite(260, 300 + ROOM, `<g transform="translate(0 ${ROOM})">${defs(
  ball('boss-skin', look.skin, 0.2, mix(look.skin, '#ffe6c4', 0.52)), fall('boss-suit', look.suit, dark(look.suit, 0.42)),
  fall('boss-tie', look.tie, dark(look.tie, 0.34)), fall('boss-hair', look.hair, dark(look.hair, 0.45)),
)}${behindHead(look)}${suit(look)}${choose(look, 'neckwear', { tie: () => tie(look) })}${lapels(look)}${head(look)}
${choose(look, 'neckwear', { bow: () => bow(look), scarf: () => scarf(look) })}</g>`, HOW);

/** A hand on the desk's edge; mirrored for the other side. @param {Look} look @returns {Sprite} */
export const hand = ({ skin, suit: cloth }) => sprite(64, 62, `${defs(ball('hand-skin', skin, 0.2))}
${shape('M6 0h42l4 22H2z', dark(cloth, 0.2))}${shape('M2 20h50v11H2z', '#fff')}
${shape('M4 28Q2 50 10 56Q16 60 20 54Q26 62 32 55Q38 60 43 53Q52 54 53 42Q54 34 50 28Z', 'url(#hand-skin)')}
${line('M20 54V42M32 55V42M43 52V42', mix(skin, '#a8552c', 0.5), 3, 0.6)}${rim('M9 34v12', 3, 0.5)}`, { cx: 28, cy: 34, k: 1.25 });
