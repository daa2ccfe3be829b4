// @ts-check
/** The list on the page: a row for each comment, moved no more than it must be, and kept while somebody writes in it. */
import { byId, make, makeButton } from '../dom.js';
import { Mine } from './mine.js';
import { arrange } from './parts.js';
import { receiptOf } from './report.js';
import { Row } from './row.js';
import { changeableUntil } from './words.js';

const MOST_OWN = 3; // of one's own that nobody else reads; the others show when asked for

export class List {
  /** @param {import('./talk.js').Place} place @param {import('./shelf.js').Shelf} shelf @param {import('./row.js').Hands} hands */
  constructor({ texts, keep }, shelf, hands) {
    this.texts = texts;
    this.keep = keep;
    this.shelf = shelf;
    this.hands = hands;
    this.mine = new Mine(keep);
    /** @type {Map<string, Row>} */ this.rows = new Map();
    this.showsAllOwn = false;
    this.element = byId('talk');
    this.moreOwn = make('li', {}, makeButton('', () => this.#showAllOwn(), 'small plain'));
  }

  /** The focus goes to the first that was not shown. */
  #showAllOwn() {
    const at = [...this.element.children].indexOf(this.moreOwn);
    this.showsAllOwn = true;
    this.draw();
    /** @type {HTMLElement} */ (this.element.children[at]).focus();
  }

  draw() {
    const { shelf, element } = this, held = /** @type {HTMLElement | null} */ (document.activeElement);
    const waiting = shelf.waiting, shown = this.showsAllOwn ? waiting : waiting.slice(0, MOST_OWN), left = waiting.length - shown.length;
    this.mine.learn([...shelf.own.keys(), ...shelf.published]);
    /** @type {Set<string>} */ const used = new Set();
    /** @type {Set<number>} */ const until = new Set();
    const put = (/** @type {string} */ id) => this.#put(id, used, until);
    /** @type {HTMLElement} */ (this.moreOwn.firstElementChild).textContent = this.texts.say('comments.own_more', { n: left });
    const wanted = [...shown.map(put), ...(left > 0 ? [this.moreOwn] : []), ...shelf.shown.map(put)];
    for (const { id, isWritten, element: row } of [...this.rows.values()].filter((one) => !used.has(one.id))) {
      if (isWritten) wanted.splice(Math.max(0, [...element.children].indexOf(row)), 0, put(id)); // where it was
      else this.rows.delete(id);
    }
    arrange(element, wanted);
    if (held?.isConnected && held !== document.activeElement) held.focus({ preventScroll: true }); // its row stands elsewhere now
    this.#drawAgain(Math.min(...until));
  }

  /** @param {string} id @param {Set<string>} used @param {Set<number>} until when something about it ends */
  #put(id, used, until) {
    const { shelf } = this, row = this.#row(id, false, until), { said, own } = shelf.see(id), { ids, next, room } = shelf.thread(id), n = Math.min(ids.length, room);
    const replies = said || own ? shelf.repliesTo(id) : [];
    for (const one of [id, ...replies]) used.add(one);
    row.thread?.fill(replies.map((reply) => this.#row(reply, true, until).element), n, next !== null || n < ids.length);
    return row.element;
  }

  /** @param {string} id @param {boolean} isReply @param {Set<number>} until */
  #row(id, isReply, until) {
    const row = this.rows.get(id) ?? new Row(id, this.hands), seen = this.shelf.see(id), end = changeableUntil(seen.own, Date.now());
    if (end) until.add(end);
    row.stand(isReply);
    row.show({ ...seen, isMine: this.mine.has(id), mayChange: end !== null, receipt: receiptOf(this.keep, id),
      answers: !isReply && seen.own?.reply_to ? this.texts.say('comments.reply.own') : null });
    this.rows.set(id, row);
    return row;
  }

  /** The five minutes of a comment end while the page is open. @param {number} at */
  #drawAgain(at) {
    clearTimeout(this.timer);
    if (Number.isFinite(at)) this.timer = setTimeout(() => this.hands.draw(), at - Date.now() + 50);
  }
}
