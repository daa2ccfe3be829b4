// @ts-check
/**
 * Where it all happens: three layers behind the field for each place, back to front, drawn far beyond the world's
 * 720 x 1280 so that no screen shows an edge. Only the server draws them, into the page.
 */
import { choose, line, mix, oval, shape } from './svg.js';

/** @typedef {import('./look.js').Look} Look @typedef {(colour: string) => string} Paint */

const LEFT = -1800, RIGHT = 2520, BOTTOM = 2300;
/** What the hour mixes into the colours of the far, the middle and the near layer: green needs a warmer evening. */
const GLOW = ['#e98a86', '#e27a84', '#8f4a72'], GLOW_ON_GREEN = ['#f5b48e', '#e5a552', '#6e5a4a'], NIGHT = ['#3c3794', '#1c1c58', '#141340'];

/** A colour of the day as the hour shows it. @param {Look} look @param {number} depth @param {string[]} [glow] @returns {Paint} */
const at = (look, depth, glow = GLOW) => (colour) => choose(look, 'time', {
  day: () => colour, evening: () => mix(colour, glow[depth], 0.38), night: () => mix(colour, NIGHT[depth], 0.72),
});
/** Light in windows and lamps, which shows when the sun is gone. @param {Look} look @param {string} byDay @param {string} lit */
const lamp = (look, byDay, lit) => choose(look, 'time', { day: () => byDay, evening: () => lit, night: () => lit });

/** @param {string} body @param {number} x @param {number} y @param {number} [k] */
const hung = (body, x, y, k = 1) => `<g transform="translate(${x} ${y})${k === 1 ? '' : ` scale(${k})`}">${body}</g>`;
/** One group again and again along the horizon, every other one turned round. @param {string} id @param {number} wide @param {string} body */
const row = (id, wide, body) => `<g id="${id}">${body}</g>${[-2, -1, 1, 2, 3].map((n) => `<use href="#${id}" transform="translate(${n * wide + (n & 1 ? wide : 0)} 0)${n & 1 ? ' scale(-1 1)' : ''}"/>`).join('')}`;

/** A smooth range of ground: a hump and a hollow in turn. @param {number} y @param {number} step @param {number} high @param {string} fill */
function range(y, step, high, fill) {
  let d = `M${LEFT} ${y}q${step / 2} ${-high} ${step} 0`;
  for (let x = LEFT + step, i = 1; x < RIGHT; x += step, i += 1) d += `t${step} ${((i * 7) % 5 - 2) * 4}`;
  return shape(`${d}V${BOTTOM}H${LEFT}Z`, fill);
}
/** @param {number} y @param {string} fill */
const floor = (y, fill) => shape(`M${LEFT} ${y}H${RIGHT}V${BOTTOM}H${LEFT}Z`, fill);

/** @param {Paint} paint */
const tree = (paint) => `${line('M0 0V-40', paint('#7a5636'), 9)}${[[0, -66, 34, 38], [-22, -48, 22, 22], [22, -50, 24, 24]].map(([x, y, rx, ry]) => oval(x, y, rx, ry, paint('#459c60'))).join('')}${oval(-9, -76, 20, 20, paint('#7fca7d'), 0.8)}`;
/** @param {Paint} paint */
const pine = (paint) => `${shape('M0-120L34-58H18L44-14H-44L-18-58H-34Z', paint('#3c8f6a'))}${shape('M0-120L-34-58H-18L-44-14H-6Z', paint('#54aa7c'))}${line('M0-14V0', paint('#7a5636'), 10)}`;
/** @param {Paint} paint */
const bush = (paint) => `${[[0, 0, 60, 44], [-48, 12, 40, 32], [50, 12, 42, 34]].map(([x, y, rx, ry]) => oval(x, y, rx, ry, paint('#2c8450'))).join('')}${[[-16, -14, 34, 22], [-56, 4, 20, 14], [44, 0, 22, 15]].map(([x, y, rx, ry]) => oval(x, y, rx, ry, paint('#4aa863'), 0.8)).join('')}`;
/** @param {string} fill @param {Paint} paint */
const flower = (fill, paint) => `${line('M0 0V26', paint('#1f6b3d'), 4)}<circle r="9" fill="${fill}"/><circle r="4" fill="#fff6d8"/>`;

/** An office block, where the boss should be. @param {Look} look @param {Paint} paint @param {number[]} size */
const tower = (look, paint, [x, w, h]) => `${shape(`M${x} 600V${470 - h}h${w}V600z`, paint('#a7d0f2'))}${shape(`M${x} 600V${470 - h}h${w * 0.36}V600z`, paint('#bfe0f8'))}<path d="M${x + w * 0.56} ${494 - h}v${h}M${x + w * 0.8} ${494 - h}v${h}" stroke="${lamp(look, '#d9eefc', '#ffe19a')}" stroke-width="7" stroke-dasharray="12 11" opacity=".8"/>`;

