// @ts-check
/** One comment as it is read, answered, reacted to, reported, and by its author changed and taken back. */
import { make, makeButton } from '../dom.js';
import { root } from '../root.js';
import { makeComposer } from './composer.js';
import { fateOf } from './fate.js';
import { actButton, refill, sign } from './parts.js';
import { reactionButtons } from './reactions.js';
import { ReportForm, receiptLink } from './report.js';
import { Thread } from './thread.js';
import { clockOf, sentenceOf } from './words.js';

/** @typedef {import('./shelf.js').Seen} Seen @typedef {import('./wire.js').Told} Told */
/**
 * What a row is given: `me` is one's own alias, `isFramed` that no other page may be shown, `seek` goes to a moment of
 * the replay that stands here. The deeds are done when they come back, and throw what refused them.
 * @typedef {{texts: import('../texts.js').Texts, me: () => string | undefined, isFramed: boolean, mayWrite: boolean,
 *   seek: ((ms: number) => void) | null, receiptOf: (id: string) => string | null,
 *   react: (id: string, kind: string | null) => Promise<void>, reply: (id: string, text: string) => Promise<void>,
 *   edit: (id: string, text: string) => Promise<void>, takeBack: (id: string) => Promise<void>,
 *   report: (id: string, told: Told) => Promise<void>, appeal: (id: string, text: string) => Promise<void>,
 *   moreReplies: (id: string) => Promise<void>}} Hands
 */
/** @typedef {Seen & {mayChange: boolean, receipt: string | null, answers: string | null}} Shown `answers` is whom an answer that stands alone is to */

export class Row {
  /** @param {string} id @param {Hands} hands @param {boolean} isReply */
  constructor(id, hands, isReply) {
    this.id = id;
    this.hands = hands;
    this.isReply = isReply;
    this.isPicking = false; // all reactions are offered
    this.key = '';
    this.told = 'null'; // what has become of it, as it is shown
    this.head = make('header');
    this.about = make('p', { class: 'regarding' });
    this.text = make('p', { class: 'text', dir: 'auto' });
    this.fate = make('div', { class: 'fate' });
    this.acts = make('div', { class: 'acts' });
    this.under = make('div', { class: 'under' });
    this.thread = isReply ? null : new Thread(hands.texts, id, () => hands.moreReplies(id));
    this.element = make('li', { class: 'said', tabindex: '-1', 'data-id': id }, this.head, this.about, this.text, this.fate, this.acts, this.under, this.thread?.element);
  }

