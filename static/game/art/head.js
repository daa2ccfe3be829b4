// @ts-check
/** The boss's head without a face: skin, hair and beard, or the picture that a brand has put there. */
import { choose, dark, either, light, line, mix, oval, rim, shape } from './svg.js';

/** @typedef {import('./look.js').Look} Look */

export const HEAD = 'M130 26C186 26 206 72 203 122C201 150 192 168 174 184Q154 200 130 200Q106 200 86 184C68 168 59 150 57 122C54 72 74 26 130 26Z';
const CURLS = [[56, 98, 22], [60, 66, 25], [82, 38, 27], [114, 20, 28], [148, 18, 28], [180, 34, 27], [201, 62, 25], [206, 96, 21], [100, 48, 22], [134, 42, 22], [166, 50, 22]];

/** What lies behind the head. @param {Look} look */
export const behindHead = (look) => either(look, 'picture', () => '', () => choose(look, 'hairstyle', {
  bun: () => `${oval(132, 10, 36, 32, 'url(#boss-hair)')}${line('M108 2Q128-12 152-2M104 16Q128-2 160 14', light(look.hair, 0.3), 5, 0.7)}
${shape('M50 130C36 60 70 18 130 18C190 18 226 60 210 130Q200 156 192 160L68 162Q56 156 50 130Z', dark(look.hair, 0.3))}`,
}));

/** Hair that lies on the head. @type {Record<string, (look: Look) => string>} */
const HAIR = {
  short: ({ hair }) => `${shape('M54 112C40 46 78 20 104 18C92 6 134-10 168 8C206 12 224 56 205 112C204 88 196 72 184 62C150 74 104 70 80 58C64 74 58 90 54 112Z', 'url(#boss-hair)')}
${shape('M78 56C84 26 120 16 170 30C150 8 112 4 92 22C80 32 76 44 78 56Z', light(hair, 0.22))}
${shape('M108 20C132 8 164 16 182 40C160 26 132 22 108 20Z', light(hair, 0.36), 'opacity=".8"')}
${line('M92 64Q128 74 176 60', dark(hair, 0.5), 4, 0.35)}`,
  bun: ({ hair, tie }) => `${shape('M52 122C38 48 84 16 132 18C186 18 222 56 206 122C202 98 194 82 180 74C148 74 122 60 108 40C102 66 66 80 52 122Z', 'url(#boss-hair)')}
${shape('M62 84C66 46 92 26 122 22Q106 32 104 44C98 64 76 70 62 84Z', light(hair, 0.2))}
${line('M122 30Q140 56 182 62M136 26Q158 48 192 62', light(hair, 0.34), 4.5, 0.6)}${line('M108 42Q124 64 176 76', dark(hair, 0.5), 4, 0.35)}
${[50, 210].map((x) => oval(x, 154, 8, 8, tie) + oval(x - 2, 151, 3, 3, '#fff', 0.8)).join('')}`,
  curls: ({ hair }) => CURLS.map(([x, y, r]) => oval(x, y, r, r, 'url(#boss-hair)')).join('')
    + line(CURLS.map(([x, y, r]) => `M${x - r * 0.55} ${y - 2}q${r * 0.1} ${-r * 0.5} ${r * 0.6} ${-r * 0.5}`).join(''), light(hair, 0.32), 5, 0.75),
  bald: ({ hair, skin }) => `${shape('M57 132C44 112 46 84 66 70C58 92 60 110 57 132ZM203 132C216 112 214 84 194 70C202 92 200 110 203 132Z', hair)}
${oval(112, 50, 34, 15, light(skin, 0.7), 0.7)}${oval(158, 48, 8, 5, light(skin, 0.7), 0.6)}`,
};

/** @param {Look} look */
const hair = (look) => choose(look, 'hairstyle', Object.fromEntries(Object.entries(HAIR).map(([style, draw]) => [style, () => draw(look)])));

/** The beard that the mouth opens in. @param {Look} look */
const beard = (look) => choose(look, 'beard', {
  full: () => `${shape('M56 118Q66 150 92 148Q130 134 168 147Q194 150 204 116C210 160 200 190 178 206Q156 222 130 222Q102 222 82 206C60 190 50 160 56 118Z', look.hair)}
${shape('M62 148C66 176 82 196 108 206Q92 212 82 204C62 188 58 168 62 148Z', light(look.hair, 0.24), 'opacity=".8"')}${line('M96 208q8 8 18 9M140 216q14-2 24-9', dark(look.hair, 0.5), 4, 0.4)}
${oval(131, 174, 40, 17, mix(look.skin, '#a8552c', 0.4))}`,
});

/** @param {Look} look */
const drawnHead = (look) => `${shape(HEAD, 'url(#boss-skin)')}
${shape('M78 176Q102 214 158 194Q190 178 200 138Q190 200 130 200Q98 200 78 176Z', mix(look.skin, '#a8552c', 0.5), 'opacity=".32"')}
${hair(look)}
${oval(82, 150, 16, 10, '#ff6f61', 0.42)}${oval(180, 148, 16, 10, '#ff6f61', 0.34)}${beard(look)}
${shape('M126 118Q106 146 120 154Q134 160 146 150Q150 144 142 138Q134 134 133 118Z', mix(look.skin, '#c0602e', 0.3), 'opacity=".8"')}
${oval(122, 146, 6, 4, '#fff', 0.5)}
${rim('M66 96C70 62 84 46 100 38', 5, 0.35)}${choose(look, 'beard', { none: () => rim('M64 128Q66 150 78 166', 4, 0.4) })}
${choose(look, 'glasses', { round: () => ARMS, square: () => ARMS })}`;
const ARMS = line('M72 110L52 104M190 110L208 104', '#231a3a', 6);

/** @param {Look} look */
const pictured = ({ picture }) => `<clipPath id="boss-head"><path d="${HEAD}"/></clipPath><image href="${picture}" x="52" y="24" width="156" height="178" preserveAspectRatio="xMidYMid slice" clip-path="url(#boss-head)"/>
<path d="${HEAD}" fill="none" stroke="#fff" stroke-width="5"/>`;

/** Neck, ears, and what is between them. @param {Look} look */
export const head = (look) => `
${shape('M104 174h52v32q-26 22-52 0z', mix(look.skin, '#a8552c', 0.42))}
${[[55, 1], [205, 0]].map(([x, lit]) => `${oval(x, 124, 19, 26, lit ? mix(look.skin, '#ffffff', 0.08) : dark(look.skin, 0.14))}
${oval(x + (lit ? 3 : -3), 126, 9, 15, mix(look.skin, '#b5502c', 0.42), 0.7)}`).join('')}
${either(look, 'picture', () => pictured(look), () => drawnHead(look))}`;
