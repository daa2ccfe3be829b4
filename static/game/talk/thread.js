// @ts-check
/** The replies beneath a comment: shut at first, opened by their number, the later ones by pages. */
import { make, makeButton } from '../dom.js';
import { arrange, moveFocus, sign } from './parts.js';
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
    this.unseen = 0; // one's own, which nobody else reads
  }

  /** @param {boolean} isOpen */
  open(isOpen) {
    this.isOpen = isOpen;
    this.#show();
  }

  /** @param {HTMLElement[]} rows @param {number} n how many of them are public @param {boolean} hasMore */
  fill(rows, n, hasMore) {
    const unseen = rows.length - n;
    if (unseen > this.unseen) this.isOpen = true; // for the one that is new; shut again, it stays shut
    this.unseen = unseen;
    this.hasMore = hasMore;
    arrange(this.list, rows);
    const said = rows.length > 0 ? sayReplies(rows.length, hasMore, this.texts) : '';
    if (this.toggle.textContent !== said) this.toggle.replaceChildren(sign('down'), said);
    this.#show();
  }

  #show() {
    this.element.hidden = this.list.children.length === 0;
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
    moveFocus(this.more, /** @type {HTMLElement | undefined} */ (this.list.children[known]));
  }
}
