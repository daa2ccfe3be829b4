// @ts-check
/** The rival's ghost: how far they were at the same moment of their round, beside one's own score. */
import { byId, make } from '../dom.js';
import { WAVES, waveOf } from '../sim/rules.js';
import { curveOf, scoreAt } from './curve.js';

/** @typedef {import('../types.js').Rival} Rival @typedef {import('../play.js').Play} Play @typedef {import('./curve.js').Step} Step */
/** @typedef {import('../texts.js').Texts} Texts */

const BUMP = [{ transform: 'translateX(-50%) scale(1.35)' }, { transform: 'translateX(-50%)' }], BUMP_MS = 260;

/** Fetch the rival's round and call its ghost; null for one that cannot be had, or whose darts do not come to its score. @param {Rival} rival @param {{api: import('../api.js').Api, texts: Texts}} hands */
export async function callGhost(rival, { api, texts }) {
  const record = await api.call(`/rounds/${encodeURIComponent(rival.round_id)}/replay`).catch(() => null);
  const curve = record && curveOf(record);
  return curve && new Ghost(rival, curve, texts);
}

/** A lead as it is written beside a score. @param {number} lead @param {Texts} texts */
export const signed = (lead, texts) => `${lead > 0 ? '+' : lead < 0 ? '−' : '±'}${texts.number(Math.abs(lead))}`;

export class Ghost {
  /** @param {Rival} rival @param {Step[]} curve @param {Texts} texts */
  constructor(rival, curve, texts) {
    this.rival = rival;
    this.curve = curve;
    this.texts = texts;
    this.wave = 0;
    /** @type {[mine: number, theirs: number]} */ this.shown = [-1, -1];
    this.lead = make('b', { class: 'lead' });
    this.mine = make('i', { class: 'own' });
    this.theirs = make('i', { class: 'theirs' });
    this.card = make('div', { class: 'rival', hidden: true },
      make('span', { class: 'who' }, rival.alias), make('div', { class: 'race' }, this.mine, this.theirs), this.lead);
    byId('hud').append(this.card);
  }

  /** Go along with a ranked round; a calm one is slower, and runs against nobody. @param {Play | null} play */
  step(play) {
    const course = play && !play.course.isCalm ? play.course : null;
    this.card.hidden = !course;
    if (!course) {
      this.wave = 0;
      return;
    }
    const tick = Math.max(0, Math.floor(course.moment().tick)), theirs = scoreAt(this.curve, tick);
    if (course.sim.score !== this.shown[0] || theirs !== this.shown[1]) this.#show(course.sim.score, theirs);
    this.#speak(Math.min(WAVES, waveOf(tick)), course.sim.score - theirs);
  }

  /** @param {number} mine @param {number} theirs */
  #show(mine, theirs) {
    const lead = mine - theirs, goal = Math.max(this.rival.score, mine);
    if (theirs !== this.shown[1] && document.documentElement.dataset.motion === 'full') this.theirs.animate(BUMP, BUMP_MS);
    this.shown = [mine, theirs];
    this.lead.textContent = signed(lead, this.texts);
    this.card.dataset.lead = lead > 0 ? 'ahead' : lead < 0 ? 'behind' : 'level';
    this.mine.style.left = `${(mine / goal) * 100}%`;
    this.theirs.style.left = `${(theirs / goal) * 100}%`;
  }

  /** For those who do not see it, with the score that is told as each wave begins. @param {number} wave @param {number} lead */
  #speak(wave, lead) {
    if (wave === this.wave) return;
    const isFirst = this.wave === 0;
    this.wave = wave;
    if (!isFirst) byId('spoken').textContent += ` ${sayLead(lead, this.rival, this.texts)}`;
  }
}

/** @param {number} lead @param {Rival} rival @param {Texts} texts */
export const sayLead = (lead, { alias }, texts) => texts.say(`duel.${lead > 0 ? 'ahead' : lead < 0 ? 'behind' : 'level'}`, { alias, points: Math.abs(lead) });