  /** @param {Shown} shown */
  show(shown) {
    const key = JSON.stringify([shown, this.isPicking]);
    if (key === this.key) return;
    this.key = key;
    this.shown = shown;
    const { said, own } = shown, { texts } = this.hands;
    const text = said?.text ?? own?.text ?? '';
    if (this.text.textContent !== text) this.text.textContent = text;
    this.element.classList.toggle('waiting', own?.state === 'held');
    this.element.classList.toggle('unseen', !said && own?.state !== 'published');
    this.head.replaceChildren(...this.#heading(shown));
    this.#showAbout(shown);
    const fate = JSON.stringify(own && { ...own, editable_until: null });
    if (fate !== this.told) refill(this.fate, ...(own ? fateOf(own, texts, (words) => this.hands.appeal(this.id, words)) : []));
    this.told = fate; // what is written into an appeal stays while nothing is decided
    refill(this.acts, ...this.#buttons(shown));
  }

  focus() { this.element.focus(); }

  /** @param {Shown} shown */
  #isMine({ said, own }) { return own !== null || (said?.alias ?? '') === this.hands.me(); }

  /** @param {Shown} shown */
  #heading(shown) {
    const { said, own } = shown, { texts, me } = this.hands, at = said?.posted_at ?? own?.posted_at ?? '';
    const alias = said ? said.alias ?? texts.say('replay.somebody') : me() ?? texts.say('standings.you');
    return [make('b', {}, make('bdi', {}, alias)), this.#isMine(shown) && alias !== texts.say('standings.you') && make('i', {}, texts.say('standings.you')),
      said?.badge && make('span', { class: 'laurel' }, make('span', { 'aria-hidden': 'true' }, '★ '), make('bdi', {}, said.badge)),
      typeof said?.score === 'number' && make('span', { class: 'points' }, texts.say('comments.score', { score: said.score })),
      at && make('time', { datetime: at, title: texts.moment(at) }, texts.away(new Date(at), new Date())),
      said?.edited && make('span', { class: 'edited' }, texts.say('comments.edited'))].filter((part) => part instanceof Node);
  }

  /** The moment or the round it is about, or whom it answers where that is not shown. @param {Shown} shown */
  #showAbout({ said, own, answers }) {
    const { texts, seek, isFramed } = this.hands;
    const round = said?.round_id ?? own?.round_id, at = said?.at_ms ?? own?.at_ms ?? null;
    const time = at === null ? '' : clockOf(at);
    const go = (/** @type {Event} */ event) => { event.preventDefault(); seek?.(at ?? 0); };
    const link = !round || (seek ? at === null : isFramed) ? null
      : seek ? make('a', { class: 'moment', href: `#t=${at}`, 'data-act': 'moment', onclick: go }, sign('play'), texts.say('comments.at', { time }))
        : make('a', { class: 'moment', href: `${root}/r/${round}${at === null ? '' : `#t=${at}`}`, 'data-act': 'moment' }, sign('play'), at === null ? texts.say('comments.watch') : texts.say('comments.watch_at', { time }));
    refill(this.about, link, answers !== null && make('span', {}, answers));
    this.about.hidden = this.about.children.length === 0;
  }

  /** @param {Shown} shown */
  #buttons(shown) {
    const { texts, mayWrite, isFramed } = this.hands, { said, receipt } = shown;
    const flag = actButton('report', receipt ? 'act icon' : 'act icon end', () => this.#ask(), sign('flag'));
    flag.setAttribute('aria-label', texts.say('comments.report'));
    flag.title = texts.say('comments.report');
    return [
      ...(said ? reactionButtons(shown, texts, this.isPicking, { react: (kind) => { void this.#react(kind); }, open: () => this.#pick(!this.isPicking) }) : []),
      said && !this.isReply && mayWrite && actButton('reply', 'act', () => this.#reply(), sign('reply'), texts.say('comments.reply')),
      shown.mayChange && mayWrite && actButton('edit', 'act', () => this.#edit(), texts.say('comments.edit')),
      shown.mayChange && actButton('back', 'act', () => this.#askBack(), texts.say('comments.take_back')),
      ...(said && !this.#isMine(shown) ? [receipt && make('span', { class: 'end' }, isFramed ? texts.say('comments.report.done') : receiptLink(receipt, texts, 'comments.report.done')), flag] : []),
    ];
  }

  /** @param {boolean} isPicking */
  #pick(isPicking) {
    this.isPicking = isPicking;
    if (this.shown) this.show(this.shown);
  }

  /** @param {string | null} kind */
  async #react(kind) {
    const held = kind ?? this.shown?.kind;
    try {
      await this.hands.react(this.id, kind);
    } catch (problem) {
      this.#complain(problem);
    }
    this.#pick(false);
    /** @type {HTMLElement | null} */ (this.acts.querySelector(`[data-act="react-${held}"]`) ?? this.acts.querySelector('[data-act="react"]'))?.focus();
  }

  /** @param {unknown} problem */
  #complain(problem) {
    this.under.replaceChildren(make('p', { class: 'note bad', role: 'alert' }, sentenceOf(problem, this.hands.texts)));
  }

  /** Nothing is open beneath any more; the button that opened it has the focus again. @param {string} act */
  #close(act) {
    this.under.replaceChildren();
    /** @type {HTMLElement} */ (this.acts.querySelector(`[data-act="${act}"]`) ?? this.element).focus();
  }

  #ask() {
    if (this.under.querySelector('.ask')) {
      this.#close('report');
      return;
    }
    const form = new ReportForm(this.hands.texts, async (told) => {
      await this.hands.report(this.id, told);
      this.#thank();
    }, () => this.#close('report'));
    this.under.replaceChildren(form.element);
    form.focus();
  }

  #thank() {
    const { texts, receiptOf, isFramed } = this.hands, receipt = receiptOf(this.id);
    const note = make('p', { class: 'note', tabindex: '-1' }, texts.say('comments.reported'), ' ', receipt && (isFramed ? make('span', { class: 'address' }, receipt) : receiptLink(receipt, texts, 'comments.report.receipt')));
    this.under.replaceChildren(note);
    note.focus();
  }

  #reply() {
    const { texts } = this.hands;
    const [before, after = ''] = texts.say('comments.reply_to').split('{alias}');
    const label = make('span', {}, before, make('bdi', {}, this.shown?.said?.alias ?? ''), after);
    this.#write({ label, send: texts.say('comments.send'), act: 'reply', submit: async (text) => {
      await this.hands.reply(this.id, text);
      this.under.replaceChildren();
      this.thread?.open(true);
    } });
  }

  #edit() {
    const { texts } = this.hands, text = this.shown?.own?.text ?? '';
    this.#write({ label: texts.say('comments.edit.label'), send: texts.say('comments.edit.send'), hint: texts.say('comments.edit.hint'), text, act: 'edit', submit: async (changed) => {
      await this.hands.edit(this.id, changed);
      this.under.replaceChildren();
    } });
  }

  /** @param {{label: Node | string, send: string, hint?: string, text?: string, act: string, submit: (text: string) => Promise<void>}} parts */
  #write({ act, ...parts }) {
    const composer = makeComposer(this.hands.texts, { ...parts, close: () => this.#close(act) });
    this.under.replaceChildren(composer.root);
    composer.box.focus();
  }

  #askBack() {
    const { texts } = this.hands;
    const yes = makeButton(texts.say('comments.take_back'), () => { void this.hands.takeBack(this.id).catch((problem) => this.#complain(problem)); }, 'small');
    this.under.replaceChildren(make('div', { class: 'ask', role: 'group', 'aria-label': texts.say('comments.take_back.ask') }, make('p', {}, texts.say('comments.take_back.ask')),
      make('p', { class: 'both' }, makeButton(texts.say('comments.take_back.no'), () => this.#close('back'), 'small plain'), yes)));
    yes.focus();
  }
}
