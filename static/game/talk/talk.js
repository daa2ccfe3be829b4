// @ts-check
/** The talk under a campaign or a replay: what everybody reads, what waits, what one writes; kept up as the room tells of it. */
import { byId } from '../dom.js';
import { waitForLine } from '../line.js';
import { Composer } from './composer.js';
import { List } from './list.js';
import { Moment } from './moment.js';
import { MuteNote } from './mute.js';
import { moveFocus } from './parts.js';
import { keepReceipt, receiptOf } from './report.js';
import { Shelf } from './shelf.js';
import { Wire } from './wire.js';

/** @typedef {import('../types.js').Comment} Comment @typedef {import('./wire.js').Posting} Posting */
/**
 * Where the talk stands: `roundId` is the round that all of it is about, `about` the one that a comment written now is
 * about, `now` and `seek` the replay's.
 * @typedef {{texts: import('../texts.js').Texts, slug: string, api: import('../api.js').Api, keep: import('../keep.js').Keep,
 *   isClosed: boolean, isFramed: boolean, roundId: string | null, about: () => string | null,
 *   now?: () => number, seek?: (ms: number) => void}} Place
 */

const AGAIN_MS = 2000;

export class Talk {
  /** @param {Place} place */
  constructor(place) {
    const { texts, slug, api, roundId, isClosed, now } = place;
    this.place = place;
    this.shelf = new Shelf(roundId);
    this.wire = new Wire(api, slug);
    this.hasMissed = true; // something that the room told: it may have, until it is first heard
    this.opens = 0;
    this.list = new List(place, this.shelf, this.#hands());
    byId('composer').hidden = isClosed; // what is over takes no more comments
    this.composer = new Composer(byId('composer'), texts, (text) => this.#post(text));
    this.mute = new MuteNote(texts, (text) => this.#appealMute(text));
    this.composer.root.insertBefore(this.mute.element, this.composer.root.firstElementChild);
    this.empty = byId('talk-empty');
    this.nobody = this.empty.textContent ?? '';
    this.moment = now ? new Moment(texts, now, this.composer.box) : null;
    byId('talk-more').addEventListener('click', () => { void this.#loadMore(); });
    for (const order of document.querySelectorAll('#talk-order input')) order.addEventListener('change', () => { void this.#reorder(/** @type {HTMLInputElement} */ (order).value); });
  }

  /** @returns {import('./row.js').Hands} */
  #hands() {
    const { texts, keep, isFramed, isClosed, seek } = this.place;
    return {
      texts, isFramed, mayWrite: !isClosed, seek: seek ?? null,
      me: () => keep.get('alias'), receiptOf: (id) => receiptOf(keep, id),
      react: (id, kind) => this.#react(id, kind), reply: (id, text) => this.#reply(id, text), edit: (id, text) => this.#edit(id, text),
      takeBack: (id) => this.#takeBack(id), report: (id, told) => this.#report(id, told), appeal: (id, text) => this.#appeal(id, text),
      moreReplies: (id) => this.#moreReplies(id), draw: () => this.#draw(),
    };
  }

  /** The first page, and what is one's own. */
  async load() {
    await Promise.all([this.shelf.awaitPage(this.wire.page(this.shelf.order, null, this.shelf.roundId), true), this.#askMine()]);
    this.empty.textContent = this.nobody;
    this.#draw();
  }

  /** However often the line is lost; an earlier one that still tries gives way. */
  async open() {
    for (const turn = this.opens += 1; turn === this.opens; await waitForLine(AGAIN_MS)) {
      try {
        await this.load();
        return;
      } catch {
        if (turn === this.opens) this.#fail();
      }
    }
  }

  /** What is there stays; where nothing is, all see why. */
  #fail() {
    const said = this.place.texts.say('comments.failed');
    this.empty.hidden = this.list.element.children.length > 0;
    this.empty.textContent = said;
    this.#say(said);
  }

  /** What the room tells. @param {import('../live.js').Update} update */
  hear({ comments = [], rulings = [] }) {
    if (comments.length + rulings.length > 0) void this.#greet(comments, rulings);
  }

  /** The line to the room is there, or lost. What was told meanwhile is asked for. @param {boolean} isLive */
  meet(isLive) {
    if (isLive && this.hasMissed) void this.open();
    this.hasMissed = !isLive;
  }

  /** Comments that are public now, and ids of those that are not, or no longer. @param {Comment[]} news @param {string[]} gone */
  async #greet(news, gone) {
    const mine = [...news.map(({ id }) => id), ...gone].filter((id) => this.#mayBeMine(id));
    for (const id of gone) this.shelf.withdraw(id);
    for (const comment of [...news].reverse()) this.shelf.greet(comment); // the newest stands first on the wire
    this.#draw();
    if (mine.length === 0) return;
    const before = new Map(mine.map((id) => [id, this.shelf.own.get(id)?.state]));
    await this.#askMine();
    this.#draw();
    for (const id of mine) this.#tell(id, before.get(id), news.some((one) => one.id === id));
  }

  /** Whether it may be one's own: written in another browser, perhaps, or by a namesake. @param {string} id */
  #mayBeMine(id) {
    const alias = this.place.keep.get('alias');
    return this.shelf.own.has(id) || this.shelf.published.includes(id) || (alias !== undefined && this.shelf.public.get(id)?.alias === alias);
  }

  /** What has become of one's own. @param {string} id @param {string | undefined} before @param {boolean} isPublic */
  #tell(id, before, isPublic) {
    const state = this.shelf.own.get(id)?.state ?? (isPublic && before ? 'published' : before), { texts } = this.place;
    if (state === before || state === undefined) return;
    this.#say(state === 'published' ? texts.say('comments.published') : `${texts.say('comments.own')} ${texts.say(`comments.state.${state}`)}`);
    if (before === 'held') byId('comment-note').hidden = true; // it waits no longer
  }

  /** What is one's own, for who has a token; nothing changes when it cannot be had. */
  async #askMine() {
    if (!this.place.keep.get('token')) return;
    await this.shelf.awaitMine(() => this.wire.mine()).catch(() => undefined);
  }

  /** @param {string} order */
  async #reorder(order) {
    this.shelf.order = order === 'best' ? 'best' : 'newest';
    await this.load().catch(() => this.#say(this.place.texts.say('comments.failed')));
  }

  async #loadMore() {
    const { order, next, roundId } = this.shelf, last = this.list.element.lastElementChild;
    try {
      if (!this.shelf.widen()) await this.shelf.awaitPage(this.wire.page(order, next, roundId), next === '');
    } catch {
      this.#say(this.place.texts.say('comments.failed'));
      return;
    }
    this.#draw();
    moveFocus(byId('talk-more'), /** @type {HTMLElement | null} */ (last?.nextElementSibling));
  }

  /** @param {string} id */
  async #moreReplies(id) {
    const thread = this.shelf.thread(id);
    if (!this.shelf.widen(thread) && thread.next) await this.shelf.awaitReplies(id, this.wire.replies(id, thread.next));
    this.#draw();
  }

  /** @param {string} text */
  async #post(text) {
    const round = this.place.about(), at = this.moment?.at ?? null;
    const said = await this.#send({ text, ...(round && { round_id: round }), ...(round && at !== null && { at_ms: at }) }, this.composer.root);
    this.moment?.clear();
    return said;
  }

  /** @param {string} id @param {string} text */
  async #reply(id, text) { await this.#send({ text, reply_to: id }, this.list.rows.get(id)?.under); }

  /** @param {Posting} posting @param {Element} [from] where it was written @returns {Promise<string>} what its author is told */
  async #send(posting, from) {
    const { texts } = this.place, { comment } = await this.wire.post(posting).catch((problem) => this.#lose(problem));
    this.shelf.write(comment.id, { ...NOTHING, ...comment, reason: comment.reason ?? 'fine', text: posting.text, posted_at: new Date().toISOString(), round_id: posting.round_id ?? null, at_ms: posting.at_ms ?? null, reply_to: posting.reply_to ?? null });
    const said = texts.say(comment.state === 'published' ? 'comments.published' : 'comments.waiting');
    await this.#settle(comment.id, said, from);
    return said;
  }

  /** Where the line was lost it may have come through all the same; a mute may have come, or gone, unheard. @param {any} problem @returns {never} */
  #lose(problem) {
    if (['offline', 'muted', 'not_muted', 'not_appealable'].includes(problem?.code)) void this.#askMine().then(() => this.#draw());
    throw problem;
  }

