// @ts-check
/** A report in three taps: the flag, the reason, send. Then its receipt, which this browser remembers. */
import { make, makeButton } from '../dom.js';
import { REASONS, sentenceOf } from './words.js';

/** @typedef {import('../texts.js').Texts} Texts @typedef {import('../keep.js').Keep} Keep */
/** @typedef {import('./wire.js').Told} Told */

const KEPT = 30; // receipts
let made = 0;

/** The addresses of this browser's receipts, by the comment's id. @param {Keep} keep @returns {Record<string, string>} */
function readReceipts(keep) {
  try {
    return JSON.parse(keep.get('receipts') ?? '{}') ?? {};
  } catch {
    return {};
  }
}

/** @param {Keep} keep @param {string} id the comment's */
export const receiptOf = (keep, id) => readReceipts(keep)[id] ?? null;

/** The oldest are forgotten. @param {Keep} keep @param {string} id the comment's @param {string} url */
export function keepReceipt(keep, id, url) {
  const others = Object.entries(readReceipts(keep)).filter(([one]) => one !== id);
  keep.set('receipts', JSON.stringify(Object.fromEntries([...others, [id, url]].slice(-KEPT))));
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
    this.more = make('div', { class: 'more', hidden: true });
    this.note = make('p', { class: 'note bad', role: 'alert', hidden: true });
    const choices = REASONS.map((reason) => make('label', {}, make('input', { type: 'radio', name: this.id, value: reason, onchange: () => this.#choose(reason) }), make('span', {}, texts.say(`comments.report.${reason}`))));
    this.send = makeButton(texts.say('comments.report.send'), () => { void this.#send(); }, 'small');
    this.send.hidden = true;
    this.element = make('fieldset', { class: 'ask', onkeydown: (/** @type {KeyboardEvent} */ event) => { if (event.key === 'Escape') close(); } },
      make('legend', {}, texts.say('comments.report.why')), make('div', { class: 'reasons' }, ...choices), this.more, this.note,
      make('p', { class: 'both' }, makeButton(texts.say('comments.cancel'), close, 'small plain'), this.send));
  }

  focus() { this.element.querySelector('input')?.focus(); }

  /** @param {string} reason */
  #choose(reason) {
    const { texts } = this, isLaw = reason === 'illegal';
    this.reason = reason;
    this.more.hidden = false;
    this.send.hidden = false;
    const written = this.more.querySelector('textarea')?.value ?? '';
    const text = make('textarea', { id: `${this.id}-text`, rows: '2', maxlength: '1000', dir: 'auto' });
    text.value = written;
    this.more.replaceChildren(...(reason === 'danger' ? [make('p', { class: 'note warm', role: 'alert' }, texts.say('comments.report.danger.hint'))] : []),
      make('label', { for: text.id }, texts.say('comments.report.text')), text,
      ...(isLaw ? [['name', 'text', 'name'], ['email', 'email', 'email']].flatMap((one) => this.#field(one)) : []));
  }

  /** @param {string[]} field */
  #field([name, type, autocomplete]) {
    const id = `${this.id}-${name}`;
    return [make('label', { for: id }, this.texts.say(`comments.report.${name}`)), make('input', { class: 'field', id, type, autocomplete, maxlength: '200', 'data-field': name })];
  }

  async #send() {
    const told = [['text', this.more.querySelector('textarea')?.value], ...[...this.more.querySelectorAll('input')].map((input) => [input.dataset.field, input.value])];
    this.send.disabled = true;
    try {
      await this.report({ reason: this.reason, ...Object.fromEntries(told.filter(([, value]) => value?.trim())) });
    } catch (problem) {
      this.note.textContent = sentenceOf(problem, this.texts);
      this.note.hidden = false;
      this.send.disabled = false;
      this.send.focus();
    }
  }
}
