// @ts-check
/** A place to write: the text, how much of it is left, what came of it. One under the game, one for each reply and change. */
import { make, makeButton } from '../dom.js';
import { moveFocus } from './parts.js';
import { MOST, lengthOf, sentenceOf } from './words.js';

/** @typedef {import('../texts.js').Texts} Texts */

const LOW = 80; // characters left from which on they are counted down
const SHORT = 20;

export class Composer {
  /**
   * @param {HTMLElement} root holds a textarea, a hint, a button and a note
   * @param {Texts} texts @param {(text: string) => Promise<string | void>} submit gives what is said then
   */
  constructor(root, texts, submit) {
    this.root = root;
    this.texts = texts;
    this.submit = submit;
    this.box = /** @type {HTMLTextAreaElement} */ (root.querySelector('textarea'));
    this.send = /** @type {HTMLButtonElement} */ (root.querySelector('.send'));
    this.hint = /** @type {HTMLElement} */ (root.querySelector('.hint'));
    this.note = /** @type {HTMLElement} */ (root.querySelector('.note'));
    this.box.setAttribute('aria-describedby', this.hint.id);
    this.usual = this.hint.textContent ?? '';
    this.box.addEventListener('input', () => {
      this.note.hidden = true;
      this.#count();
    });
    this.box.addEventListener('keydown', (event) => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) this.send.click(); });
    this.send.addEventListener('click', () => { void this.#submit(); });
    this.#count(); // something may have been written while this was loaded
  }

  #count() {
    const left = MOST - lengthOf(this.box.value);
    this.send.disabled = this.box.readOnly || left < 0 || left === MOST;
    const said = left < 0 ? this.texts.say('comments.over', { n: -left }) : left <= LOW ? this.texts.say('comments.left', { n: left }) : this.usual;
    if (this.hint.textContent !== said) this.hint.textContent = said;
    this.hint.classList.toggle('short', left <= SHORT);
    this.box.setAttribute('aria-invalid', String(left < 0));
  }

  async #submit() {
    this.send.disabled = this.box.readOnly = true; // what is sent is what stands there
    try {
      const said = await this.submit(this.box.value.trim());
      this.box.value = '';
      if (said) this.tell(said);
    } catch (problem) {
      this.tell(sentenceOf(problem, this.texts), true);
      moveFocus(this.root, this.box);
    }
    this.box.readOnly = false;
    this.#count();
  }

  /** @param {string} text @param {boolean} [isBad] */
  tell(text, isBad = false) {
    this.note.hidden = false; // before it is filled: only then is it read out
    this.note.classList.toggle('bad', isBad);
    this.note.textContent = text;
  }
}

let made = 0;

/**
 * One more, of its own.
 * @param {Texts} texts
 * @param {{label: Node | string, send: string, hint?: string, text?: string, submit: (text: string) => Promise<string | void>, close: () => void}} parts
 */
export function makeComposer(texts, { label, send, hint, text = '', submit, close }) {
  const id = `writing-${made += 1}`;
  const box = make('textarea', { id, rows: '3', dir: 'auto', onkeydown: (/** @type {KeyboardEvent} */ event) => { if (event.key === 'Escape') close(); } });
  box.value = text;
  const root = make('div', { class: 'composer' }, make('label', { for: id }, label), box,
    make('p', { class: 'line' }, make('small', { class: 'hint', id: `${id}-hint` }, hint ?? texts.say('comments.private')),
      make('span', { class: 'both' }, makeButton(texts.say('comments.cancel'), close, 'small plain'), makeButton(send, () => undefined, 'small send'))),
    make('p', { class: 'note', role: 'status', hidden: true }));
  return new Composer(root, texts, submit);
}