  /** @param {string} id @param {string} text */
  async #edit(id, text) {
    const own = this.shelf.own.get(id), { texts } = this.place;
    const { comment } = await this.wire.edit(id, text, own?.revision ?? 1).catch((problem) => this.#lose(problem));
    if (own) this.shelf.write(id, { ...own, statement: null, may_appeal: false, appeal: null, ...comment, reason: comment.reason ?? own.reason, text });
    this.shelf.withdraw(id);
    await this.#settle(id, texts.say('comments.waiting'), this.list.rows.get(id)?.under);
  }

  /** What was written stands where its author sees it, and says how it stands. @param {string} id @param {string} said @param {Element} [from] where it was written */
  async #settle(id, said, from) {
    if (this.shelf.own.get(id)?.state === 'published') await this.load().catch(() => undefined); // as everybody sees it; else it stands above
    this.#draw();
    this.#say(said);
    this.list.rows.get(this.shelf.own.get(id)?.reply_to ?? '')?.thread?.open(true);
    moveFocus(from, this.list.rows.get(id)?.element);
  }

  /** @param {string} id */
  async #takeBack(id) {
    await this.wire.takeBack(id);
    this.shelf.write(id, null);
    this.shelf.withdraw(id);
    this.list.rows.get(id)?.abandon();
    this.#draw();
    this.#say(this.place.texts.say('comments.taken_back'));
    if (document.activeElement === document.body) this.list.element.focus();
  }

  /** @param {string} id @param {string | null} kind */
  async #react(id, kind) {
    const { kind: set, reactions } = await this.wire.react(id, kind);
    this.shelf.react(id, set, reactions);
    this.#draw();
  }

  /** @param {string} id @param {import('./wire.js').Told} told */
  async #report(id, told) {
    const { receipt } = await this.wire.report(id, told);
    if (receipt) keepReceipt(this.place.keep, id, receipt.id);
    this.#draw();
    this.#say(this.place.texts.say('comments.reported'));
  }

  /** @param {string} id @param {string} text */
  async #appeal(id, text) {
    const { comment } = await this.wire.appeal(id, text);
    this.shelf.write(id, comment);
    this.#draw();
    this.#say(this.place.texts.say('comments.appeal.open', { date: this.place.texts.date(comment.appeal?.at ?? comment.posted_at) }));
    const row = this.list.rows.get(id);
    moveFocus(row?.fate, row?.element);
  }

  /** @param {string} text */
  async #appealMute(text) {
    const { appeal } = await this.wire.appealMute(text).catch((problem) => this.#lose(problem));
    this.shelf.appealMute(appeal);
    this.#draw();
    moveFocus(this.mute.element, this.mute.element);
  }

  #draw() {
    this.list.draw();
    byId('talk-more').hidden = !this.shelf.hasMore;
    this.empty.hidden = this.list.element.children.length > 0;
    const said = this.mute.show(this.shelf.mute);
    if (said) this.#say(said);
  }

  /** To those who do not see it. @param {string} text */
  #say(text) { byId('talk-spoken').textContent = text; }
}

/** What a comment that was just posted has nothing of. */
const NOTHING = Object.freeze({ statement: null, may_appeal: false, appeal: null, ruled_by: /** @type {const} */ ('rules') });
