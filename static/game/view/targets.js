// @ts-check
/** Targets between two ticks: they pop in, sway, and shrink away when their time is up. */
import { FAR, Q, WAVES } from '../sim/rules.js';

/** @typedef {import('./pen.js').Pen} Pen @typedef {import('../sim/targets.js').Target} Target */

const POP_TICKS = 12;
const ONE = 1 << Q;
const IN_A_WAVE = 16; // more than any wave holds
/** @type {Record<string, number>} */
const NATURAL = { can: 78, balloon: 72, duck: 64, star: 44, plant: 56, gift: 50 }; // the radius each was drawn for

/** The drawing of a kind in each plane. @type {Record<string, string[]>} */
export const DRAWINGS = Object.fromEntries(Object.keys(NATURAL).map((kind) => [kind, Array.from({ length: FAR + 1 }, (_, plane) => `${kind}${plane}`)]));

/** Past the end and back: a pop. @param {number} share */
const pop = (share) => 1 + 2.7 * (share - 1) ** 3 + 1.7 * (share - 1) ** 2;

/** @param {number} first @param {number} end @param {number} moment ticks */
function grown(first, end, moment) {
  const coming = Math.min(1, (moment - first) / POP_TICKS), going = Math.min(1, (end - moment) / POP_TICKS);
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

/** A target as it shows. `seen` tells whether it was ever drawn. */
export class Shown {
  constructor() {
    this.name = '';
    this.plane = 0;
    this.x = this.y = 0;
    this.size = this.wide = 1;
    this.turn = 0;
  }

  /** @param {Target} target @param {number} tick @param {number} part of the way to the next tick */
  follow(target, tick, part) {
    const { kind, plane, index } = target;
    const x = target.x(tick), y = target.y(tick), toX = target.x(tick + 1), toY = target.y(tick + 1);
    this.name = DRAWINGS[kind][plane];
    this.plane = plane;
    this.x = (x + (toX - x) * part) / ONE;
    this.y = (y + (toY - y) * part) / ONE;
    this.size = (grown(target.first, target.end, tick + part) * target.radius) / NATURAL[kind];
    this.turn = TURNS[kind](tick + part, index);
    this.wide = kind === 'duck' && toX < x ? -1 : 1;
  }
}

/** What shows at a moment; every place is made once, and remembers where its target was last seen. */
export class Crowd {
  constructor() {
    this.places = Array.from({ length: (WAVES + 1) * IN_A_WAVE }, () => new Shown());
    /** @type {Shown[]} the first `count` of them show now */ this.shown = [];
    this.count = 0;
    this.tick = 0;
    this.part = 0;
  }

  /** @param {{eachTarget: (tick: number, visit: (target: Target) => void) => void}} sim @param {number} moment ticks, may be a fraction */
  look(sim, moment) {
    this.count = 0;
    this.tick = Math.max(0, Math.floor(moment));
    this.part = Math.max(0, moment - this.tick);
    sim.eachTarget(this.tick, this.#see);
  }

  /** @param {Target} target */
  #see = (target) => {
    const place = this.at(target.wave, target.index);
    place.follow(target, this.tick, this.part);
    this.shown[this.count++] = place;
  };

  /** @param {number} wave @param {number} index */
  at(wave, index) { return this.places[wave * IN_A_WAVE + index]; }

  /** A new round: nothing was seen yet. */
  forget() {
    this.count = 0;
    for (const place of this.places) place.name = '';
  }

  /** @param {Pen} pen @param {number} plane */
  draw(pen, plane) {
    for (let i = 0; i < this.count; i += 1) {
      const { name, x, y, size, turn, wide, plane: its } = this.shown[i];
      if (its === plane) pen.stamp(name, x, y, size, turn, 1, wide);
    }
  }
}