/** Meadows under a far skyline. @param {Look} look */
const hills = (look) => {
  const [far, middle, near] = [0, 1, 2].map((depth) => at(look, depth, GLOW_ON_GREEN));
  return [
    `${row('sky-line', 900, [[-150, 70, 130], [20, 84, 150], [112, 64, 240], [-60, 60, 90], [560, 74, 210], [640, 100, 140]].map((size) => tower(look, far, size)).join(''))}
${range(450, 360, 46, far('#a5d6cf'))}${range(520, 270, 34, far('#8fcdb0'))}`,
    `${[[-1100, 0.8], [-700, 1.1], [-460, 0.8], [-180, 0.9], [-90, 0.7], [60, 0.62], [664, 0.7], [800, 1], [900, 0.75], [1180, 1.1], [1500, 0.8]].map(([x, k]) => hung(pine(middle), x, 640 - (x % 7) * 3, k)).join('')}
${range(648, 430, 44, middle('#77c391'))}${[[-980, 1], [-560, 1.4], [-300, 1], [-30, 0.8], [748, 0.9], [1000, 1.4], [1350, 1]].map(([x, k]) => hung(tree(middle), x, 838, k)).join('')}
${range(850, 520, 40, middle('#5fb373'))}`,
    `${range(1070, 600, 34, near('#479f5f'))}${oval(360, 1120, 330, 36, near('#6bbf6d'), 0.35)}
${[[-1040, 2], [-560, 1.5], [-240, 1.7], [10, 0.8], [716, 0.9], [980, 1.8], [1290, 1.5], [1700, 2]].map(([x, k]) => hung(bush(near), x, 1190, k)).join('')}
${range(1220, 700, 30, near('#2f8a50'))}${[[-330, 1], [-190, 2], [60, 1], [118, 2], [196, 3], [540, 0], [610, 3], [668, 1], [880, 2], [1010, 1]].map(([x, n], i) => hung(flower(near(['#ff8a1f', '#ffcf33', '#ff6f91', '#ffffff'][n]), near), x, 1222 + (i * 37) % 40)).join('')}`,
  ];
};

/** A gabled house. @param {Look} look @param {Paint} paint @param {[number, number, number, string, string]} size x, width, height, wall, roof */
const house = (look, paint, [x, w, h, wall, roof]) => `${shape(`M${x} 640V${460 - h}h${w}V640z`, paint(wall))}${shape(`M${x + w * 0.7} 640V${460 - h}h${w * 0.3}V640z`, paint('#8a5a6a'), 'opacity=".2"')}
${shape(`M${x - 8} ${462 - h}L${x + w / 2} ${404 - h}L${x + w + 8} ${462 - h}Z`, paint(roof))}<path d="M${x + w * 0.26} ${560 - h}V600M${x + w * 0.5} ${560 - h}V600M${x + w * 0.74} ${560 - h}V600" stroke="${lamp(look, '#7d8fb8', '#ffdf8f')}" stroke-width="13" stroke-dasharray="18 20"/>`;
/** A church tower with a clock. @param {Look} look @param {Paint} paint */
const church = (look, paint) => `<g transform="translate(0 -70)">${shape('M612 710V300h64V710z', paint('#f3dcc0'))}${shape('M654 710V300h22V710z', paint('#8a5a6a'), 'opacity=".2"')}${shape('M604 302L644 180L684 302Z', paint('#6a7f9c'))}${shape('M604 302L644 180L640 302Z', paint('#86a0bd'))}<circle cx="644" cy="336" r="18" fill="${lamp(look, '#ffffff', '#fff0bf')}"/>${line('M644 324v12h8', '#5a4a5a', 3.5)}</g>`;
/** A market stall under a striped awning. @param {Look} look @param {Paint} paint */
const stall = (look, paint) => `${shape('M-92-76H92V60H-92Z', paint('#8a5646'))}${shape('M-92-76H92V-20H-92Z', lamp(look, '#a86f55', '#ffcf7d'))}${shape('M-104 0H104V66H-104Z', paint('#c98a5a'))}${oval(-48, -4, 26, 14, paint('#e6b872'))}${oval(8, -6, 30, 16, paint('#d99a55'))}${oval(62, -4, 24, 13, paint('#efcb8c'))}
${shape('M-104-120H104L124-66H-124Z', '#fff3df')}${[-104, -42, 20].map((x, i) => shape(`M${x}-120h31L${x + 31 + [0, 5, 12][i]}-66h-37L${x + [-20, -9, 3][i]}-66Z`, mix(look.accent, '#ffffff', 0.12))).join('')}`;
/** A street lamp. @param {Look} look @param {Paint} paint */
const lantern = (look, paint) => `${choose(look, 'time', { day: () => '', evening: () => oval(0, -300, 86, 86, '#ffe3a0', 0.22), night: () => oval(0, -300, 96, 96, '#ffe3a0', 0.26) })}${line('M0 0V-262', paint('#41485f'), 10)}${line('M-16 0H16', paint('#41485f'), 14)}${shape('M-20-326H20L14-264H-14Z', lamp(look, '#eef6ff', '#fff0b8'))}${shape('M-27-322L0-346L27-322Z', paint('#41485f'))}`;
/** Tubs of flowers. @param {Paint} paint */
const tub = (paint) => `${[[0, 0, 60, 40], [-44, 10, 34, 28], [46, 10, 36, 28]].map(([x, y, rx, ry]) => oval(x, y, rx, ry, paint('#4f9a6a'))).join('')}${[[-50, -4], [-18, -26], [16, -8], [44, -16], [66, 6], [-70, 12]].map(([x, y], i) => oval(x, y, 11, 11, paint(['#ff7fa5', '#fff3df', '#ffc857'][i % 3]))).join('')}${shape('M-82 14H82L70 66H-70Z', paint('#b8683f'))}${shape('M-82 14H82L79 28H-79Z', paint('#d98a5a'))}`;

