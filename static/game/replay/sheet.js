// @ts-check
/** The list of hits, wave by wave; a click goes there. */
import { byId, make } from '../dom.js';
import { multiplier } from '../sim/rules.js';
import { clockText } from './playhead.js';
import { byWave } from './record.js';

/** @typedef {import('./record.js').Hit} Hit @typedef {import('../texts.js').Texts} Texts */
/** `skins`: what a campaign's targets are in its theme. @typedef {{skins: Record<string, string>, colourOf: (kind: string) => string, seek: (tick: number) => void}} Hands */

const RUN_UP_TICKS = 24; // a click goes to this much before the dart takes off

export class Sheet {
  /** @param {Texts} texts @param {Hands} hands */
  constructor(texts, hands) {
    this.texts = texts;
    this.hands = hands;
    this.list = byId('replay-list');
    /** @type {readonly import('./record.js').Shot[]} */ this.shots = [];
    /** @type {{tick: number, row: HTMLElement}[]} */ this.rows = [];
    /** @type {HTMLElement | null} */ this.current = null;
  }

  /** @param {import('./record.js').Kept} record @param {import('./record.js').Judged} judged */
  fill({ shots, voids = [] }, { hits, thrown }) {
    this.shots = shots;
    const waves = new Map(byWave(hits));
    const shown = [...new Set([...waves.keys(), ...voids])].sort((a, b) => a - b);
    byId('replay-tally').textContent = this.texts.say('replay.tally', { hits: hits.length, misses: thrown - hits.length });
    this.list.replaceChildren(...shown.map((wave) => this.#wave(wave, waves.get(wave) ?? [], voids.includes(wave))));
    if (!shown.length) this.list.append(make('li', { class: 'empty' }, this.texts.say('replay.none')));
  }

  /** @param {number} wave @param {Hit[]} hits @param {boolean} isVoid */
  #wave(wave, hits, isVoid) {
    const points = hits.reduce((sum, hit) => sum + hit.points, 0);
    return make('li', {},
      make('h3', {}, make('span', {}, this.texts.say('wave.name', { number: wave })), make('span', {}, this.#signed(points))),
      isVoid && make('p', { class: 'void' }, this.texts.say('replay.void.text', { number: wave })),
      make('ol', {}, ...hits.map((hit) => this.#row(hit))));
  }

  /** @param {Hit} hit */
  #row({ tick, shot, kind, points, combo }) {
    const name = this.texts.say(`replay.hit.${this.hands.skins[kind] ?? kind}`);
    const times = multiplier(combo), chip = make('i', { class: `chip ${kind}`, 'aria-hidden': 'true' });
    chip.style.background = this.hands.colourOf(kind);
    const row = make('button', { type: 'button', onclick: () => this.hands.seek(this.shots[shot][0] - RUN_UP_TICKS) },
      make('time', {}, clockText(tick)), chip, make('b', {}, name),
      make('small', {}, times > 1 && points > 0 ? `×${times}` : ''), make('span', {}, this.#signed(points)));
    this.rows.push({ tick, row });
    return make('li', {}, row);
  }

  /** @param {number} points */
  #signed(points) {
    return `${points < 0 ? '−' : '+'}${this.texts.number(Math.abs(points))}`;
  }

  /** Mark the last hit up to a tick, and keep it in sight within the list. @param {number} tick */
  follow(tick) {
    let row = null;
    for (const one of this.rows) if (one.tick <= tick) row = one.row;
    if (row === this.current) return;
    this.current?.removeAttribute('aria-current');
    row?.setAttribute('aria-current', 'true');
    this.current = row;
    const top = row ? row.offsetTop - this.list.clientHeight / 2 : 0;
    this.list.scrollTo({ top });
  }
}
