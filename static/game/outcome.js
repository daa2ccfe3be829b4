// @ts-check
/** The result: the score counts up, then what it won and how to get it. */
import { tellRival } from './beat.js';
import { byId, make, makeButton } from './dom.js';
import { makeShareButton } from './share.js';

/** @typedef {import('./types.js').Outcome} Outcome @typedef {import('./types.js').Award} Award */
/** @typedef {{texts: import('./texts.js').Texts, boot: import('./types.js').Boot, again: () => void, isFramed: boolean, isCalm: boolean}} Hands */

const COUNT_UP_MS = 1100;

/** @param {Outcome} outcome @param {boolean} won */
function titleOf({ verdict, score }, won) {
  if (verdict !== 'accepted') return `result.title.${verdict}`;
  return won ? 'result.title.win' : score >= 2000 ? 'result.title.good' : 'result.title.small';
}

/** @param {HTMLElement} element @param {number} score @param {Hands} hands */
function countUp(element, score, { texts, isCalm }) {
  const began = performance.now();
  const step = (/** @type {number} */ now) => {
    const share = isCalm ? 1 : Math.min(1, Math.max(0, (now - began) / COUNT_UP_MS));
    element.textContent = texts.number(Math.round(score * (1 - (1 - share) ** 3)));
    if (share < 1) requestAnimationFrame(step);
  };
  step(began);
}

/** @param {Outcome} outcome @param {Hands} hands */
function facts(outcome, { texts }) {
  const share = outcome.shots ? Math.round((outcome.hits / outcome.shots) * 100) : 0;
  const rows = [['result.hits', texts.number(outcome.hits)], ['result.accuracy', `${share}\u202f%`], ['result.combo', texts.number(outcome.best_combo)]];
  return make('dl', { class: 'facts' }, ...rows.map(([key, value]) => make('div', {}, make('dt', {}, texts.say(key)), make('dd', {}, value))));
}

/** Copying may be forbidden in a frame; then the code is selected for the player to copy. @param {string} code @param {HTMLElement} shown @param {HTMLElement} button @param {Hands} hands */
async function copy(code, shown, button, { texts }) {
  try {
    await navigator.clipboard.writeText(code);
    button.textContent = texts.say('prize.copied');
  } catch {
    getSelection()?.selectAllChildren(shown);
  }
}

/** @param {Award} award @param {Hands} hands */
function ticket(award, hands) {
  const { texts, boot, isFramed } = hands;
  const address = `${boot.public_url}/claim`;
  const code = make('span', { class: 'code' }, award.claim_code);
  const button = makeButton(texts.say('prize.copy'), () => { void copy(award.claim_code, code, button, hands); }, 'plain');
  return make('div', { class: 'won' },
    make('p', { class: 'eyebrow' }, texts.say('prize.yours')), make('h2', {}, award.prize.name),
    make('p', { class: 'coupon', 'aria-label': texts.say('prize.code') }, code, button),
    make('small', {}, texts.say('prize.before', { date: texts.date(award.claim_before) })),
    isFramed ? make('small', {}, texts.say('prize.where', { address: address.replace(/^https?:\/\//, '') }))
      : make('a', { class: 'button small', href: `/claim/${encodeURIComponent(award.claim_code)}` }, texts.say('prize.claim')));
}

/** How far the next step of the ladder is. @param {number} score @param {Hands} hands */
function nextStep(score, { texts, boot }) {
  const step = boot.campaign.ladder.filter((one) => one.score > score).sort((a, b) => a.score - b.score)[0];
  const prize = boot.campaign.prizes.find(({ id }) => id === step?.prize_id);
  if (!step || !prize) return null;
  const bar = make('b');
  bar.style.width = `${Math.round((score / step.score) * 100)}%`;
  return make('p', { class: 'next' }, texts.say('result.next', { points: step.score - score, prize: prize.name }), make('i', {}, bar));
}

/** @param {Outcome} outcome @param {Hands} hands */
export function showOutcome(outcome, hands) {
  const { texts } = hands;
  const card = byId('result');
  const value = make('span', {}, '0');
  const { standing, awards, score, verdict } = outcome;
  card.replaceChildren(
    make('h1', {}, texts.say(titleOf(outcome, awards.length > 0))),
    make('p', { class: 'total' }, value, make('small', {}, texts.say('result.points'))),
    ...(standing ? [make('p', { class: 'rank' }, texts.say('result.rank', standing))] : []),
    verdict === 'accepted' ? tellRival(score, hands) : '',
    ...awards.map((award) => ticket(award, hands)),
    awards.length > 0 ? make('p', { class: 'parent' }, texts.say('prize.parent')) : '',
    ...(verdict === 'accepted' ? [nextStep(score, hands) ?? ''] : []),
    facts(outcome, hands),
    make('p', { class: `verdict ${verdict}` }, texts.say(`result.${verdict}`)),
    ...(outcome.kept_back > 0 ? [make('p', { class: 'note kept' }, texts.say('result.kept_back'))] : []),
    make('div', { class: 'actions' }, makeButton(texts.say('start.again'), hands.again, awards.length ? 'small' : ''),
      !hands.isFramed && verdict === 'accepted' && make('a', { class: 'button plain', href: new URL(outcome.replay_url).pathname }, texts.say('result.watch')),
      verdict === 'accepted' && makeShareButton(texts, { title: hands.boot.campaign.title, text: texts.say('share.text', { score }), url: outcome.replay_url })),
  );
  card.hidden = false;
  card.scrollTop = 0;
  card.focus({ preventScroll: true });
  countUp(value, score, hands);
  byId('spoken').textContent = `${texts.say('result.spoken', { score })} ${texts.say(titleOf(outcome, awards.length > 0))}`;
}