const BULBS = `M${LEFT} 262${'q180 100 360 0'.repeat(12)}`; // a string of lights from house to house

/** A square in an old town. @param {Look} look */
const town = (look) => {
  const [far, middle, near] = [0, 1, 2].map((depth) => at(look, depth));
  return [
    `${range(440, 520, 60, far('#b9cfae'))}${[-820, 0, 800].map((x) => hung(church(look, far), x, 0)).join('')}${row('old-town', 720, [[-10, 96, 120, '#ffe9c9', '#c9684a'], [88, 84, 170, '#f6c9b4', '#a9503f'], [174, 110, 90, '#fdf3df', '#c9684a'], [286, 90, 150, '#cfe3da', '#b35a44'], [378, 104, 100, '#ffdcae', '#a9503f'], [484, 88, 186, '#f3b9a8', '#c9684a'], [572, 60, 80, '#fdf3df', '#b35a44'], [652, 80, 130, '#ffe0bb', '#a9503f']].map((size) => house(look, far, /** @type {[number, number, number, string, string]} */ (size))).join(''))}
${line(BULBS, far('#7a5a6a'), 3)}<path d="${BULBS}" fill="none" stroke="${lamp(look, '#ffffff', '#fff3b8')}" stroke-width="12" stroke-linecap="round" stroke-dasharray="0 31"/>
${range(606, 300, 26, far('#9cc08d'))}`,
    `${[[-620, 1.1], [-250, 1], [20, 0.72], [704, 0.72], [960, 1], [1320, 1.1]].map(([x, k]) => hung(tree(middle), x, 680, k)).join('')}
${range(664, 900, 10, middle('#e9cfae'))}${[5, 4, 3, 2, 1].map((n) => oval(360, 830 + n * 26, 150 + n * 190, 50 + n * 62, middle(n & 1 ? '#f6e3c6' : '#e9cfae'))).join('')}${[[-420, 0.9], [-110, 0.84], [830, 0.84], [1140, 0.9]].map(([x, k]) => hung(stall(look, middle), x, 690, k)).join('')}`,
    `${range(1080, 1100, 14, near('#dcb892'))}${[[-820, 1.1], [-320, 1], [18, 0.8], [702, 0.8], [1040, 1], [1540, 1.1]].map(([x, k]) => hung(lantern(look, near), x, 1180, k)).join('')}
${[[-820, 1.5], [-300, 1.5], [30, 0.8], [696, 0.8], [1030, 1.5], [1480, 1.5]].map(([x, k]) => hung(tub(near), x, 1200, k)).join('')}${range(1240, 900, 12, near('#b98d70'))}`,
  ];
};

