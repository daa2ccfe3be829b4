// @ts-check
/** Why one may not write, above where one would; the way to another person, and what that one said. */
import { make } from '../dom.js';
import { appealForm } from './fate.js';
import { refill } from './parts.js';

/** @typedef {import('../texts.js').Texts} Texts @typedef {import('../types.js').MyTalk['mute']} Mute */

export class MuteNote {
  /** @param {Texts} texts @param {(text: string) => Promise<void>} appeal */
  constructor(texts, appeal) {
    this.texts = texts;
    this.appeal = appeal;
    /** @type {Mute} */ this.mute = null;
    this.element = make('div', { class: 'mute', dir: 'auto', tabindex: '-1', hidden: true });
  }

  /** What is new of an appeal is said too. @param {Mute} mute @returns {string} what to say; nothing most of the time */
  show(mute) {
    const before = this.mute;
    if (JSON.stringify(mute) === JSON.stringify(before)) return ''; // somebody may be writing in it
    this.mute = mute;
    const isLifted = !mute && before?.appeal?.state === 'open' && Date.parse(before.until) > Date.now();
    this.element.hidden = !mute && !isLifted;
    if (mute) refill(this.element, ...this.#why(mute));
    else refill(this.element, isLifted && make('p', { class: 'note' }, this.texts.say('comments.mute.lifted')));
    if (isLifted) return this.texts.say('comments.mute.lifted');
    return mute?.appeal && mute.appeal.state !== before?.appeal?.state ? this.#howItStands(mute.appeal) : '';
  }

  /** @param {NonNullable<Mute>} mute */
  #why({ until, statement, may_appeal: mayAppeal = false, appeal = null }) {
    const { texts } = this;
    return [
      make('p', { class: 'note warm' }, statement?.text ?? texts.say('comments.problem.muted', { date: texts.moment(until) })),
      appeal && make('p', { class: 'appealed', 'data-is': appeal.state }, this.#howItStands(appeal)),
      mayAppeal && appealForm('mute', texts, this.appeal),
    ];
  }

  /** @param {NonNullable<import('../types.js').OwnComment['appeal']>} appeal */
  #howItStands({ state, at, settled_at: settledAt }) {
    return this.texts.say(state === 'open' ? 'comments.mute.open' : `comments.appeal.${state}`, { date: this.texts.date(settledAt ?? at) });
  }
}
