// @ts-check
/** The rest of the stage: the dart and what throws it, the desk, and the small stuff that flies about. */
import { ball, choose, dark, defs, fall, light, line, mix, oval, rim, shape, sprite, tube } from './svg.js';

/** @typedef {import('./look.js').Look} Look @typedef {import('./svg.js').Sprite} Sprite */

/** Tip up, hung up at the tip. @param {Look} look @returns {Sprite} */
export const dart = ({ accent, blaster }) => sprite(44, 132, `${defs(tube('dart-foam', light(blaster, 0.12)), tube('dart-tip', accent))}
${shape('M22 2Q38 4 37 24V30H7V24Q6 4 22 2Z', 'url(#dart-tip)')}${shape('M7 26h30v7H7z', dark(accent, 0.35))}
${shape('M9 33h26v92q-13 8-26 0z', 'url(#dart-foam)')}${shape('M9 88h26v10q-13 7-26 0z', '#fff', 'opacity=".85"')}
${oval(22, 124, 13, 5, dark(blaster, 0.55))}${oval(22, 124, 6, 2.4, dark(blaster, 0.8))}${rim('M14 12v10M14 40v42', 4, 0.7)}`, { cx: 22, cy: 4 });

/** A dart seen from behind, stuck where it hit. @param {Look} look @returns {Sprite} */
export const stuck = ({ accent, blaster }) => sprite(64, 64, `${defs(ball('stuck-foam', blaster, 0.4))}
${oval(36, 38, 22, 20, '#0b2545', 0.28)}<circle cx="30" cy="30" r="20" fill="${dark(accent, 0.15)}"/><circle cx="28" cy="28" r="18" fill="url(#stuck-foam)"/>
<circle cx="28" cy="28" r="8" fill="${dark(blaster, 0.6)}"/>${rim('M15 26Q17 16 26 14', 4, 0.8)}`, { cx: 30, cy: 30 });

/** @param {number} x @param {Look} look a foam dart waiting in the drum, tip up */
const loaded = (x, { accent, blaster: colour }) => `${shape(`M${x - 12} 226V190H${x + 12}V226Z`, light(colour, 0.5))}${shape(`M${x - 12} 192Q${x - 12} 172 ${x} 172T${x + 12} 192Z`, accent)}${rim(`M${x - 6} 184v30`, 3, 0.6)}`;

/** The player's blaster from behind, tilted away; its muzzle points up. @param {Look} look @returns {Sprite} */
export const blaster = (look) => sprite(300, 340, `${defs(tube('gun-body', look.blaster), tube('gun-barrel', '#eef2f8'), tube('gun-tip', look.accent), fall('gun-drum', mix(look.star, '#ffffff', 0.3), mix(look.star, '#8a3a00', 0.35)), fall('gun-top', light(look.blaster, 0.5), look.blaster))}
${[78, 106, 194, 222].map((x) => loaded(x, look)).join('')}
${shape('M112 44H188L196 190H104Z', 'url(#gun-barrel)')}${shape('M109 96h82l1 13H108zM107 124h86l1 13H106zM106 152h88l1 13H105z', '#bccadd')}
${shape('M100 14Q100 6 108 6H192Q200 6 200 14L204 58Q150 72 96 58Z', 'url(#gun-tip)')}${shape('M97 46Q150 60 203 46L204 58Q150 72 96 58Z', dark(look.accent, 0.3))}
${oval(150, 12, 49, 13, light(look.accent, 0.5))}${oval(150, 13, 37, 8.5, '#3a2114')}
${shape('M52 222Q52 208 66 208H234Q248 208 248 222V272Q248 286 234 286H66Q52 286 52 272Z', 'url(#gun-drum)')}
${shape('M52 250H248V272Q248 286 234 286H66Q52 286 52 272Z', '#9a5b00', 'opacity=".28"')}${line('M82 214v66M218 214v66', '#a86400', 5, 0.55)}${rim('M64 222Q66 216 74 216H96', 5, 0.8)}
${shape('M92 340V204Q92 180 112 176H188Q208 180 208 204V340Z', 'url(#gun-body)')}
${shape('M118 340V206Q118 192 132 190H168Q182 192 182 206V340Z', 'url(#gun-top)')}${shape('M136 340V214Q136 206 142 206H158Q164 206 164 214V340Z', look.accent)}
${line('M142 232h16M142 248h16M142 264h16M142 280h16', dark(look.accent, 0.4), 5, 0.5)}
${shape('M140 150h20v44h-20z', look.accent)}${oval(150, 150, 13, 9, light(look.accent, 0.35))}${oval(150, 152, 5, 3.4, dark(look.accent, 0.5))}
${rim('M102 210Q102 190 118 184', 6, 0.7)}${rim('M108 20l3 28', 6, 0.6)}${rim('M121 60l-4 110', 5, 0.5)}`, { cx: 150, cy: 330 });

