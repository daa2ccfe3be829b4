// @ts-check
/** What is said around comments: refusals, states, lengths and moments, in words. */
/** @typedef {import('../texts.js').Texts} Texts @typedef {import('../types.js').OwnComment} OwnComment */

export const MOST = 500; // characters; the twin of MOST_CHARACTERS in server/comments/rules.py
export const KINDS = Object.freeze({ bullseye: '🎯', clap: '👏', laugh: '😂', heart: '❤️', wow: '😮' });
export const REASONS = Object.freeze(['insult', 'contact', 'spam', 'illegal', 'danger', 'other']);

/** Problems that the game has a sentence for. */
const SAID = ['slow_down', 'offline', 'campaign_closed', 'campaign_paused'];

/** As the server counts: code points, without the space around. @param {string} text */
export const lengthOf = (text) => [...text.trim()].length;

/** A moment of a round, in minutes and seconds. @param {number} ms */
export function clockOf(ms) {
  const seconds = Math.floor(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** A refusal with its reason. @param {string | undefined} reason @param {Texts} texts */
export function refusalOf(reason, texts) {
  const key = `reason.${reason}`;
  return `${texts.say('comments.refused')}${texts.has(key) ? ` ${texts.say(key)}` : ''}`;
}

/** Why something did not go through: told by its code, whatever else was thrown has none. @param {any} problem @param {Texts} texts */
export function sentenceOf(problem, texts) {
  const { code, more = {}, waitMs } = problem ?? {}, own = `comments.problem.${code}`;
  if (code === 'comment_refused') return refusalOf(more.reason, texts);
  if (code === 'too_large') return refusalOf('too_long', texts);
  if (code === 'muted') return texts.say('comments.problem.muted', { date: texts.moment(more.until) });
  if (SAID.includes(code)) return texts.say(`problem.${code}.text`, { n: Math.ceil((waitMs ?? 1000) / 1000) });
  return texts.say(texts.has(own) ? own : 'comments.failed');
}

/** Why nobody else reads it, as its author is told; nothing where its state says all. @param {OwnComment} own @param {Texts} texts */
export function whyOf({ state, reason }, texts) {
  if (state === 'hidden' && reason === 'reported') return texts.say('comments.hidden');
  if (state === 'held' && reason === 'awaits_review') return '';
  const key = `reason.${reason}`;
  return texts.has(key) ? texts.say(key) : '';
}

/** How many replies there are, as far as it is known. @param {number} n @param {boolean} hasMore @param {Texts} texts */
export function sayReplies(n, hasMore, texts) {
  if (hasMore) return texts.say('comments.replies.many', { n });
  return n === 1 ? texts.say('comments.replies.one') : texts.say('comments.replies', { n });
}

/** Until when the author may change it; null when that is over. @param {OwnComment | null} own @param {number} now */
export function changeableUntil(own, now) {
  const until = Date.parse(own?.editable_until ?? '');
  return until > now ? until : null;
}
