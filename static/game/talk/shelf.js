// @ts-check
/** What is known of a talk: the public comments in their order, their replies, one's own ones and reactions. No page here. */

/** @typedef {import('../types.js').Comment} Comment @typedef {import('../types.js').OwnComment} OwnComment @typedef {import('../types.js').MyTalk} MyTalk */
/** @typedef {'newest' | 'best'} Order @typedef {{ids: string[], next: string | null, room: number}} Thread `room` as for the list */
/** @typedef {{id: string, said: Comment | null, own: OwnComment | null, kind: string | null}} Seen `said` is what anybody reads, `own` what its author is told, `kind` one's own reaction */

export const MOST_SHOWN = 200; // until more are asked for: a tab that stays open grows no further
const MORE = 20; // a page
const MOST_KNOWN = 1000; // beyond those that are shown

/** @param {Comment} comment how many reactions it has */
const likes = ({ reactions }) => Object.values(reactions).reduce((sum, n) => sum + n, 0);

/** By what the newest are in order, as the server has it. @param {Comment} comment */
const place = ({ published_at: at, posted_at: posted, id }) => `${at ?? posted} ${id}`;

export class Shelf {
  /** @param {string | null} [roundId] the round that all is about, null for a campaign's whole talk */
  constructor(roundId = null) {
    this.roundId = roundId;
    /** @type {Order} */ this.order = 'newest';
    /** Empty once the way on is lost: the list is begun anew then. @type {string | null} */ this.next = null;
    /** Those that are no replies, in their order. @type {string[]} */ this.ids = [];
    this.room = MOST_SHOWN; // how many of them are shown
    /** @type {Map<string, Comment>} */ this.public = new Map();
    /** By the comment that is answered. @type {Map<string, Thread>} */ this.threads = new Map();
    /** The newest first. @type {Map<string, OwnComment>} */ this.own = new Map();
    /** Ids of one's own that anybody reads. @type {string[]} */ this.published = [];
    /** @type {Map<string, string>} */ this.kinds = new Map();
    /** Why one may not write. @type {import('../types.js').MyTalk['mute']} */ this.mute = null;
    /** What was told since each answer that is awaited was asked for; null is gone. @type {Set<Map<string, Comment | null>>} */ this.meanwhile = new Set();
    this.turn = 0; // how often the list was begun anew
    this.begun = Promise.resolve();
    this.asks = 0; // for what is one's own
    this.writes = 0; // what one changed oneself
    this.asked = Promise.resolve();
  }

  /** A page that was asked for; where the list was begun anew since, that one is waited for instead. @param {Promise<{comments: Comment[], next: string | null}>} page @param {boolean} isFirst */
  awaitPage(page, isFirst) {
    if (isFirst) this.turn += 1;
    const put = this.#await(page, ({ comments, next }) => this.fill(comments, next, isFirst));
    if (isFirst) this.begun = put;
    return put;
  }

  /** A page of a comment's replies that was asked for. @param {string} id @param {Promise<{replies: Comment[], next: string | null}>} page */
  awaitReplies(id, page) { return this.#await(page, ({ replies, next }) => this.fillThread(id, replies, next)); }

  /** What is told while it comes is newer than an answer. @template T @param {Promise<T>} answer @param {(answer: T) => void} take @returns {Promise<void>} */
  async #await(answer, take) {
    const { turn } = this, told = new Map();
    this.meanwhile.add(told);
    try {
      const came = await answer;
      if (turn !== this.turn) return await this.begun;
      take(came);
    } finally {
      this.meanwhile.delete(told);
    }
    for (const [id, comment] of told) {
      if (comment) this.greet(comment);
      else this.withdraw(id);
    }
  }

  /** What is one's own, as of the last time that it was asked for, and of nothing that one has changed since. @param {() => Promise<MyTalk>} ask */
  awaitMine(ask) {
    this.asked = this.#awaitMine(ask, this.asks += 1);
    return this.asked;
  }

