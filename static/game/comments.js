// @ts-check
/** Comments under the game: the published ones, a place to write, and a way to report. */
import { Problem } from './api.js';
import { byId, make } from './dom.js';

/** @typedef {import('./types.js').Comment} Comment */
/** @typedef {{texts: import('./texts.js').Texts, boot: import('./types.js').Boot, api: import('./api.js').Api, keep: import('./keep.js').Keep}} Hands */

const LOW = 80; // characters left from which on they are counted down
const SAID = ['slow_down', 'offline', 'campaign_closed', 'campaign_paused']; // problems that have a sentence of their own
const REASONS = ['insult', 'contact', 'spam', 'illegal', 'other'];

export class Comments {
  /** @param {Hands} hands */
  constructor({ texts, boot, api, keep }) {
    this.texts = texts;
    this.slug = boot.slug;
    this.api = api;
    this.keep = keep;
    /** @type {string | null} the round a comment is about */ this.roundId = null;
    /** @type {string | null} */ this.next = null;
    /** @type {Set<string>} */ this.shown = new Set();
    this.list = byId('talk');
    this.box = /** @type {HTMLTextAreaElement} */ (byId('comment'));
    this.send = /** @type {HTMLButtonElement} */ (byId('comment-send'));
    byId('composer').hidden = boot.campaign.state === 'closed'; // what is over takes no more comments
    this.box.addEventListener('input', () => this.#count());
    this.send.addEventListener('click', () => { void this.#post(); });
    byId('talk-more').addEventListener('click', () => { void this.load(this.next); });
  }

  #count() {
    const left = this.box.maxLength - this.box.value.length, hint = byId('comment-hint');
    this.send.disabled = this.box.value.trim() === '';
    hint.textContent = left <= LOW ? this.texts.say('comments.left', { n: left }) : this.texts.say('comments.private');
    hint.classList.toggle('short', left <= 20);
  }

  /** @param {string | null} before */
  async load(before = null) {
    const { comments, next } = await this.api.comments(this.slug, before);
    this.next = next;
    for (const comment of comments) this.#add(comment, 'end');
    byId('talk-more').hidden = next === null;
    this.#settleEmpty();
  }

  /** Comments just published, oldest last on the wire. @param {Comment[]} news */
  greet(news) {
    for (const comment of [...news].reverse()) this.#add(comment, 'start');
    this.#settleEmpty();
  }

  #settleEmpty() { byId('talk-empty').hidden = this.list.children.length > 0; }

  /** @param {Comment} comment @param {'start' | 'end'} where */
  #add(comment, where) {
    if (this.shown.has(comment.id)) return;
    this.shown.add(comment.id);
    this.list.querySelector(`[data-waits="${CSS.escape(comment.id)}"]`)?.remove();
    const { texts } = this;
    const row = make('li', {},
      make('header', {}, make('b', {}, comment.alias),
        make('time', { datetime: comment.posted_at, title: texts.moment(comment.posted_at) }, texts.away(new Date(comment.posted_at), new Date())),
        make('button', { type: 'button', class: 'flag', onclick: () => this.#askWhy(comment.id, row) }, texts.say('comments.report'))),
      make('p', {}, comment.text));
    this.list[where === 'end' ? 'append' : 'prepend'](row);
  }

  /** @param {string} id @param {HTMLElement} row */
  #askWhy(id, row) {
    const old = row.querySelector('.why');
    if (old) { old.remove(); return; }
    const choices = REASONS.map((reason) => make('button', { type: 'button', onclick: () => { void this.#report(id, reason, row); } }, this.texts.say(`comments.report.${reason}`)));
    row.append(make('div', { class: 'why', role: 'group', 'aria-label': this.texts.say('comments.report.why') }, make('span', {}, this.texts.say('comments.report.why')), ...choices));
    choices[0].focus();
  }

  /** @param {string} id @param {string} reason @param {HTMLElement} row */
  async #report(id, reason, row) {
    const said = await this.api.report(id, reason).then(() => 'comments.reported', () => 'comments.failed');
    row.querySelector('.why')?.replaceWith(make('p', { class: `note ${said.endsWith('failed') ? 'bad' : ''}`, role: 'status' }, this.texts.say(said)));
  }

  async #post() {
    const text = this.box.value.trim();
    this.send.disabled = true;
    try {
      const { comment } = await this.api.postComment(this.slug, text, this.roundId);
      this.box.value = '';
      if (comment.state === 'refused') this.#note(this.#whyNot(comment.reason), true);
      else if (comment.state === 'published') this.#add({ id: comment.id, text, alias: this.keep.get('alias') ?? '', posted_at: new Date().toISOString(), round_id: this.roundId }, 'start');
      else this.#showWaiting(comment.id, text);
    } catch (problem) {
      this.#note(this.#sentenceOf(problem), true);
    }
    this.#count();
    this.#settleEmpty();
  }

  /** Why a comment was not taken. @param {unknown} problem */
  #sentenceOf(problem) {
    const { texts } = this;
    if (!(problem instanceof Problem)) return texts.say('comments.failed');
    if (problem.code === 'comment_refused') return this.#whyNot(problem.more.reason);
    if (SAID.includes(problem.code)) return texts.say(`problem.${problem.code}.text`, { n: Math.ceil((problem.waitMs ?? 1000) / 1000) });
    return texts.say('comments.failed');
  }

  /** A refusal with its reason in words. @param {string | undefined} reason */
  #whyNot(reason) {
    const key = `reason.${reason}`;
    return `${this.texts.say('comments.refused')}${this.texts.has(key) ? ` ${this.texts.say(key)}` : ''}`;
  }

  /** Only its author sees it, until a person has read it. @param {string} id @param {string} text */
  #showWaiting(id, text) {
    this.#note(this.texts.say('comments.waiting'), false);
    this.list.prepend(make('li', { class: 'waiting', 'data-waits': id },
      make('header', {}, make('b', {}, this.keep.get('alias') ?? this.texts.say('standings.you')), make('span', { class: 'state' }, this.texts.say('comments.waiting.label'))), make('p', {}, text)));
  }

  /** @param {string} text @param {boolean} isBad */
  #note(text, isBad) {
    const note = byId('comment-note');
    note.textContent = text;
    note.classList.toggle('bad', isBad);
    note.hidden = false;
  }
}
