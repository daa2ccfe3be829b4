// @ts-check
/** The result: the score counts up, then what it won and how to get it. */
import { giftNote, keepsakeBox, tickets, togetherNote } from './awards.js';
import { BADGES, badgeOf, medal, nextBadge } from './badge.js';
import { byId, make, makeButton } from './dom.js';
import { tellDuel } from './rival.js';
import { makeShareButton, offersOf } from './share.js';

/** @typedef {import('./types.js').Outcome} Outcome */
/**
 * @typedef {{texts: import('./texts.js').Texts, boot: import('./types.js').Boot, api: import('./api.js').Api, id: string,
 *   again: () => void, isFramed: boolean, settings: import('./settings.js').Settings, sound: import('./sound.js').Sound}} Hands
 */

const COUNT_UP_MS = 1100;

/** @param {Outcome} outcome @param {import('./texts.js').Texts} texts */
function titleOf({ verdict, score, awards: { length } }, texts) {
  if (verdict !== 'accepted') return texts.say(`result.title.${verdict}`);
  if (length > 1) return texts.say('result.title.wins', { n: length });
  return texts.say(length ? 'result.title.win' : score >= 2000 ? 'result.title.good' : 'result.title.small');
}

/**
 * The number runs up, and each badge lights as it is passed.
 * @param {HTMLElement} element @param {HTMLElement[]} steps one a badge @param {number} score @param {Hands} hands
 */
function countUp(element, steps, score, { texts, settings, sound }) {
  const began = performance.now(), isCalm = settings.hasLessMotion;
  let lit = 0;
  const step = (/** @type {number} */ now) => {
    const share = isCalm ? 1 : Math.min(1, Math.max(0, (now - began) / COUNT_UP_MS));
    const shown = Math.round(score * (1 - (1 - share) ** 3));
    element.textContent = texts.number(shown);
    while (lit < BADGES.length && shown >= BADGES[lit].from) {
      steps[lit].classList.add('on');
      sound.play('badge', lit * 4);
      lit += 1;
    }
    if (share < 1) requestAnimationFrame(step);
  };
  step(began);
}

/** The four badges in a row, not yet lit. @param {number} score @param {Hands} hands */
function badgeSteps(score, { texts }) {
  return BADGES.map(({ name, from }) => make('li', {}, medal(name),
    make('span', { 'aria-hidden': 'true' }, texts.number(from)),
    make('span', { class: 'hidden' }, texts.say('badge.from', { badge: texts.say(`badge.${name}`), points: from }), score >= from && ` ${texts.say('prizes.reached')}`)));
}

/** @param {Outcome} outcome @param {Hands} hands */
function facts(outcome, { texts }) {
  const share = outcome.shots ? outcome.hits / outcome.shots : 0;
  const rows = [['result.hits', texts.number(outcome.hits)], ['result.accuracy', texts.percent(share)], ['result.combo', texts.number(outcome.best_combo)]];
  return make('dl', { class: 'facts' }, ...rows.map(([key, value]) => make('div', {}, make('dt', {}, texts.say(key)), make('dd', {}, value))));
}

/** How far the nearest prize of the ladder is, or the next badge where that is nearer. @param {number} score @param {Hands} hands */
function nextStep(score, { texts, boot }) {
  const step = boot.campaign.ladder.filter((one) => one.score > score).sort((a, b) => a.score - b.score)[0];
  const prize = boot.campaign.prizes.find(({ id }) => id === step?.prize_id), badge = nextBadge(score);
  if (step && prize && step.score <= (badge?.from ?? Infinity)) return wayTo(score, step.score, texts.say('result.next', { points: step.score - score, prize: prize.name }));
  return badge && wayTo(score, badge.from, texts.say('badge.next', { points: badge.from - score, badge: texts.say(`badge.${badge.name}`) }));
}

/** @param {number} score @param {number} goal @param {string} text */
function wayTo(score, goal, text) {
  const bar = make('b');
  bar.style.width = `${Math.round((score / goal) * 100)}%`;
  return make('p', { class: 'next' }, text, make('i', {}, bar));
}

/** What a round earns in any campaign, once it counts. @param {number} score @param {HTMLElement[]} steps @param {Hands} hands */
function badges(score, steps, { texts }) {
  const badge = badgeOf(score);
  return [
    ...(badge ? [make('p', { class: 'badge-won' }, texts.say('badge.won', { badge: texts.say(`badge.${badge.name}`) }))] : []),
    make('ol', { class: 'badges', 'aria-label': texts.say('badge.title') }, ...steps),
  ];
}

/** A place for the link that earns a round, where the campaign gives any. @param {Hands} hands */
function friends(hands) {
  const place = make('section', { class: 'friends', hidden: true }), { friend_rounds: given, slug } = hands.boot.campaign;
  if (given) void import('./friends.js').then(({ inviteFriends }) => inviteFriends(place, hands, slug)).catch(() => undefined);
  return place;
}

/** @param {Outcome} outcome @param {Hands} hands */
export function showOutcome(outcome, hands) {
  const { texts } = hands;
  const card = byId('result');
  const value = make('span', {}, '0');
  const { standing, awards, score, verdict } = outcome;
  const steps = badgeSteps(score, hands);
  card.replaceChildren(
    make('h1', {}, titleOf(outcome, texts)),
    make('p', { class: 'total' }, value, make('small', {}, texts.say('result.points'))),
    ...(standing ? [make('p', { class: 'rank' }, texts.say('result.rank', standing))] : []),
    verdict === 'accepted' ? tellDuel(score, hands) : '',
    ...tickets(awards, hands), ...giftNote(outcome, hands), ...keepsakeBox(outcome, hands),
    ...(verdict === 'accepted' ? [...badges(score, steps, hands), nextStep(score, hands) ?? ''] : []),
    verdict === 'accepted' ? friends(hands) : '', facts(outcome, hands), ...togetherNote(outcome, hands),
    make('p', { class: `verdict ${verdict}` }, texts.say(`result.${verdict}`)),
    ...(outcome.kept_back > 0 ? [make('p', { class: 'note kept' }, texts.say('result.kept_back'))] : []),
    make('div', { class: 'actions' }, makeButton(texts.say('start.again'), hands.again, awards.length ? 'small' : ''),
      !hands.isFramed && verdict === 'accepted' && make('a', { class: 'button plain', href: new URL(outcome.replay_url).pathname }, texts.say('result.watch')),
      verdict === 'accepted' && makeShareButton(offersOf({ id: hands.id, score }, hands), hands)),
  );
  card.hidden = false;
  card.scrollTop = 0;
  card.focus({ preventScroll: true });
  countUp(value, steps, score, hands);
  byId('spoken').textContent = `${texts.say('result.spoken', { score })} ${titleOf(outcome, texts)}`;
}
