// @ts-check
/** Every drawing the view uses, by name, in a campaign's colours. */
import { bust, hand } from '../art/boss.js';
import { FACE_NAMES, face, pupils } from '../art/faces.js';
import * as targets from '../art/targets.js';
import * as things from '../art/things.js';

/** @typedef {import('../art/svg.js').Sprite} Sprite @typedef {import('../art/look.js').Look} Look */

/** What is further away is a little in the haze, in the colour of the hour: the three planes read at a glance. */
const HAZE = [0, 0.1, 0.2];
/** @type {Record<string, string>} */
const AIR = { day: '#cfeaf5', evening: '#ffd2bf', night: '#4a44a8' };

/** @param {Sprite} art @param {string} name @param {number} share @param {string} air @returns {Sprite} */
function inHaze(art, name, share, air) {
  const filter = `<filter id="haze-${name}" color-interpolation-filters="sRGB"><feFlood flood-color="${air}" flood-opacity="${share}"/><feComposite in2="SourceAlpha" operator="in"/><feMerge><feMergeNode in="SourceGraphic"/><feMergeNode/></feMerge></filter>`;
  return { ...art, body: `${filter}<g filter="url(#haze-${name})">${art.body}</g>` };
}

/** @param {Look} look @returns {Record<string, Sprite>} */
function targetsInPlanes(look) {
  /** @type {Record<string, Sprite>} */ const all = {};
  const arts = { can: targets.can(look), balloon: targets.balloon(look), duck: targets.duck(look), plant: targets.plant(look), gift: targets.gift(look) };
  for (const [kind, art] of Object.entries(arts)) {
    HAZE.forEach((share, plane) => { all[`${kind}${plane}`] = share ? inHaze(art, `${kind}${plane}`, share, AIR[look.time]) : art; });
  }
  return { ...all, star2: targets.star(look) };
}

/** @param {Look} look @returns {Record<string, Sprite>} */
export function createCast(look) {
  const faces = Object.fromEntries(FACE_NAMES.map((name) => [`face-${name}`, face(name, look)]));
  const shards = Object.entries({ can: look.can, balloon: look.balloon, duck: look.duck, star: look.star, leaf: look.plant, pot: look.pot, gift: look.gift, white: '#ffffff', water: '#6fd3ff' });
  return {
    bust: bust(look), ...faces, pupils: pupils(look), hand: hand(look), flag: things.flag(),
    desk: things.desk(look), mug: things.mug(look), papers: things.papers(),
    ...targetsInPlanes(look),
    dart: things.dart(look), stuck: things.stuck(look), blaster: things.blaster(look), reticle: things.reticle(),
    ...things.bits(), ...Object.fromEntries(shards.map(([name, colour]) => [`shard-${name}`, things.shard(colour, name)])),
  };
}
