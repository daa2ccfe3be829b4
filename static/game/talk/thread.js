// @ts-check
/** The replies beneath a comment: shut at first, opened by their number, the later ones by pages. */
import { make, makeButton } from '../dom.js';
import { arrange, sign } from './parts.js';
import { sayReplies } from './words.js';

export class Thread {
  /** @param {import('../texts.js').Texts} texts @param {string} id the comment's @param {() => Promise<void>} loadMore */
  constructor(texts, id, loadMore) {
    this.texts = texts;
    this.isOpen = false;
    this.list = make('ul', { class: 'replies', id: `replies-${id}`, tabindex: '-1' });
    this.toggle = make('button', { type: 'button', class: 'act', 'aria-controls': this.list.id, onclick: () => this.open(!this.isOpen) });
    this.more = makeButton(texts.say('comments.replies.more'), () => { void this.#loadMore(loadMore); }, 'small plain');
    this.element = make('div', { class: 'thread' }, this.toggle, this.list, this.more);
    this.hasMore = false;
  }

  /** @param {boolean} isOpen */
  open(isOpen) {
    this.isOpen = isOpen;
    this.#show();
  }

  /** @param {HTMLElement[]} rows @param {number} n how many of them are public @param {boolean} hasMore */
  fill(rows, n, hasMore) {
    if (rows.length > n) this.isOpen = true; // one's own, which waits
    this.hasMore = hasMore;
    arrange(this.list, rows);
    this.toggle.replaceChildren(...(n > 0 ? [sign('down'), sayReplies(n, hasMore, this.texts)] : []));
    this.#show();
  }

  #show() {
    const isEmpty = this.list.children.length === 0;
    this.element.hidden = isEmpty;
    this.toggle.hidden = this.toggle.textContent === '';
    this.toggle.setAttribute('aria-expanded', String(this.isOpen));
    this.list.hidden = !this.isOpen;
    this.more.hidden = !this.isOpen || !this.hasMore;
  }

  /** The focus goes to the first that is new. @param {() => Promise<void>} loadMore */
  async #loadMore(loadMore) {
    const known = this.list.children.length;
    this.more.disabled = true;
    await loadMore().catch(() => undefined);
    this.more.disabled = false;
    /** @type {HTMLElement | undefined} */ (this.list.children[known])?.focus();
  }
}
