// @ts-check
/**
 * What else targets can look like. Each fills the same circle as the drawing whose place it takes, and keeps a
 * silhouette of its own, so that kinds are told apart by shape in every mix of skins.
 */
import { ball, dark, defs, fall, light, line, mix, oval, rim, shape, tube } from './svg.js';

/** @typedef {import('./look.js').Look} Look */

/** A paper cup with its lid; stands where a can does. @param {Look} look */
const cup = ({ can: colour, accent }) => `${defs(tube('can-side', '#fbf6ea'), tube('can-label', colour), tube('can-lid', mix(colour, '#ffffff', 0.86)))}
${line('M66 14q-8-8 0-14M88 12q-8-6 0-12', '#fff', 5, 0.7)}
${shape('M28 44Q84 58 140 44L126 148Q84 166 42 148Z', 'url(#can-side)')}
${shape('M32 70Q84 86 136 70L128 128Q84 146 40 128Z', 'url(#can-label)')}
<g transform="translate(84 106)"><circle r="20" fill="#fff"/>${shape('M0 14C-22 0-14-13-6-11Q-2-10 0-5Q2-10 6-11C14-13 22 0 0 14Z', accent)}</g>
${shape('M24 40Q84 60 144 40V47Q84 68 24 47Z', dark(colour, 0.35), 'opacity=".35"')}
${shape('M20 26Q84 8 148 26V42Q84 62 20 42Z', 'url(#can-lid)')}${oval(84, 24, 60, 12, light(colour, 0.92))}${oval(84, 23, 46, 7, mix(colour, '#ffffff', 0.6))}
${oval(106, 24, 9, 3, dark(colour, 0.5))}${rim('M44 62L55 142', 6, 0.6)}${rim('M28 33v8', 5, 0.9)}`;

/** A tin robot with a key in its back. @param {Look} look */
const robot = ({ can: colour, accent, star }) => `${defs(tube('can-side', colour), tube('can-label', light(colour, 0.2)))}
${line('M84 18V6', '#8b9db3', 6)}<circle cx="84" cy="6" r="6" fill="${accent}"/>
${shape('M22 96H146V128Q146 138 138 138H130V102H38V138H30Q22 138 22 128Z', dark(colour, 0.4))}${oval(30, 139, 12, 10, '#c6d3e2')}${oval(138, 139, 12, 10, '#aebdce')}
<rect x="40" y="86" width="88" height="66" rx="10" fill="url(#can-label)"/><rect x="30" y="18" width="108" height="72" rx="14" fill="url(#can-side)"/>
<rect x="40" y="30" width="88" height="46" rx="10" fill="#17163f"/>
${[64, 104].map((x) => `<circle cx="${x}" cy="50" r="12" fill="${accent}"/><circle cx="${x - 3}" cy="46" r="4" fill="#fff"/>`).join('')}${line('M68 68h32', accent, 4)}
${oval(26, 52, 8, 13, '#c6d3e2')}${oval(142, 52, 8, 13, '#8b9db3')}
<rect x="54" y="98" width="60" height="36" rx="7" fill="${dark(colour, 0.5)}"/><circle cx="71" cy="116" r="10" fill="#fff"/>${line('M71 116l5-6', '#e02e3d', 3.5)}
${['#ff5a6e', star, '#3fe08a'].map((lamp, i) => `<circle cx="${89 + i * 9}" cy="${116}" r="4" fill="${lamp}"/>`).join('')}
${rim('M38 34Q40 24 50 24H76', 5, 0.75)}${rim('M47 100v40', 5, 0.5)}`;

/** A muffin with a cherry, held up by its swirl. @param {Look} look */
const muffin = ({ balloon: colour, star }) => `${defs(ball('balloon', light(colour, 0.18), 0.34), fall('balloon-case', '#f7e3bf', '#c99458'))}
${shape('M26 92H130L116 148Q78 160 40 148Z', 'url(#balloon-case)')}${line('M42 100l8 48M60 102l5 52M78 102v54M96 102l-5 52M114 100l-8 48', '#9a6430', 4, 0.45)}
${shape('M14 92Q2 66 26 58Q22 34 48 30Q56 12 78 12Q102 12 108 30Q134 34 130 58Q154 66 142 92Q136 108 120 100Q110 114 94 104Q78 116 62 104Q46 114 36 100Q20 108 14 92Z', 'url(#balloon)')}
${line('M26 60Q74 84 130 58M47 32Q78 52 109 32', dark(colour, 0.5), 6, 0.3)}${line('M30 54Q54 66 84 66M52 28Q66 36 84 38', '#fff', 5, 0.5)}
${[[40, 76, 30], [66, 52, -40], [98, 80, 20], [120, 70, -30], [92, 46, 60], [70, 90, -10]].map(([x, y, turn], i) => `<rect x="${x - 6}" y="${y - 2}" width="12" height="5" rx="2.5" fill="${[star, '#fff', '#7fe0d8'][i % 3]}" transform="rotate(${turn} ${x} ${y})"/>`).join('')}
${line('M80 4q4-12 16-4', '#3f8a3f', 4)}<circle cx="78" cy="14" r="14" fill="#d3122f"/>${oval(73, 9, 4, 5, '#fff', 0.8)}${rim('M36 106l8 36', 5, 0.6)}`;

