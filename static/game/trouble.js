// @ts-check
/** A refusal in plain words, with what the player can do about it. */
import { Problem } from './api.js';
import { byId, make, makeButton } from './dom.js';

/** @typedef {{texts: import('./texts.js').Texts, boot: import('./types.js').Boot, practise?: () => void}} Hands */

const FINAL = ['campaign_closed'];

/**
 * @param {unknown} problem @param {Hands} hands @param {() => void} retry
 */
export function showProblem(problem, { texts, boot }, retry) {
  const { code, waitMs } = problem instanceof Problem ? problem : { code: 'internal', waitMs: undefined };
  if (!(problem instanceof Problem)) console.error(problem);
  const known = texts.has(`problem.${code}.title`) ? `problem.${code}` : 'problem';
  const now = new Date(), later = new Date(now.getTime() + (waitMs ?? 0));
  const values = { date: texts.moment(boot.campaign.opens_at), n: Math.ceil((waitMs ?? 1000) / 1000), when: texts.away(later, now) };
  const card = byId('problem');
  card.replaceChildren(make('h1', {}, texts.say(`${known}.title`)), make('p', { class: 'lead' }, texts.say(`${known}.text`, values)),
    ...(FINAL.includes(code) ? [] : [makeButton(texts.say('problem.retry'), retry)]));
  card.hidden = false;
  card.querySelector('button')?.focus({ preventScroll: true }); // what had the focus is gone from the screen
}
