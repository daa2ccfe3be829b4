// @ts-check
/** One comment as it is read, answered, reacted to, reported, and by its author changed and taken back. */
import { make, makeButton } from '../dom.js';
import { root } from '../root.js';
import { makeComposer } from './composer.js';
import { fateOf } from './fate.js';
import { actButton, moveFocus, refill, sign } from './parts.js';
import { reactionButtons } from './reactions.js';
import { ReportForm, receiptLink } from './report.js';
import { Thread } from './thread.js';
import { clockOf, sentenceOf } from './words.js';

/** @typedef {import('./shelf.js').Seen} Seen @typedef {import('./wire.js').Told} Told */
/**
 * What a row is given: `me` is one's own alias, `isFramed` that no other page may be shown, `seek` goes to a moment of
 * the replay that stands here, `draw` shows what there is. The deeds are done when they come back, and throw what refused them.
 * @typedef {{texts: import('../texts.js').Texts, me: () => string | undefined, isFramed: boolean, mayWrite: boolean,
 *   seek: ((ms: number) => void) | null, receiptOf: (id: string) => string | null,
 *   react: (id: string, kind: string | null) => Promise<void>, reply: (id: string, text: string) => Promise<void>,
 *   edit: (id: string, text: string) => Promise<void>, takeBack: (id: string) => Promise<void>,
 *   report: (id: string, told: Told) => Promise<void>, appeal: (id: string, text: string) => Promise<void>,
 *   moreReplies: (id: string) => Promise<void>, draw: () => void}} Hands
 */
/** @typedef {Seen & {isMine: boolean, mayChange: boolean, receipt: string | null, answers: string | null}} Shown `answers` is whom an answer that stands alone is to */

export class Row {
  /** @param {string} id @param {Hands} hands */
  constructor(id, hands) {
    this.id = id;
    this.hands = hands;
    this.isReply = false;
    /** What is being written here, by what it is for. @type {Map<string, import('./composer.js').Composer>} */ this.writings = new Map();
    this.isPicking = false; // all reactions are offered
    this.key = '';
    this.told = 'null'; // what has become of it, as it is shown
    this.head = make('header');
    this.about = make('p', { class: 'regarding' });
    this.text = make('p', { class: 'text', dir: 'auto' });
    this.fate = make('div', { class: 'fate' });
    this.acts = make('div', { class: 'acts' });
    this.note = make('p', { class: 'note bad', role: 'alert', hidden: true });
    this.under = make('div', { class: 'under' });
    /** @type {Thread | null} */ this.thread = null;
    this.element = make('li', { class: 'said', tabindex: '-1', 'data-id': id }, this.head, this.about, this.text, this.fate, this.acts, this.note, this.under);
  }

  /** Whether it stands beneath what it answers, where nothing answers it. @param {boolean} isReply */
  stand(isReply) {
    this.isReply = isReply;
    if (isReply || this.thread) return;
    this.thread = new Thread(this.hands.texts, this.id, () => this.hands.moreReplies(this.id));
    this.element.append(this.thread.element);
  }

  /** Whether words stand here that are nowhere else. */
  get isWritten() {
    const boxes = [...this.fate.querySelectorAll('textarea'), ...this.under.querySelectorAll('textarea'), ...[...this.writings.values()].map(({ box }) => box)];
    return boxes.some(({ value }) => value.trim() !== '');
  }

