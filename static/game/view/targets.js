// @ts-check
/** Targets between two ticks: they pop in, sway, and shrink away when their time is up. */
import { Q } from '../sim/rules.js';

/** @typedef {import('./pen.js').Pen} Pen @typedef {import('../sim/targets.js').SeenTarget} SeenTarget */
/** @typedef {{kind: string, plane: number, x: number, y: number, size: number, turn: number, wide: number, key: string}} Shown */

const POP_TICKS = 12;
const ONE = 1 << Q;
/** @type {Record<string, number>} */
const NATURAL = { can: 78, balloon: 72, duck: 64, star: 44, plant: 56, gift: 50 }; // the radius each was drawn for

/** Past the end and back: a pop. @param {number} share */
const pop = (share) => 1 + 2.7 * (share - 1) ** 3 + 1.7 * (share - 1) ** 2;

/** @param {SeenTarget} target @param {number} tick */
function grown({ t0, t1 }, tick) {
  const coming = Math.min(1, (tick - t0) / POP_TICKS), going = Math.min(1, (t1 - tick) / POP_TICKS);
  return Math.max(0, coming < 1 ? pop(coming) : going < 1 ? going : 1);
}

/** @type {Record<string, (tick: number, i: number) => number>} */
const TURNS = {
  can: (tick, i) => Math.sin(tick * 0.05 + i) * 0.035,
  balloon: (tick, i) => Math.sin(tick * 0.045 + i * 2) * 0.1,
  duck: (tick, i) => Math.sin(tick * 0.11 + i) * 0.08,
  star: (tick) => Math.sin(tick * 0.09) * 0.22,
  plant: (tick, i) => Math.sin(tick * 0.035 + i) * 0.03,
  gift: (tick, i) => Math.sin(tick * 0.07 + i) * 0.07,
};

/**
 * What to draw at a moment.
 * @param {{targetsAt: (tick: number) => SeenTarget[]}} sim @param {number} moment
 * @returns {Shown[]}
 */
export function targetsShown(sim, moment) {
  const tick = Math.max(0, Math.floor(moment)), part = moment - tick;
  const next = new Map(sim.targetsAt(tick + 1).map((target) => [`${target.wave}:${target.index}`, target]));
  return sim.targetsAt(tick).map((target) => {
    const key = `${target.wave}:${target.index}`, to = next.get(key) ?? target;
    return {
      key, kind: target.kind, plane: target.plane,
      x: (target.x + (to.x - target.x) * part) / ONE, y: (target.y + (to.y - target.y) * part) / ONE,
      size: (grown(target, moment) * target.r) / (NATURAL[target.kind] ?? target.r),
      turn: TURNS[target.kind]?.(moment, target.index) ?? 0,
      wide: target.kind === 'duck' && to.x < target.x ? -1 : 1,
    };
  });
}

/** @param {Pen} pen @param {Shown} shown */
export function drawTarget(pen, { kind, plane, x, y, size, turn, wide }) {
  pen.stamp(`${kind}${plane}`, x, y, { size, turn, wide });
}
