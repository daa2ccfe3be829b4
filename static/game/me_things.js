// @ts-check
/** The cards of what a player has: who, prizes, rounds, comments. */
import { makeCopyButton } from './copy_button.js';
import { make, makeButton } from './dom.js';
import { pictureOf } from './prize_pictures.js';
import { root } from './root.js';

/**
 * @typedef {{id: string, campaign: string, campaign_title: string, state: string, opened_at: string, verdict: string | null,
 *   score: number | null, shots: number | null, hits: number | null}} MyRound
 * @typedef {{id: string, round_id: string, state: string, prize: {name: string, picture?: string | null}, claim_before: string, claim_code?: string, reason?: string,
 *   claim?: {claimed_at: string, email?: string}}} MyAward
 * @typedef {{text: string, state: string, reason: string, posted_at: string, campaign_title: string,
 *   rulings: {by: string, at: string}[]}} MyComment
 * @typedef {{player: {alias: string, created_at: string}, rounds: MyRound[], awards: MyAward[], comments: MyComment[],
 *   standings: unknown[], keepsakes: unknown[], reports: unknown[]}} Mine
 * @typedef {import('./me.js').Hands} Hands
 */

const SHOWN_ROUNDS = 8;

/** A card with a heading of its own. @param {string} id @param {string} title @param {...(Node | string | null | false)} inside */
const card = (id, title, ...inside) => make('section', { class: 'card', 'aria-labelledby': `${id}-title` }, make('h2', { id: `${id}-title` }, title), ...inside);

/** @param {Mine} mine @param {Hands} hands */
export function whoCard({ player, rounds, awards }, { texts }) {
  const best = Math.max(0, ...rounds.filter(({ verdict }) => verdict === 'accepted').map(({ score }) => score ?? 0));
  const counts = [['me.count.rounds', rounds.length], ['me.count.best', best], ['me.count.awards', awards.length]];
  return make('section', { class: 'card who' }, make('p', { class: 'eyebrow' }, texts.say('me.plays_as')), make('h1', {}, player.alias),
    make('p', { class: 'lead' }, texts.say('me.since', { date: texts.date(player.created_at) })),
    make('dl', { class: 'counts' }, ...counts.map(([key, value]) => make('div', {}, make('dt', {}, texts.say(String(key))), make('dd', {}, texts.number(Number(value)))))),
    make('p', { class: 'actions' }, make('a', { class: 'button', href: `${root}/` }, texts.say('me.play'))));
}

/** What became of an award, in words. @param {MyAward} award @param {import('./texts.js').Texts} texts */
export function fateOf({ state, reason, claim_before: before, claim }, texts) {
  if (state === 'claimed' && claim) {
    const date = texts.date(claim.claimed_at);
    return claim.email ? texts.say('me.award.claimed.mail', { date, email: claim.email }) : texts.say('me.award.claimed', { date });
  }
  if (state === 'returned' && reason === 'above_cap') return texts.say('me.award.returned.above_cap');
  return texts.say(`me.award.${state}`, { date: texts.date(before) });
}

/** @param {MyAward} award @param {Hands} hands */
function awardRow(award, hands) {
  const { texts } = hands;
  const code = award.claim_code;
  const { picture } = award.prize;
  return make('li', { class: `award ${award.state}` }, picture ? pictureOf(picture, 72) : null, make('h3', {}, award.prize.name), make('p', {}, fateOf(award, texts)),
    code ? coupon(code, hands) : null,
    make('p', { class: 'actions' }, code ? make('a', { class: 'button small', href: `${root}/claim/${encodeURIComponent(code)}` }, texts.say('prize.claim')) : null,
      make('a', { href: `${root}/r/${award.round_id}` }, texts.say('me.award.round'))));
}

/** @param {string} code @param {Hands} hands */
function coupon(code, { texts, say }) {
  const shown = make('span', { class: 'code' }, code);
  return make('p', { class: 'coupon' }, make('span', { class: 'hidden' }, texts.say('prize.code')), shown,
    makeCopyButton(texts, { label: 'prize.copy', text: code, shown, say }));
}

/** Prizes to claim first, the newest of each kind first. @param {Mine} mine @param {Hands} hands */
export function awardsCard({ awards }, hands) {
  const { texts } = hands;
  const sorted = [...awards].reverse().sort((a, b) => Number(b.state === 'open') - Number(a.state === 'open'));
  return card('awards', texts.say('me.awards.title'), sorted.length > 0
    ? make('ul', { class: 'awards' }, ...sorted.map((award) => awardRow(award, hands)))
    : make('p', { class: 'lead' }, texts.say('me.awards.empty')));
}

/** @param {MyRound} round @param {import('./texts.js').Texts} texts */
function roundRow(round, texts) {
  const date = texts.moment(round.opened_at), verdict = round.state === 'open' ? 'open' : round.verdict ?? 'rejected';
  return make('li', {}, make('div', {}, make('b', { class: 'score' }, round.score === null ? '–' : texts.number(round.score)),
    make('small', {}, `${date} · ${round.campaign_title}`),
    round.shots ? make('small', {}, texts.say('me.round.hits', { hits: round.hits ?? 0, shots: round.shots })) : null),
  make('div', { class: 'end' }, make('span', { class: 'state', 'data-is': verdict }, texts.say(`me.round.${verdict}`)),
    verdict === 'accepted' || verdict === 'held'
      ? make('a', { href: `${root}/r/${round.id}` }, texts.say('me.rounds.watch'), make('span', { class: 'hidden' }, ` (${date})`)) : null));
}

/** The newest first, a handful at a time. @param {Mine} mine @param {Hands} hands */
export function roundsCard({ rounds }, { texts }) {
  const rest = [...rounds].reverse();
  const list = make('ul', { class: 'rounds' });
  const more = makeButton(texts.say('me.rounds.more'), () => {
    const first = list.children.length;
    add();
    list.children[first]?.querySelector('a')?.focus();
  }, 'plain');
  const add = () => {
    list.append(...rest.splice(0, SHOWN_ROUNDS).map((round) => roundRow(round, texts)));
    more.hidden = rest.length === 0;
  };
  add();
  return card('rounds', texts.say('me.rounds.title'), ...(rounds.length > 0 ? [list, more] : [make('p', { class: 'lead' }, texts.say('me.rounds.empty'))]));
}

/** Why a comment is where it is; a published one needs no reason. @param {MyComment} comment @param {import('./texts.js').Texts} texts */
export function rulingOf({ state, reason, rulings }, texts) {
  if (state === 'published') return '';
  const last = rulings[rulings.length - 1];
  const who = last ? ` ${texts.say(`me.ruled.${last.by}`, { date: texts.date(last.at) })}.` : '';
  return `${texts.say(`reason.${reason}`)}${who}`;
}

/** @param {Mine} mine @param {Hands} hands */
export function commentsCard({ comments }, { texts }) {
  const row = (/** @type {MyComment} */ comment) => make('li', {}, make('p', { class: 'said' }, comment.text),
    make('p', {}, make('span', { class: 'state', 'data-is': comment.state }, texts.say(`me.comment.${comment.state}`)), ' ',
      make('small', {}, `${texts.moment(comment.posted_at)} · ${comment.campaign_title}`)),
    rulingOf(comment, texts) ? make('p', { class: 'why' }, rulingOf(comment, texts)) : null);
  return card('comments', texts.say('me.comments.title'), comments.length > 0
    ? make('ul', { class: 'said-list' }, ...[...comments].reverse().map(row)) : make('p', { class: 'lead' }, texts.say('me.comments.empty')));
}
