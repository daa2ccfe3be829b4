import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import { createCommentView } from '../../static/backoffice/comment_view.js';

/** As much of an element as the desk's views touch. */
class Piece {
  /** @type {Record<string, string>} */ traits = {};
  /** @type {(Piece | string)[]} */ inside = [];
  scrollTop = 0;
  /** @param {string} name @param {string} value */
  setAttribute(name, value) { this.traits[name] = value; }
  addEventListener() {}
  /** @param {...(Piece | string)} parts */
  append(...parts) { this.inside.push(...parts); }
  /** @param {...(Piece | string)} parts */
  replaceChildren(...parts) { this.inside = parts; }
  /** @returns {string} */
  get text() { return this.inside.map((part) => (part instanceof Piece ? part.text : part)).join(' '); }
  /** Of this look, wherever within. @param {string} look @returns {Piece[]} */
  all(look) {
    const within = this.inside.flatMap((part) => (part instanceof Piece ? part.all(look) : []));
    return (this.traits.class ?? '').split(' ').includes(look) ? [this, ...within] : within;
  }
}

/** @type {Record<string, Piece>} */ let pieces = {};
beforeEach(() => {
  pieces = { reading: new Piece(), context: new Piece() };
  Object.assign(globalThis, { document: { createElement: () => new Piece(), getElementById: (/** @type {string} */ id) => pieces[id] } });
});

/** @type {any} */
const words = Object.fromEntries(['say', 'reason', 'number', 'ago', 'when', 'date'].map((name) => [name, String]));
/** @param {object} more @returns {any} */
const line = (more) => ({ id: 'c1', revision: 2, state: 'held', reason: 'awaits_review', is_sharp: false, ...more });
/** @param {object} more @returns {any} */
const found = (more) => ({ replay: null, thread: [], reports: [], readers: 0, earlier_texts: [],
  author: { alias: 'Alice', since: '', states: {}, latest: [], muted_until: null }, ...more });
/** What stands around a comment. @param {object} one @param {object} around @param {boolean} [isShown] */
function context(one, around, isShown = false) {
  createCommentView(words, () => {}).showContext(found(around), line(one), isShown);
  return pieces.context;
}

test('that readers hid it is said of what readers hid, not of what a person hides', () => {
  const reports = [{ reason: 'insult', text: '', at: '', revision: 2, is_sharp: false }];
  assert.match(context({ state: 'hidden', reason: 'reported' }, { reports }).text, /desk\.reports\.hidden/);
  assert.doesNotMatch(context({ state: 'hidden', reason: 'other' }, { reports }).text, /desk\.reports\.hidden/);
});

test('the earlier texts of a sharp comment are blurred until it is revealed', () => {
  const around = { earlier_texts: ['first', 'second'] };
  const blurred = context({ is_sharp: true }, around).all('blurred');
  assert.deepEqual(blurred.map((one) => [one.text, one.traits['aria-hidden']]), [['first', 'true'], ['second', 'true']]);
  assert.equal(context({ is_sharp: true }, around, true).all('blurred').length, 0);
  assert.equal(context({}, around).all('blurred').length, 0);
});