  /** @param {Shown} shown a comment that is not there any more leaves nothing to read, only what is being written to it */
  show(shown) {
    const key = JSON.stringify([shown, this.isPicking, this.isReply]);
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
    const [writing] = this.writings.values();
    if (this.#isGone && writing && !this.under.contains(writing.root)) this.under.replaceChildren(writing.root); // no button leads to it
  }

  get #isGone() { return !this.shown?.said && !this.shown?.own; }

  /** @param {Shown} shown */
  #heading({ said, own, isMine }) {
    if (this.#isGone) return [];
    const { texts, me } = this.hands, at = said?.posted_at ?? own?.posted_at ?? '';
    const alias = said ? said.alias ?? texts.say('player.somebody') : me() ?? texts.say('standings.you');
    return [make('b', {}, make('bdi', {}, alias)), isMine && alias !== texts.say('standings.you') && make('i', {}, texts.say('standings.you')),
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
    const flag = actButton('report', 'act icon end', () => this.#ask(), sign('flag'));
    flag.setAttribute('aria-label', texts.say('comments.report'));
    flag.title = texts.say('comments.report');
    return [
      ...(said ? reactionButtons(shown, texts, this.isPicking, { react: (kind) => { void this.#react(kind); }, open: () => this.#pick(!this.isPicking) }) : []),
      said && !this.isReply && mayWrite && actButton('reply', 'act', () => this.#reply(), sign('reply'), texts.say('comments.reply')),
      shown.mayChange && mayWrite && actButton('edit', 'act', () => this.#edit(), texts.say('comments.edit')),
      shown.mayChange && actButton('back', 'act', () => this.#askBack(), texts.say('comments.take_back')),
      ...(said && !shown.isMine ? [receipt && make('span', { class: 'end' }, isFramed ? texts.say('comments.report.done') : receiptLink(receipt, texts, 'comments.report.done')), flag] : []),
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
    this.note.hidden = true;
    try {
      await this.hands.react(this.id, kind);
    } catch (problem) {
      this.#complain(problem);
    }
    this.#pick(false);
    moveFocus(this.acts, this.acts.querySelector(`[data-act="react-${held}"]`) ?? this.acts.querySelector('[data-act="react"]'));
  }

  /** Beside what is open here. @param {unknown} problem */
  #complain(problem) {
    this.note.hidden = false; // before it is filled: only then is it read out
    this.note.textContent = sentenceOf(problem, this.hands.texts);
  }

  /** Nothing is open beneath any more; the button that opened it has the focus again. @param {string} act */
  #close(act) {
    this.writings.delete(act);
    this.under.replaceChildren();
    /** @type {HTMLElement} */ (this.acts.querySelector(`[data-act="${act}"]`) ?? this.element).focus();
    if (this.#isGone) this.hands.draw();
  }

  /** What is written here has no place any more. */
  abandon() {
    moveFocus(this.under, this.element);
    this.writings.clear();
    this.under.replaceChildren();
  }

  #ask() {
    if (this.under.querySelector('.ask')) {
      this.#close('report');
      return;
    }
    const revision = this.shown?.said?.revision; // of the text that is read now, whatever it becomes meanwhile
    const form = new ReportForm(this.hands.texts, async (told) => {
      await this.hands.report(this.id, { ...told, ...(revision && { revision }) });
      if (this.under.contains(form.element)) this.#thank(); // nothing else was begun meanwhile
    }, () => this.#close('report'));
    this.under.replaceChildren(form.element);
    form.focus();
  }

  #thank() {
    const { texts, receiptOf, isFramed } = this.hands, receipt = receiptOf(this.id);
    const note = make('p', { class: 'note', tabindex: '-1' }, texts.say('comments.reported'), ' ', receipt && (isFramed ? make('span', { class: 'address' }, receipt) : receiptLink(receipt, texts, 'comments.report.receipt')));
    this.under.replaceChildren(note);
    moveFocus(note, note);
  }

  #reply() {
    const { texts } = this.hands;
    const [before, after = ''] = texts.say('comments.reply_to').split('{alias}');
    const label = make('span', {}, before, make('bdi', {}, this.shown?.said?.alias ?? ''), after);
    this.#write({ label, send: texts.say('comments.send'), act: 'reply', submit: async (text) => {
      await this.hands.reply(this.id, text);
      this.thread?.open(true);
    } });
  }

  #edit() {
    const { texts } = this.hands, text = this.shown?.own?.text ?? '';
    this.#write({ label: texts.say('comments.edit.label'), send: texts.say('comments.edit.send'), hint: texts.say('comments.edit.hint'), text, act: 'edit', submit: (changed) => this.hands.edit(this.id, changed) });
  }

  /** Begun, or gone on with. @param {{label: Node | string, send: string, hint?: string, text?: string, act: string, submit: (text: string) => Promise<void>}} parts */
  #write({ act, ...parts }) {
    const submit = async (/** @type {string} */ text) => {
      await parts.submit(text);
      this.writings.delete(act);
      composer.root.remove();
      if (this.#isGone) this.hands.draw();
    };
    const composer = this.writings.get(act) ?? makeComposer(this.hands.texts, { ...parts, submit, close: () => this.#close(act) });
    this.writings.set(act, composer);
    this.under.replaceChildren(composer.root);
    composer.box.focus();
  }

  #askBack() {
    const { texts } = this.hands;
    const yes = makeButton(texts.say('comments.take_back'), () => { this.note.hidden = true; void this.hands.takeBack(this.id).catch((problem) => this.#complain(problem)); }, 'small');
    this.under.replaceChildren(make('div', { class: 'ask', role: 'group', 'aria-label': texts.say('comments.take_back.ask') }, make('p', {}, texts.say('comments.take_back.ask')),
      make('p', { class: 'both' }, makeButton(texts.say('comments.take_back.no'), () => this.#close('back'), 'small plain'), yes)));
    yes.focus();
  }
}