/** @param {string[]} colours top, its edge, front, its foot, drawers, their shade, knobs */
const table = ([top, edge, front, foot, drawer, deep, knob]) => `${defs(fall('desk-top', top, edge), fall('desk-front', front, foot))}
${oval(500, 84, 480, 8, '#0b2545', 0.22)}
${shape('M22 26H978L966 78Q964 84 956 84H44Q36 84 34 78Z', 'url(#desk-front)')}
<rect x="8" y="4" width="984" height="26" rx="12" fill="url(#desk-top)"/>${shape('M22 30H978V38H22Z', deep, 'opacity=".5"')}
${line('M30 11H960', '#fff2d6', 4, 0.75)}${line('M120 20h160M420 19h240M760 20h120', deep, 2.5, 0.4)}
${[150, 383, 617, 850].map((x) => `<rect x="${x - 84}" y="44" width="168" height="32" rx="8" fill="${deep}"/><rect x="${x - 84}" y="42" width="168" height="31" rx="8" fill="${drawer}"/>${oval(x, 58, 13, 7, knob)}${oval(x - 3, 56, 6, 2.6, '#fff6d8')}`).join('')}`;

/** The desk, longer than the world is wide: of wood, painted like a shop's counter, or of steel. @param {Look} look @returns {Sprite} */
export const desk = (look) => sprite(1000, 92, choose(look, 'place', {
  hills: () => table(['#eab676', '#c98b4e', '#b97a3f', '#84501f', '#c2854a', '#8f5a29', '#ffd77a']),
  town: () => table(['#fff4e2', '#e6c79f', look.tie, dark(look.tie, 0.45), light(look.tie, 0.18), dark(look.tie, 0.4), '#ffd77a']),
  city: () => table(['#5b50b8', '#3a3187', '#2c2568', '#171240', '#3a3187', '#1d174f', look.accent]),
}), { cx: 500, cy: 18 });

/** @param {Look} look @returns {Sprite} */
export const mug = ({ tie }) => sprite(76, 82, `${defs(tube('mug', '#ffffff'))}${oval(36, 75, 32, 6, '#0b2545', 0.28)}
${line('M60 30q18 2 15 18t-20 14', '#dfe8f3', 9)}${shape('M8 18Q36 28 64 18V66Q62 76 36 76Q10 76 8 66Z', 'url(#mug)')}${oval(36, 18, 28, 8, '#f4f7fb')}${oval(36, 19, 22, 5.5, '#6b3d1e')}
${shape('M36 66Q16 52 22 42Q30 34 36 44Q42 34 50 42Q56 52 36 66Z', tie)}`, { cx: 36, cy: 74 });

/** A pile of papers that nobody has read. @returns {Sprite} */
export const papers = () => sprite(130, 60, `${oval(62, 54, 58, 6, '#0b2545', 0.25)}
${[[44, -3, '#d9e4f1'], [34, 2, '#eef4fb'], [24, -2, '#dbe6f3'], [14, 1, '#ffffff']].map(([y, dx, fill]) => `<rect x="${10 + Number(dx)}" y="${y}" width="104" height="12" rx="3" fill="${fill}"/>`).join('')}
${line('M24 20h54M24 25h36', '#9db4d0', 2.5)}<rect x="86" y="10" width="20" height="12" rx="2" fill="#e63946"/>`, { cx: 62, cy: 54 });

/** Someone surrenders. @returns {Sprite} */
export const flag = () => sprite(120, 150, `${defs(fall('flag', '#ffffff', '#cfe0f2'))}${line('M20 8V148', '#a9713f', 8)}${line('M18 10V146', '#e0ab72', 3)}
${shape('M24 12Q48 0 70 14T116 14V68Q94 82 70 68T24 66Z', 'url(#flag)')}${line('M34 24Q52 14 68 24', '#fff', 5, 0.9)}`, { cx: 20, cy: 146 });

/** White, tinted when drawn on the atlas. @returns {Record<string, Sprite>} */
export const bits = () => ({
  puff: sprite(48, 48, `${defs('<radialGradient id="puff"><stop stop-color="#fff"/><stop offset=".6" stop-color="#fff" stop-opacity=".7"/><stop offset="1" stop-color="#fff" stop-opacity="0"/></radialGradient>')}${oval(24, 24, 24, 24, 'url(#puff)')}`),
  ring: sprite(128, 128, '<circle cx="64" cy="64" r="54" fill="none" stroke="#fff" stroke-width="12"/>'),
  spark: sprite(44, 44, shape('M22 0Q24 20 44 22Q24 24 22 44Q20 24 0 22Q20 20 22 0Z', '#fff6c9')),
});

/** Confetti, shards and leaves: one drawing in several colours. @param {string} colour @param {string} name */
export const shard = (colour, name) => sprite(26, 26, `${defs(ball(`shard-${name}`, colour, 0.2))}${shape('M4 6Q14-2 22 6Q28 16 18 23Q8 28 2 18Q0 10 4 6Z', `url(#shard-${name})`)}`);

/** Where the dart will go by the nearest plane. @returns {Sprite} */
export const reticle = () => sprite(120, 120, `<circle cx="60" cy="60" r="40" fill="none" stroke="#14213d" stroke-opacity=".4" stroke-width="11"/><circle cx="60" cy="60" r="40" fill="none" stroke="#fff" stroke-width="6"/>
${line('M60 8v24M60 88v24M8 60h24M88 60h24', '#14213d', 11, 0.4)}${line('M60 8v24M60 88v24M8 60h24M88 60h24', '#fff', 6)}<circle cx="60" cy="60" r="8" fill="#14213d" opacity=".4"/><circle cx="60" cy="60" r="6" fill="#ff8a1f"/>`);
