// @ts-check
/** The talk under a campaign or a replay: what everybody reads, what waits, what one writes; kept up as the room tells of it. */
import { byId, make, makeButton } from '../dom.js';
import { waitForLine } from '../line.js';
import { Composer } from './composer.js';
import { Moment } from './moment.js';
import { arrange } from './parts.js';
import { keepReceipt, receiptOf } from './report.js';
import { Row } from './row.js';
import { Shelf } from './shelf.js';
import { Wire } from './wire.js';
import { changeableUntil, muteOf } from './words.js';

/** @typedef {import('../types.js').Comment} Comment @typedef {import('./wire.js').Posting} Posting */
/**
 * Where the talk stands: `roundId` is the round that all of it is about, `about` the one that a comment written now is
 * about, `now` and `seek` the replay's.
 * @typedef {{texts: import('../texts.js').Texts, slug: string, api: import('../api.js').Api, keep: import('../keep.js').Keep,
 *   isClosed: boolean, isFramed: boolean, roundId: string | null, about: () => string | null,
 *   now?: () => number, seek?: (ms: number) => void}} Place
 */

const AGAIN_MS = 2000;
const MOST_OWN = 3; // of one's own that nobody else reads; the others show when asked for

export class Talk {
  /** @param {Place} place */
  constructor(place) {
    const { texts, slug, api, roundId, isClosed, now } = place;
    this.place = place;
    this.shelf = new Shelf(roundId);
    this.wire = new Wire(api, slug);
    /** @type {Map<string, Row>} */ this.rows = new Map();
    this.showsAllOwn = false;
    this.hasMissed = true; // something that the room told: it may have, until it is first heard
    this.opens = 0;
    this.list = byId('talk');
    this.moreOwn = make('li', {}, makeButton('', () => this.#showAllOwn(), 'small plain'));
    byId('composer').hidden = isClosed; // what is over takes no more comments
    this.composer = new Composer(byId('composer'), texts, (text) => this.#post(text));
    this.mute = make('p', { class: 'note warm', dir: 'auto', hidden: true });
    this.composer.root.insertBefore(this.mute, this.composer.root.firstElementChild);
    this.empty = byId('talk-empty');
    this.nobody = this.empty.textContent ?? '';
    this.moment = now ? new Moment(texts, now, this.composer.box) : null;
    this.hands = this.#hands();
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
      moreReplies: (id) => this.#moreReplies(id),
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
    this.empty.hidden = this.list.children.length > 0;
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
    const mine = [...news.map(({ id }) => id), ...gone].filter((id) => this.#isMine(id));
    for (const id of gone) this.shelf.withdraw(id);
    for (const comment of [...news].reverse()) this.shelf.greet(comment); // the newest stands first on the wire
    this.#draw();
    if (mine.length === 0) return;
    const before = new Map(mine.map((id) => [id, this.shelf.own.get(id)?.state]));
    await this.#askMine();
    this.#draw();
    for (const id of mine) this.#tell(id, before.get(id), news.some((one) => one.id === id));
  }

  /** @param {string} id */
  #isMine(id) {
    const alias = this.place.keep.get('alias');
    return this.shelf.own.has(id) || (alias !== undefined && this.shelf.public.get(id)?.alias === alias);
  }

  /** What has become of one's own. @param {string} id @param {string | undefined} before @param {boolean} isPublic */
  #tell(id, before, isPublic) {
    const state = this.shelf.own.get(id)?.state ?? (isPublic ? 'published' : before), { texts } = this.place;
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
    const { order, next, roundId } = this.shelf, last = this.list.lastElementChild;
    try {
      await this.shelf.awaitPage(this.wire.page(order, next, roundId), false);
    } catch {
      this.#say(this.place.texts.say('comments.failed'));
      return;
    }
    this.#draw();
    /** @type {HTMLElement | null} */ (last?.nextElementSibling ?? null)?.focus();
  }

  /** @param {string} id */
  async #moreReplies(id) {
    const { next } = this.shelf.thread(id);
    if (!next) return;
    await this.shelf.awaitReplies(id, this.wire.replies(id, next));
    this.#draw();
  }

  /** @param {string} text */
  async #post(text) {
    const round = this.place.about(), at = this.moment?.at ?? null;
    const said = await this.#send({ text, ...(round && { round_id: round }), ...(round && at !== null && { at_ms: at }) });
    this.moment?.clear();
    return said;
  }

  /** @param {string} id @param {string} text */
  async #reply(id, text) { await this.#send({ text, reply_to: id }); }

  /** @param {Posting} posting @returns {Promise<string>} what its author is told */
  async #send(posting) {
    const { texts } = this.place, { comment } = await this.wire.post(posting).catch((problem) => this.#lose(problem));
    this.shelf.write(comment.id, { ...NOTHING, ...comment, reason: comment.reason ?? 'fine', text: posting.text, posted_at: new Date().toISOString(), round_id: posting.round_id ?? null, at_ms: posting.at_ms ?? null, reply_to: posting.reply_to ?? null });
    const said = texts.say(comment.state === 'published' ? 'comments.published' : 'comments.waiting');
    await this.#settle(comment.id, said);
    return said;
  }