/** A tower block with rows of windows. @param {Look} look @param {Paint} paint @param {[number, number, number, string]} size x, width, height, wall */
const block = (look, paint, [x, w, h, wall]) => `${shape(`M${x} 700V${540 - h}h${w}V700z`, paint(wall))}${shape(`M${x} 700V${540 - h}h${w * 0.3}V700z`, '#ffffff', 'opacity=".14"')}<path d="${[0.22, 0.5, 0.78].map((share) => `M${x + w * share} ${562 - h}V640`).join('')}" stroke="${lamp(look, '#e4f3ff', '#ffd98a')}" stroke-width="${w * 0.13}" stroke-dasharray="9 13 9 35 9 13" stroke-dashoffset="${x % 40}" opacity=".6"/>`;
/** A tube of light. @param {string} d @param {string} colour @param {number} [width] */
const neon = (d, colour, width = 6) => line(d, colour, width * 3, 0.25) + line(d, colour, width) + line(d, '#fff', width * 0.35, 0.75);
/** A house at the edge with a sign on its wall. @param {Look} look @param {Paint} paint @param {string} colour */
const corner = (look, paint, colour) => `${shape('M-170 0V-420H-40V-360H0V0z', paint('#7f95c9'))}${shape('M-40 0V-360H0V0z', paint('#6a7fb5'))}<path d="M-150-390V-60M-118-390V-60M-86-390V-60M-60-390V-60" stroke="${lamp(look, '#dcebff', '#ffd98a')}" stroke-width="17" stroke-dasharray="22 20 22 62" opacity=".8"/>${shape('M-26-330H-4V-190H-26Z', paint('#2c2c66'))}${neon('M-15-314v30M-15-268v24M-15-228v24', colour, 5)}`;
/** A barrier with a strip of light. @param {Look} look @param {Paint} paint */
const barrier = (look, paint) => `${shape('M-110-44H110L120 20H-120Z', paint('#5a63a8'))}${shape('M-110-44H110L113-26H-113Z', paint('#8b95d6'))}${neon('M-92-8H92', look.accent, 5)}`;

/** Towers, and a floor of lights. @param {Look} look */
const city = (look) => {
  const [far, middle, near] = [0, 1, 2].map((depth) => at(look, depth));
  const rays = [-2400, -1500, -900, -500, -220, 0, 220, 500, 900, 1500, 2400].map((x) => `M${360 + x * 0.22} 650L${360 + x} 1240`).join('');
  return [
    `${row('sky-line', 720, [[20, 84, 190, '#9fbbe8'], [112, 60, 330, '#b3ccf2'], [180, 96, 240, '#94b2e2'], [470, 80, 260, '#a9c4ee'], [556, 64, 380, '#b9d0f5'], [628, 92, 220, '#94b2e2']].map((size) => block(look, far, /** @type {[number, number, number, string]} */ (size))).join('') + line('M142 210v-60M588 160v-70', far('#8fa9dc'), 5))}
${row('low-line', 760, [[-40, 110, 90, '#7f9bd6'], [74, 74, 150, '#8ba7df'], [152, 120, 60, '#748fcc'], [276, 150, 70, '#7f9bd6'], [430, 110, 80, '#748fcc'], [544, 70, 160, '#8ba7df'], [618, 100, 100, '#7f9bd6']].map((size) => block(look, far, /** @type {[number, number, number, string]} */ (size))).join('') + neon('M90 380h44M560 372v70', look.balloon, 5) + neon('M640 430h56v20h-56z', look.accent, 4))}`,
    `${floor(648, middle('#8fa3d8'))}<path d="${rays}M${LEFT} 672H${RIGHT}M${LEFT} 706H${RIGHT}M${LEFT} 756H${RIGHT}M${LEFT} 828H${RIGHT}M${LEFT} 930H${RIGHT}" fill="none" stroke="${lamp(look, '#c8d6f7', look.accent)}" stroke-width="3.5" opacity=".38"/>
${line(`M${LEFT} 650H${RIGHT}`, lamp(look, '#dbe6ff', look.accent), 5, 0.8)}${[[12, 1], [-560, 1.2], [-300, 0.9]].map(([x, k]) => hung(corner(look, middle, look.balloon), x, 700, k)).join('')}${[[708, 1], [1010, 0.9], [1290, 1.2]].map(([x, k]) => `<g transform="translate(${x} 700) scale(${-k} ${k})">${corner(look, middle, look.duck)}</g>`).join('')}`,
    `${floor(1090, near('#7284c4'))}${neon(`M${LEFT} 1092H${RIGHT}`, lamp(look, '#dbe6ff', look.gift), 5)}
${[[-900, 1.5], [-500, 1.2], [-180, 1.1], [50, 0.8], [676, 0.8], [900, 1.1], [1240, 1.2], [1640, 1.5]].map(([x, k]) => hung(barrier(look, near), x, 1190, k)).join('')}${floor(1226, near('#5566a8'))}`,
  ];
};

/** The three layers of each place. @type {Record<string, (look: Look) => string[]>} */
const PLACES = { hills, town, city };

/** Markup of the three layers, far to near. @param {Look} look */
export const layers = (look) => ['far', 'middle', 'near'].map((name, depth) => [name, choose(look, 'place', Object.fromEntries(Object.entries(PLACES).map(([where, draw]) => [where, () => draw(look)[depth]])))]);
