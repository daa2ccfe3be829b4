// @ts-check
/** A report in three taps: the flag, the reason, send. Then its receipt, which this browser remembers by its id. */
import { make, makeButton } from '../dom.js';
import { root } from '../root.js';
import { moveFocus } from './parts.js';
import { REASONS, sentenceOf } from './words.js';

/** @typedef {import('../texts.js').Texts} Texts @typedef {import('../keep.js').Keep} Keep */
/** @typedef {import('./wire.js').Told} Told */

const KEPT = 30; // receipts
const ID = /^[0-9a-f]{20}$/; // the twin of `new_id` in prizes/db.py
let made = 0;

/** The ids of this browser's receipts, by the comment's. @param {Keep} keep @returns {Record<string, string>} */
function readReceipts(keep) {
  try {
    return JSON.parse(keep.get('receipts') ?? '{}') ?? {};
  } catch {
    return {};
  }
}

/** The address of a comment's receipt, which is a page of ours whatever was kept. @param {Keep} keep @param {string} id the comment's */
export function receiptOf(keep, id) {
  const receipt = readReceipts(keep)[id] ?? '';
  return ID.test(receipt) ? `${location.origin}${root}/reports/${receipt}` : null;
}

/** The oldest are forgotten. @param {Keep} keep @param {string} id the comment's @param {string} receipt its id */
export function keepReceipt(keep, id, receipt) {
  const others = Object.entries(readReceipts(keep)).filter(([one]) => one !== id);
  keep.set('receipts', JSON.stringify(Object.fromEntries([...others, [id, receipt]].slice(-KEPT))));
}

/** @param {string} url @param {Texts} texts @param {string} text the key of what it says */
export const receiptLink = (url, texts, text) => make('a', { href: url, target: '_blank', rel: 'noopener' }, texts.say(text));

export class ReportForm {
  /** @param {Texts} texts @param {(told: Told) => Promise<void>} report @param {() => void} close */
  constructor(texts, report, close) {
    this.texts = texts;
    this.report = report;
    this.reason = '';
    this.id = `report-${made += 1}`;
    this.danger = make('p', { class: 'note warm', role: 'alert', hidden: true });
    this.text = make('textarea', { id: `${this.id}-text`, rows: '2', maxlength: '1000', dir: 'auto' });
    this.name = this.#field('name', 'text', 'name');
    this.email = this.#field('email', 'email', 'email');
    this.law = make('div', { hidden: true }, ...[this.name, this.email].flatMap((field) => [this.#label(field), field]));
    this.more = make('div', { class: 'more', hidden: true }, this.danger, this.#label(this.text), this.text, this.law);
    this.note = make('p', { class: 'note bad', role: 'alert', hidden: true });
    const choices = REASONS.map((reason) => make('label', {}, make('input', { type: 'radio', name: this.id, value: reason, onchange: () => this.#choose(reason) }), make('span', {}, texts.say(`comments.report.${reason}`))));
    this.send = makeButton(texts.say('comments.report.send'), () => { void this.#send(); }, 'small');
    this.send.hidden = true;
    this.element = make('fieldset', { class: 'ask', onkeydown: (/** @type {KeyboardEvent} */ event) => { if (event.key === 'Escape') close(); } },
      make('legend', {}, texts.say('comments.report.why')), make('div', { class: 'reasons' }, ...choices), this.more, this.note,
      make('p', { class: 'both' }, makeButton(texts.say('comments.cancel'), close, 'small plain'), this.send));
  }

  focus() { this.element.querySelector('input')?.focus(); }

  /** What was written for another reason stays. @param {string} reason */
  #choose(reason) {
    this.reason = reason;
    this.more.hidden = this.send.hidden = false;
    this.law.hidden = reason !== 'illegal';
    this.danger.hidden = reason !== 'danger'; // before it is filled: only then is it read out
    this.danger.textContent = this.danger.hidden ? '' : this.texts.say('comments.report.danger.hint');
  }

  /** @param {string} name @param {string} type @param {string} autocomplete */
  #field(name, type, autocomplete) { return make('input', { class: 'field', id: `${this.id}-${name}`, type, autocomplete, maxlength: '200' }); }

  /** @param {HTMLElement} field */
  #label({ id }) { return make('label', { for: id }, this.texts.say(`comments.report.${id.split('-')[2]}`)); }

  async #send() {
    const { reason, text, name, email } = this, told = { text, ...(reason === 'illegal' && { name, email }) };
    this.send.disabled = true;
    try {
      await this.report({ reason, ...Object.fromEntries(Object.entries(told).map(([part, { value }]) => [part, value]).filter(([, value]) => value.trim())) });
    } catch (problem) {
      this.note.textContent = sentenceOf(problem, this.texts);
      this.note.hidden = false;
      this.send.disabled = false;
      moveFocus(this.element, this.send);
    }
  }
}