  /** Where the line was lost it may have come through all the same. @param {any} problem @returns {never} */
  #lose(problem) {
    if (problem?.code === 'offline') void this.#askMine().then(() => this.#draw());
    throw problem;
  }

  /** @param {string} id @param {string} text */
  async #edit(id, text) {
    const own = this.shelf.own.get(id), { texts } = this.place;
    const { comment } = await this.wire.edit(id, text, own?.revision ?? 1);
    if (own) this.shelf.write(id, { ...own, statement: null, may_appeal: false, appeal: null, ...comment, reason: comment.reason ?? own.reason, text });
    this.shelf.withdraw(id);
    await this.#settle(id, texts.say('comments.waiting'));
  }

  /** What was written stands where its author sees it, and says how it stands. @param {string} id @param {string} said */
  async #settle(id, said) {
    if (this.shelf.own.get(id)?.state === 'published') await this.load().catch(() => undefined); // as everybody sees it; else it stands above
    this.#draw();
    this.#say(said);
    this.rows.get(this.shelf.own.get(id)?.reply_to ?? '')?.thread?.open(true);
    this.rows.get(id)?.focus();
  }

  /** @param {string} id */
  async #takeBack(id) {
    await this.wire.takeBack(id);
    this.shelf.write(id, null);
    this.shelf.withdraw(id);
    this.#draw();
    this.#say(this.place.texts.say('comments.taken_back'));
    if (document.activeElement === document.body) this.list.focus();
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
    if (receipt) keepReceipt(this.place.keep, id, receipt.url);
    this.#draw();
    this.#say(this.place.texts.say('comments.reported'));
  }

  /** @param {string} id @param {string} text */
  async #appeal(id, text) {
    const { comment } = await this.wire.appeal(id, text);
    this.shelf.write(id, comment);
    this.#draw();
    this.#say(this.place.texts.say('comments.appeal.open', { date: this.place.texts.date(comment.appeal?.at ?? comment.posted_at) }));
    this.rows.get(id)?.focus();
  }

  /** The focus goes to the first that was not shown. */
  #showAllOwn() {
    const at = [...this.list.children].indexOf(this.moreOwn);
    this.showsAllOwn = true;
    this.#draw();
    /** @type {HTMLElement} */ (this.list.children[at]).focus();
  }

  #draw() {
    const { shelf } = this, waiting = shelf.waiting, shown = this.showsAllOwn ? waiting : waiting.slice(0, MOST_OWN);
    const used = new Set(), until = new Set();
    const row = (/** @type {string} */ id, isReply = false) => {
      used.add(id);
      const made = this.#row(id, isReply, until);
      made.thread?.fill(shelf.repliesTo(id).map((reply) => row(reply, true).element), shelf.thread(id).ids.length, shelf.thread(id).next !== null);
      return made;
    };
    const left = waiting.length - shown.length;
    /** @type {HTMLElement} */ (this.moreOwn.firstElementChild).textContent = this.place.texts.say('comments.own_more', { n: left });
    arrange(this.list, [...shown.map((id) => row(id).element), ...(left > 0 ? [this.moreOwn] : []), ...shelf.ids.map((id) => row(id).element)]);
    for (const id of this.rows.keys()) if (!used.has(id)) this.rows.delete(id);
    byId('talk-more').hidden = shelf.next === null;
    this.empty.hidden = this.list.children.length > 0;
    this.#showMute();
    this.#drawAgain(Math.min(...until));
  }

  /** @param {string} id @param {boolean} isReply @param {Set<number>} until when something about it ends */
  #row(id, isReply, until) {
    const found = this.rows.get(id), seen = this.shelf.see(id), end = changeableUntil(seen.own, Date.now());
    const row = found && found.isReply === isReply ? found : new Row(id, this.hands, isReply);
    const isAlone = !isReply && seen.own?.reply_to;
    if (end) until.add(end);
    row.show({ ...seen, mayChange: end !== null, receipt: receiptOf(this.place.keep, id), answers: isAlone ? this.place.texts.say('comments.reply.own') : null });
    this.rows.set(id, row);
    return row;
  }

  #showMute() {
    const said = muteOf(this.shelf.mute, this.place.texts);
    this.mute.hidden = said === '';
    if (this.mute.textContent !== said) this.mute.textContent = said;
  }

  /** The five minutes of a comment end while the page is open. @param {number} at */
  #drawAgain(at) {
    clearTimeout(this.timer);
    if (Number.isFinite(at)) this.timer = setTimeout(() => this.#draw(), at - Date.now() + 50);
  }

  /** To those who do not see it. @param {string} text */
  #say(text) { byId('talk-spoken').textContent = text; }
}

/** What a comment that was just posted has nothing of. */
const NOTHING = Object.freeze({ statement: null, may_appeal: false, appeal: null, ruled_by: /** @type {const} */ ('rules') });