  /** @param {() => Promise<MyTalk>} ask @param {number} turn @returns {Promise<void>} */
  async #awaitMine(ask, turn) {
    const { writes } = this, mine = await ask();
    if (turn !== this.asks) return this.asked;
    if (writes !== this.writes) return this.#awaitMine(ask, turn);
    return this.learnMine(mine);
  }

  /** One's own, as one has just written it; null takes it away. @param {string} id @param {OwnComment | null} own */
  write(id, own) {
    this.writes += 1;
    if (own) this.own.set(id, own);
    else this.own.delete(id);
    this.own = new Map([...this.own].sort(([, a], [, b]) => b.posted_at.localeCompare(a.posted_at)));
  }

  /** @param {string} id @param {Comment | null} comment */
  #note(id, comment) {
    for (const told of this.meanwhile) told.set(id, comment);
  }

  /** What came of one's own word against the mute. @param {OwnComment['appeal']} appeal */
  appealMute(appeal) {
    this.writes += 1;
    if (this.mute) this.mute = { ...this.mute, appeal, may_appeal: false };
  }

  /** A page of the list; the first one takes the place of all that was there. @param {Comment[]} comments @param {string | null} next @param {boolean} isFirst */
  fill(comments, next, isFirst) {
    if (isFirst) {
      this.ids = [];
      this.room = MOST_SHOWN;
      this.public.clear();
      this.threads.clear();
    }
    for (const comment of comments) {
      if (!this.ids.includes(comment.id)) this.ids.push(comment.id);
      this.#learn(comment);
    }
    if (!isFirst) this.room = Math.max(this.room, this.ids.length); // they were asked for
    this.next = next;
  }

  get shown() { return this.ids.slice(0, this.room); }

  get hasMore() { return this.ids.length > this.room || this.next !== null; }

  /** Show more of those that are known. @param {{ids: string[], room: number}} [list] the replies to one, else the comments @returns {boolean} whether there were any */
  widen(list = this) {
    const isWider = list.ids.length > list.room;
    if (isWider) list.room += MORE;
    return isWider;
  }

  /** A page of a comment's replies, after those that are there. @param {string} id @param {Comment[]} replies @param {string | null} next */
  fillThread(id, replies, next) {
    const thread = this.thread(id);
    for (const reply of replies) {
      this.public.set(reply.id, reply);
      if (!thread.ids.includes(reply.id)) thread.ids.push(reply.id);
    }
    this.threads.set(id, { ids: thread.ids, next, room: Math.max(thread.room, thread.ids.length) });
  }

  /** What has become public just now, or was told again. @param {Comment} comment */
  greet(comment) {
    const { id, reply_to: parent } = comment;
    this.#note(id, comment);
    if (parent) {
      const thread = this.thread(parent);
      if (!this.public.has(parent) || (thread.next !== null && !thread.ids.includes(id))) return; // it comes by its page
      if (!thread.ids.includes(id)) thread.ids.push(id);
      this.threads.set(parent, thread);
      this.public.set(id, comment);
    } else if (this.ids.includes(id)) this.#learn(comment);
    else if (!this.roundId || comment.round_id === this.roundId) this.#place(comment);
  }

  /** Where its order wants a newcomer; below what is loaded only when nothing is left to load. @param {Comment} comment */
  #place(comment) {
    const isBelow = this.order === 'newest' ? (/** @type {Comment} */ known) => place(known) < place(comment) : (/** @type {Comment} */ known) => likes(known) <= likes(comment);
    const at = this.ids.findIndex((id) => isBelow(/** @type {Comment} */ (this.public.get(id))));
    if (at === -1 && this.next !== null) return;
    this.ids.splice(at === -1 ? this.ids.length : at, 0, comment.id);
    this.#learn(comment);
    if (this.ids.length > this.room + MOST_KNOWN) this.#forget(this.ids.splice(this.room));
  }

  /** @param {string[]} ids those furthest down */
  #forget(ids) {
    for (const id of ids) this.#shed(id);
    this.next = '';
  }

  /** With its replies. @param {string} id @returns {boolean} whether it was there */
  #shed(id) {
    for (const reply of this.threads.get(id)?.ids ?? []) this.public.delete(reply);
    this.threads.delete(id);
    return this.public.delete(id);
  }

  /** @param {Comment} comment with its first replies */
  #learn(comment) {
    this.public.set(comment.id, comment);
    const { replies = [], replies_next: next = null } = comment;
    this.threads.set(comment.id, { ids: replies.map(({ id }) => id), next, room: MOST_SHOWN });
    for (const reply of replies) this.public.set(reply.id, reply);
  }

  /** What is public no longer; its replies went with it. @param {string} id @returns {boolean} whether it was shown */
  withdraw(id) {
    this.#note(id, null);
    this.ids = this.ids.filter((one) => one !== id);
    for (const thread of this.threads.values()) thread.ids = thread.ids.filter((one) => one !== id);
    return this.#shed(id);
  }

  /** @param {MyTalk} mine */
  learnMine({ comments, reactions, published = [], mute = null }) {
    this.mute = mute;
    this.published = published;
    this.own = new Map(comments.map((own) => [own.id, own]));
    this.kinds = new Map(Object.entries(reactions));
    for (const { id, state } of comments) if (state !== 'published') this.withdraw(id);
  }

  /** @param {string} id @param {string | null} kind @param {Record<string, number>} reactions */
  react(id, kind, reactions) {
    const comment = this.public.get(id);
    this.writes += 1;
    if (comment) this.public.set(id, { ...comment, reactions });
    if (kind) this.kinds.set(id, kind);
    else this.kinds.delete(id);
  }

  /** @param {string} id @returns {Thread} */
  thread(id) { return this.threads.get(id) ?? { ids: [], next: null, room: MOST_SHOWN }; }

  /** @param {string} id @returns {Seen} */
  see(id) {
    return { id, said: this.public.get(id) ?? null, own: this.own.get(id) ?? null, kind: this.kinds.get(id) ?? null };
  }

  /** One's own that nobody else reads and that stand above the list: also answers to what is not shown here, until they are public. */
  get waiting() {
    /** @type {(own: OwnComment | undefined) => boolean} */
    const standsHere = (own) => own !== undefined && !this.public.has(own.id) && (own.reply_to
      ? own.state !== 'published' && !this.public.has(own.reply_to) && !this.roundId && !standsHere(this.own.get(own.reply_to))
      : !this.roundId || own.round_id === this.roundId);
    return [...this.own.values()].filter(standsHere).map(({ id }) => id);
  }

  /** The replies beneath a comment, one's own unseen ones last. @param {string} id */
  repliesTo(id) {
    const unseen = [...this.own.values()].filter((own) => own.reply_to === id && !this.public.has(own.id)).reverse();
    const { ids, room } = this.thread(id);
    return [...ids.slice(0, room), ...unseen.map((own) => own.id)];
  }
}