/** A paper lantern that floats up by night. @param {Look} look */
const lantern = ({ balloon: colour, star }) => `${defs(`<radialGradient id="balloon" cx=".46" cy=".5" r=".62"><stop stop-color="${light(star, 0.55)}"/><stop offset=".45" stop-color="${light(colour, 0.25)}"/><stop offset="1" stop-color="${dark(colour, 0.28)}"/></radialGradient>`)}
${line('M78 152V176', '#ffd77a', 4)}${shape('M70 174h16l4 36H66z', light(colour, 0.3))}${line('M74 184v22M82 184v22', dark(colour, 0.4), 2.5, 0.6)}
${shape('M48 16H108C168 40 168 118 108 142H48C-12 118-12 40 48 16Z', 'url(#balloon)')}
${line('M58 16C20 44 20 114 58 142M98 16C136 44 136 114 98 142M78 16V142', dark(colour, 0.45), 3, 0.4)}${line('M8 62Q78 74 148 62M8 98Q78 110 148 98', dark(colour, 0.45), 3, 0.25)}
${[4, 140].map((y) => `<rect x="44" y="${y}" width="68" height="16" rx="6" fill="#2b1838"/><rect x="44" y="${y}" width="68" height="6" rx="3" fill="#ffd77a"/>`).join('')}
${rim('M20 66Q24 40 46 28', 8, 0.7)}`;

/** A hen on her nest; looks to the right. @param {Look} look */
const hen = ({ duck: colour, accent, tie }) => `${defs(ball('duck', colour, 0.22), fall('duck-nest', '#d9a24f', '#8f5f22'))}
${shape('M20 90Q-2 60 4 26Q20 30 28 44Q28 26 40 20Q52 34 54 58Z', dark(colour, 0.18))}
${shape('M12 84Q22 58 50 66Q82 76 90 38Q94 12 116 12Q142 14 142 42Q144 58 150 80Q154 122 116 134Q76 146 42 134Q10 120 12 84Z', 'url(#duck)')}
${shape('M150 92Q146 134 84 140Q40 140 16 108Q50 126 96 120Q136 114 150 92Z', dark(colour, 0.45), 'opacity=".2"')}
${shape('M44 86Q76 68 104 88Q100 118 70 116Q48 110 44 86Z', mix(colour, '#b5703a', 0.3))}${line('M56 94q10 10 20 2q8 10 18 0', dark(colour, 0.4), 4, 0.45)}
${shape('M100 16Q92 2 104 0Q112-2 114 6Q120-4 128 2Q132 8 128 14Q138 10 140 18Q140 24 134 26Q116 10 100 16Z', '#e02e3d')}${shape('M138 54Q150 58 146 72Q136 76 132 62Z', '#e02e3d')}
${shape('M136 34Q156 36 162 46Q150 54 134 50Z', accent)}${shape('M136 44Q150 48 162 46Q150 56 134 51Z', dark(accent, 0.26))}
${oval(119, 38, 7.5, 9, '#14213d')}${oval(122, 34, 2.6, 3, '#fff')}${shape('M90 62Q112 78 140 64L142 76Q112 90 86 74Z', tie)}
${rim('M96 34Q100 20 112 18', 5, 0.75)}${rim('M22 78Q18 96 30 112', 5, 0.6)}
${shape('M4 122Q82 146 160 122Q158 150 132 156Q82 164 34 156Q8 150 4 122Z', 'url(#duck-nest)')}${line('M10 130l26 8M30 146l32-6M54 134l34 12M84 148l36-10M112 134l30 10M128 148l26-18M40 154l30-4M2 122l22 2M140 126l22-6', '#f0cd86', 4, 0.8)}`;

/** A toy rocket that flies to the right. @param {Look} look */
const rocket = ({ duck: colour, accent, star }) => `${defs(fall('duck', light(colour, 0.6), colour, dark(colour, 0.4)), fall('duck-nose', light(accent, 0.5), accent, dark(accent, 0.4)), fall('duck-fire', star, '#ff5a2e'))}
${shape('M34 56Q4 50-2 80Q4 110 34 104Z', 'url(#duck-fire)')}${shape('M34 66Q14 66 8 80Q14 94 34 94Z', '#fff6d8')}
${shape('M82 52L52 12Q36 6 18 14L40 60ZM82 108L52 148Q36 154 18 146L40 100Z', 'url(#duck-nose)')}
${shape('M40 42H110Q150 50 168 80Q150 110 110 118H40Q30 80 40 42Z', 'url(#duck)')}
${shape('M118 43Q152 52 168 80Q152 108 118 117Q128 80 118 43Z', 'url(#duck-nose)')}
${shape('M28 52Q28 46 34 46H44V114H34Q28 114 28 108Z', '#c6d3e2')}${shape('M28 92H44V114H34Q28 114 28 108Z', '#7c8aa5')}
${line('M56 46V114', dark(colour, 0.5), 4, 0.4)}<circle cx="100" cy="78" r="17" fill="#fff"/><circle cx="100" cy="78" r="11.5" fill="#17306e"/>${shape('M91 80Q92 69 103 69Q96 73 95 84Z', '#8fd0ff')}
${shape('M36 74H78Q88 80 78 86H36Q28 80 36 74Z', accent)}${rim('M62 51H104Q124 54 138 62', 6, 0.7)}`;

/** By the kind of target that they dress. */
export const SKINS = { can: { cup, robot }, balloon: { muffin, lantern }, duck: { hen, rocket } };
