// @ts-check
/** What a moderator does. The next comment shows at once; when the server says no, the comment comes back with a note. */
import { Problem } from '../game/api.js';

/** @typedef {import('./call.js').Line} Line @typedef {import('./call.js').Calls} Calls */
/** @typedef {import('./queue.js').Queue} Queue @typedef {import('./words.js').Words} Words */
/**
 * @typedef {{calls: Calls, words: Words, queue: () => Queue, show: () => void, note: (text: string) => void,
 *   ruled: (count: number) => void}} Hands
 */

/** @param {Line} line */
const seen = ({ revision, rulings }) => ({ revision, rulings });
/** @param {Line} line */
const pathOf = (line) => `/comments/${line.id}`;
/** Whether there was no answer. @param {unknown} problem */
const isOffline = (problem) => problem instanceof Problem && problem.status === 0;

export class Deeds {
  /** @type {(() => Promise<void>)[]} */ #undoable = []; // the latest one last
  #hands;

  /** @param {Hands} hands */
  constructor(hands) { this.#hands = hands; }

  get canUndo() { return this.#undoable.length > 0; }

  /** On the selection when there is one. @param {string} decision @param {string} [reason] */
  rule(decision, reason) {
    const queue = this.#hands.queue();
    const selected = queue.lines.filter((line) => queue.selected.has(line.id));
    if (selected.length) this.#ruleSelection(selected, decision, reason);
    else if (queue.current) this.#ruleOne(queue.current, decision, reason);
  }

  /** @param {Line} line @param {string} decision @param {string} [reason] */
  #ruleOne(line, decision, reason) {
    const body = { ...seen(line), decision, reason, again: line.again, appeal: line.appeal !== null };
    this.#begin([line], this.#hands.calls.call('POST', `${pathOf(line)}/rulings`, body),
      (answer) => this.#undoRuling(line, answer.ruling));
    this.#hands.ruled(1);
  }

  /** One ruling is about one brand's comments. @param {Line[]} lines @param {string} decision @param {string} [reason] */
  #ruleSelection(lines, decision, reason) {
    for (const brand of new Set(lines.map((line) => line.brand))) {
      void this.#ruleMany(lines.filter((line) => line.brand === brand), decision, reason);
    }
  }

  /** @param {Line[]} lines @param {string} decision @param {string} [reason] */
  async #ruleMany(lines, decision, reason) {
    const { calls, note, words, queue, show } = this.#hands;
    const comments = lines.map((line) => ({ id: line.id, ...seen(line) }));
    const sent = this.#begin(lines, calls.call('POST', '/rulings', { decision, reason, comments }), async ({ ruled }) => {
      for (const line of lines.filter((one) => ruled[one.id])) {
        await this.#undoRuling(line, ruled[line.id]);
        delete ruled[line.id]; // a second try goes on from here
      }
    });
    this.#hands.ruled(lines.length);
    const answer = await sent;
    if (!answer) return;
    for (const line of answer.changed) if (!line.is_gone) queue().putBack(line);
    note(words.say(answer.changed.length ? 'desk.note.bulk_changed' : 'desk.note.bulk', { n: Object.keys(answer.ruled).length, left: answer.changed.length }));
    show();
  }

  /** Leave it to somebody else. */
  pass() {
    const line = this.#hands.queue().current;
    if (!line) return;
    const path = `${pathOf(line)}/pass`;
    this.#begin([line], this.#hands.calls.call('POST', path), async () => {
      await this.#hands.calls.call('DELETE', path);
      this.#showAgain(line);
    });
  }

  /** @param {number} days */
  async mute(days) {
    const { calls, note, words, queue, show } = this.#hands;
    const line = queue().current;
    if (!line) return;
    const path = `${pathOf(line)}/mute`;
    const { muted_until: until } = await calls.call('POST', path, { days });
    note(words.say('desk.note.muted', { when: words.when(until) }));
    this.#undoable.push(async () => {
      await calls.call('DELETE', path);
      note(words.say('desk.note.undone'));
    });
    show();
  }

  async undo() {
    const { note, words, show } = this.#hands;
    const undo = this.#undoable.pop();
    try {
      if (undo) await undo();
      else note(words.say('desk.note.nothing'));
    } catch (problem) {
      if (undo && isOffline(problem)) this.#undoable.push(undo);
      throw problem;
    } finally { show(); }
  }

  /**
   * Take the lines out at once; they come back when the call fails.
   * @param {Line[]} lines @param {Promise<any>} call @param {(answer: any) => Promise<void>} undo @returns {Promise<any>}
   */
  #begin(lines, call, undo) {
    const sent = call.catch((problem) => {
      this.#undoable = this.#undoable.filter((one) => one !== undoIt);
      for (const line of lines) this.#comeBack(problem, line);
      return null;
    });
    const undoIt = async () => {
      const answer = await sent;
      if (answer) await undo(answer);
    };
    this.#undoable.push(undoIt);
    this.#hands.queue().remove(lines);
    this.#hands.show();
    return sent;
  }

  /** @param {Line} line @param {string} ruling its id */
  async #undoRuling(line, ruling) {
    const { calls, note, words } = this.#hands;
    try {
      const body = { revision: line.revision, rulings: line.rulings + 1, ruling };
      const { comment } = await calls.call('POST', `${pathOf(line)}/undo`, body);
      this.#showAgain(comment);
      note(words.say('desk.note.undone'));
    } catch (problem) {
      if (isOffline(problem)) throw problem; // the ruling stands: the line stays away
      this.#comeBack(problem, line);
    }
  }

  /** @param {unknown} problem @param {Line} line as it was */
  #comeBack(problem, line) {
    if (!(problem instanceof Problem)) throw problem;
    const { note, words, queue, show } = this.#hands;
    const isGone = problem.code === 'comment_not_found';
    const hasChanged = isGone || problem.code === 'comment_changed';
    const present = hasChanged ? problem.more.comment ?? null : line;
    const comesBack = !hasChanged || ['held', 'hidden', 'appealed'].includes(present?.state); // what is read stays: keys may be on their way
    if (problem.status === 401) note(words.say('desk.note.over'));
    else if (!hasChanged) note(words.say(problem.code === 'own_ruling' ? 'desk.note.own_ruling' : 'desk.note.failed'));
    else note(present ? words.say('desk.note.ruled', { state: words.say(`desk.state.${present.state}`) }) : words.say('desk.note.gone'));
    if (present && comesBack) queue().putBack(present);
    show();
  }

  /** @param {Line} line */
  #showAgain(line) {
    const queue = this.#hands.queue();
    queue.putBack(line);
    queue.read(line.id);
    this.#hands.show();
  }
}
