// @ts-check
/** What can be shot at. Each drawing fills the circle that the rules hit: same centre, about the same radius. */
import { cup, hen, lantern, muffin, robot, rocket } from './skins.js';
import { ball, choose, dark, defs, fall, light, line, mix, oval, rim, shape, sprite, tube } from './svg.js';

/** @typedef {import('./look.js').Look} Look @typedef {import('./svg.js').Sprite} Sprite */

/** What a target that cannot fly stands on, by place: grass on earth, icing on cake, light on steel. */
const GROUNDS = {
  hills: ['#6cc35a', '#4fae52', '#3f9a4f', '#9be07a', '#a9713f', '#6e4424'],
  town: ['#fff3df', '#f7dfc0', '#e3bf98', '#ffffff', '#c98a52', '#8a5030'],
  city: ['#45e0ff', '#2bb4f0', '#3a3f9e', '#b5f6ff', '#3d3690', '#1d1850'],
};
/** @param {string[]} colours @param {string} id @param {number} x middle @param {number} y top @param {number} size */
const turf = ([top, drip, edge, lit, soil, deep], id, x, y, size) => `${defs(fall(`${id}-soil`, soil, deep))}<g transform="translate(${x} ${y}) scale(${size})">
${shape('M-76 4Q-61 30-23 34Q0 52 19 34Q61 30 76 4Z', `url(#${id}-soil)`)}${shape('M-38 14q10 8 20 0zM15 22q8 7 18 0z', deep, 'opacity=".5"')}
${oval(0, 4, 76, 13, edge)}${oval(0, 0, 76, 12, top)}
${shape('M-76 3Q-68 22-55 13Q-46 30-30 16Q-18 34-5 17Q9 32 23 16Q38 28 50 13Q68 20 76 3Z', drip)}${oval(-15, -2, 46, 6, lit, 0.7)}</g>`;
/** @param {Look} look @param {string} id @param {number} x @param {number} y @param {number} size */
const ground = (look, id, x, y, size) => choose(look, 'place', Object.fromEntries(Object.entries(GROUNDS).map(([place, colours]) => [place, () => turf(colours, id, x, y, size)])));

/** @param {Look} look */
const tin = ({ can: colour, accent }) => `${defs(tube('can-side', colour), tube('can-label', '#fdfdf8'), tube('can-lid', '#c6d3e2'))}
${shape('M34 30Q84 46 134 30V146Q84 170 34 146Z', 'url(#can-side)')}
${shape('M34 58Q84 76 134 58V118Q84 140 34 118Z', 'url(#can-label)')}
<g transform="translate(84 96) scale(1 1.04)"><circle r="25" fill="${accent}"/><circle r="17" fill="#fff"/><circle r="9.5" fill="${accent}"/></g>
${shape('M34 140Q84 162 134 140V147Q84 171 34 147Z', 'url(#can-lid)')}
${oval(84, 28, 50, 14, '#e9f0f7')}${oval(84, 28, 42, 10, '#aebdce')}${shape('M43 30Q84 20 125 30Q112 39 84 38Q56 39 43 30Z', '#8b9db3')}
${rim('M47 44V136', 7, 0.6)}${line('M122 46V136', '#fff', 3, 0.25)}`;

/** @param {Look} look */
const toyBalloon = ({ balloon: colour }) => `${defs(ball('balloon', colour, 0.4))}
${line('M78 160q-13 14 0 26t2 24', '#f4f8ff', 3.5, 0.9)}
${shape('M78 6C122 6 148 40 145 78C142 116 106 142 78 150C50 142 14 116 11 78C8 40 34 6 78 6Z', 'url(#balloon)')}
${shape('M141 92C132 122 104 142 78 150C66 146 52 139 40 129C84 138 122 124 141 92Z', dark(colour, 0.5), 'opacity=".3"')}
${shape('M68 147h20l9 15q-19 7-38 0z', dark(colour, 0.3))}${shape('M66 148q12 5 24 0l-3 6H69z', light(colour, 0.2))}
${rim('M33 58Q40 28 68 22', 10, 0.8)}${oval(29, 78, 5.5, 7, '#fff', 0.75)}${rim('M128 100Q118 122 100 132', 4, 0.35)}`;

/** @param {Look} look */
const toyDuck = ({ duck: colour, accent }) => `${defs(ball('duck', colour, 0.2), fall('duck-wave', '#6fd3ff', '#1f86d8'))}
${shape('M14 84Q2 50 24 54Q44 74 78 66Q68 42 84 22Q106-6 134 14Q152 32 138 62Q156 74 148 100Q138 134 78 134Q24 132 14 84Z', 'url(#duck)')}
${shape('M148 92Q144 134 78 134Q40 132 22 108Q56 126 96 120Q132 114 148 92Z', dark(colour, 0.45), 'opacity=".22"')}
${shape('M46 88Q74 64 112 84Q108 116 76 116Q52 112 46 88Z', mix(colour, '#e67a00', 0.4))}${shape('M46 88Q74 64 112 84Q104 96 92 92Q88 102 74 97Q66 106 56 100Q48 96 46 88Z', mix(colour, '#e67a00', 0.18))}
${shape('M136 32Q156 32 164 42Q154 54 134 50Z', accent)}${shape('M136 42Q152 46 164 42Q156 56 134 51Z', dark(accent, 0.24))}
${oval(117, 32, 8.5, 10, '#14213d')}${oval(120, 28, 3, 3.4, '#fff')}${oval(104, 50, 9, 5.5, '#ff6f3c', 0.45)}
${rim('M84 34Q94 14 112 12', 6, 0.75)}${rim('M22 66Q22 86 34 102', 5, 0.55)}
${shape('M0 126q14-14 28 0t28 0t28 0t28 0t28 0t28-2v12q-12 20-84 20T0 136Z', 'url(#duck-wave)')}
${line('M3 126q12-12 25 0t28 0t28 0t28 0t28 0t24-1', '#fff', 5, 0.85)}${line('M26 144q14 6 28 0M92 148q16 4 30-3', '#fff', 4, 0.45)}`;

/** @param {Look} look @returns {Sprite} */
export const can = (look) => sprite(168, 206, `${ground(look, 'can', 84, 154, 1)}${oval(88, 154, 54, 9, '#0b2545', 0.3)}
${choose(look, 'canSkin', { can: () => tin(look), cup: () => cup(look), robot: () => robot(look) })}`, { cx: 84, cy: 96 });

/** @param {Look} look @returns {Sprite} */
export const balloon = (look) => sprite(156, 214, choose(look, 'balloonSkin', { balloon: () => toyBalloon(look), muffin: () => muffin(look), lantern: () => lantern(look) }), { cx: 78, cy: 78 });

/** @param {Look} look @returns {Sprite} */
export const duck = (look) => sprite(168, 160, choose(look, 'duckSkin', { duck: () => toyDuck(look), hen: () => hen(look), rocket: () => rocket(look) }), { cx: 82, cy: 80 });

const STAR = 'M64 4Q70 4 73 12L84 38Q86 43 91 44L118 47Q130 50 121 60L101 78Q97 82 98 87L104 113Q105 126 93 120L69 106Q64 103 59 106L35 120Q23 126 24 113L30 87Q31 82 27 78L7 60Q-2 50 10 47L37 44Q42 43 44 38L55 12Q58 4 64 4Z';

/** @param {Look} look @returns {Sprite} */
export const star = ({ star: colour }) => sprite(188, 188, `${defs(ball('star', colour, 0.3), `<radialGradient id="star-glow"><stop stop-color="#fff6c2" stop-opacity=".95"/><stop offset=".55" stop-color="#ffe27a" stop-opacity=".45"/><stop offset="1" stop-color="#ffe27a" stop-opacity="0"/></radialGradient>`)}
${oval(94, 94, 94, 94, 'url(#star-glow)')}<g transform="translate(36 35) scale(.91)">
${shape(STAR, light(colour, 0.8), 'transform="translate(-3.2 -2.4) scale(1.05)"')}${shape(STAR, 'url(#star)')}
${shape('M64 66L101 78Q97 82 98 87L104 113Q105 126 93 120L69 106Q64 103 64 100ZM64 66L84 38Q86 43 91 44L118 47Q128 49 122 59Z', dark(colour, 0.4), 'opacity=".22"')}
${oval(50, 62, 5.5, 7.5, '#7a3d00')}${oval(78, 62, 5.5, 7.5, '#7a3d00')}${oval(52, 59, 2, 2.4, '#fff')}${oval(80, 59, 2, 2.4, '#fff')}${line('M54 76q10 9 20 0', '#7a3d00', 4.5)}
${oval(41, 73, 6, 4, '#ff7a3c', 0.6)}${oval(87, 73, 6, 4, '#ff7a3c', 0.6)}${rim('M57 22L47 44', 6, 0.9)}</g>`);

/** @param {string} d @param {string} colour @param {string} vein */
const leaf = (d, colour, vein) => shape(d, colour) + line(vein, light(colour, 0.45), 2.6, 0.7);

/** The one to leave alone: another silhouette, and a cross that needs no colour to be read. @param {Look} look @returns {Sprite} */
export const plant = (look) => sprite(156, 196, `${ground(look, 'plant', 78, 150, 0.8)}${potted(look)}`, { cx: 78, cy: 92 });
/** @param {Look} look */
const potted = ({ plant: green, pot }) => `${defs(tube('plant-pot', pot))}
${oval(80, 150, 38, 7, '#0b2545', 0.3)}
${leaf('M76 96Q34 92 14 54Q52 48 72 74Z', dark(green, 0.18), 'M26 60Q52 70 70 88')}${leaf('M80 96Q120 94 144 58Q104 48 86 74Z', dark(green, 0.32), 'M132 64Q106 72 88 88')}
${leaf('M74 96Q40 60 46 18Q80 36 82 84Z', light(green, 0.16), 'M54 30Q68 56 77 84')}${leaf('M80 98Q78 46 110 16Q126 58 90 96Z', green, 'M108 32Q94 60 86 88')}
${leaf('M76 98Q60 62 80 34Q96 66 84 98Z', light(green, 0.3), 'M79 46Q78 70 80 92')}
${shape('M46 100H112L104 148Q79 160 54 148Z', 'url(#plant-pot)')}${shape('M40 90H118V106Q79 118 40 106Z', 'url(#plant-pot)')}${shape('M46 107Q79 118 112 107L111 113Q79 125 47 113Z', dark(pot, 0.6), 'opacity=".5"')}
${rim('M52 96V104M57 116L61 142', 4.5, 0.5)}
<g transform="translate(84 128)"><circle r="23" fill="#0b2545" opacity=".25" cx="1.5" cy="2.5"/><circle r="22" fill="#fff"/><circle r="18" fill="#e02e3d"/><path d="M-7.5-7.5l15 15M7.5-7.5l-15 15" stroke="#fff" stroke-width="6" stroke-linecap="round"/></g>`;

/** @param {Look} look @returns {Sprite} */
export const gift = ({ gift: colour, star: ribbon }) => sprite(184, 152, `${defs(fall('gift-box', light(colour, 0.2), dark(colour, 0.3)), fall('gift-lid', light(colour, 0.4), colour), fall('gift-wing', '#fff', '#bcd9f5'))}
${shape('M48 74Q14 74 2 38Q20 46 26 44Q14 32 14 18Q44 26 54 58Z', 'url(#gift-wing)')}${shape('M136 74Q170 74 182 38Q164 46 158 44Q170 32 170 18Q140 26 130 58Z', 'url(#gift-wing)')}
${line('M20 48Q36 58 48 62M164 48Q148 58 136 62', '#8fb9e6', 3, 0.8)}
${shape('M46 74H138V136Q138 146 128 146H56Q46 146 46 136Z', 'url(#gift-box)')}${shape('M114 74h24v62q0 10-10 10h-14z', dark(colour, 0.5), 'opacity=".3"')}
${shape('M82 74h20v72H82z', ribbon)}${shape('M94 74h8v72h-8z', dark(ribbon, 0.2))}
<rect x="38" y="54" width="108" height="24" rx="7" fill="url(#gift-lid)"/>${shape('M82 54h20v24H82z', light(ribbon, 0.3))}${shape('M46 78h92v6H46z', dark(colour, 0.6), 'opacity=".35"')}
${shape('M92 54Q58 58 52 34Q52 14 72 20Q88 28 92 54Z', ribbon)}${shape('M92 54Q126 58 132 34Q132 14 112 20Q96 28 92 54Z', dark(ribbon, 0.12))}
${shape('M88 50Q70 50 64 36Q66 28 74 32Q84 38 88 50Z', dark(ribbon, 0.34))}${shape('M96 50Q114 50 120 36Q118 28 110 32Q100 38 96 50Z', dark(ribbon, 0.42))}
<rect x="82" y="43" width="20" height="17" rx="7" fill="${light(ribbon, 0.35)}"/>${rim('M45 61H76M53 86V132', 4.5, 0.6)}`, { cx: 92, cy: 90, k: 0.92 });
