// @ts-check
/** Why there is no round now, on a card over the scene: in plain words, with what can be done, gone by itself when it is over. */
import { Problem } from './api.js';
import { createCountdown } from './countdown.js';
import { byId, make, makeButton, show } from './dom.js';
import { root } from './root.js';
import { signOf } from './signs.js';
import { winners } from './winners.js';

/**
 * @typedef {{texts: import('./texts.js').Texts, boot: import('./types.js').Boot, api: import('./api.js').Api,
 *   keep: import('./keep.js').Keep, panels: import('./panels.js').Panels, practise?: () => void}} Hands
 * @typedef {{code: string, waitMs: number | undefined, hands: Hands, retry: () => void, until: AbortSignal}} Trouble
 */

const POLL_MS = 20_000;
const TICK_MS = 250;
/** @type {Record<string, string>} */
const SIGNS = { campaign_not_open: 'cup', campaign_paused: 'pause', campaign_closed: 'cup_won', no_rounds_left: 'hourglass', slow_down: 'hourglass', offline: 'plug' };
const loadedAt = Date.now();
let current = new AbortController(); // of the card that shows: what it waits for ends with it

/** Now by the server's clock, however wrong this device's is. @param {import('./types.js').Campaign} campaign */
const serverNow = ({ server_time: told }) => Date.parse(told) + (Date.now() - loadedAt);

/**
 * @param {unknown} problem @param {Hands} hands @param {() => void} retry
 */
export function showProblem(problem, hands, retry) {
  const { code, waitMs } = problem instanceof Problem ? problem : { code: 'internal', waitMs: undefined };
  if (!(problem instanceof Problem)) console.error(problem);
  current.abort();
  current = new AbortController();
  const card = byId('problem');
  card.replaceChildren(...inside({ code, waitMs, hands, retry, until: current.signal }));
  card.hidden = false;
  card.scrollTop = 0;
  /** @type {HTMLElement | null} */ (card.querySelector('button, a'))?.focus({ preventScroll: true }); // what had the focus is gone
}

/** Before any click: whoever has no rounds left today is told so. @param {Hands} hands @param {() => void} retry */
export async function foresee(hands, retry) {
  const { api, boot, keep } = hands;
  if (!keep.get('token') || boot.campaign.state !== 'open') return;
  const { rounds_left: left, bonus_rounds: bonus, next_rounds_at: next, server_time: now } = await api.campaign(boot.slug);
  if (bonus) void import('./friends.js').then(({ tellBonus }) => tellBonus(bonus, hands, boot.slug));
  if (left !== 0 || !next || document.body.dataset.state !== 'start') return;
  show('problem');
  showProblem(new Problem(429, 'no_rounds_left', { retry_in_ms: Date.parse(next) - Date.parse(now) }), hands, retry);
}

/** What stands on the card. @param {Trouble} trouble */
function inside(trouble) {
  const { code, waitMs, hands: { texts, boot: { campaign } } } = trouble;
  const known = texts.has(`problem.${code}.title`) ? `problem.${code}` : 'problem';
  const now = new Date(), later = new Date(now.getTime() + (waitMs ?? 0));
  const values = { date: texts.moment(campaign.opens_at, campaign.timezone), n: Math.ceil((waitMs ?? 1000) / 1000), when: texts.away(later, now) };
  return [make('img', { class: 'sign', src: signOf(SIGNS[code] ?? 'cable'), alt: '', width: '64', height: '64' }),
    make('h1', {}, texts.say(`${known}.title`)), make('p', { class: 'lead' }, texts.say(`${known}.text`, values)),
    ...(WAITS[code]?.(trouble) ?? []), actions(trouble)];
}

/** @param {Trouble} trouble */
function actions(trouble) {
  const { code, retry, hands } = trouble;
  const { texts, boot, practise } = hands;
  const isFramed = boot.embed || window.self !== window.top;
  return make('p', { class: 'actions' },
    code === 'campaign_closed' && !isFramed && make('a', { class: 'button', href: `${root}/me` }, texts.say('state.closed.prizes')),
    code === 'campaign_paused' && makeButton(texts.say('state.reload'), () => { void look(trouble); }),
    !['campaign_closed', 'campaign_paused', 'campaign_not_open', 'no_rounds_left'].includes(code) && makeButton(texts.say('problem.retry'), retry),
    practise && makeButton(texts.say('state.practise'), practise, 'plain'));
}

/** What a state shows besides its words, and how it ends by itself. @type {Record<string, (trouble: Trouble) => Node[]>} */
const WAITS = {
  campaign_not_open: (trouble) => {
    const { campaign } = trouble.hands.boot;
    return [countDown(trouble, () => Date.parse(campaign.opens_at) - serverNow(campaign))];
  },
  no_rounds_left: (trouble) => {
    const end = Date.now() + (trouble.waitMs ?? 0);
    return [countDown(trouble, () => end - Date.now())];
  },
  campaign_paused: (trouble) => {
    every(POLL_MS, trouble.until, () => { if (!document.hidden) void look(trouble); });
    document.addEventListener('visibilitychange', () => { if (!document.hidden) void look(trouble); }, { signal: trouble.until });
    addEventListener('online', () => { void look(trouble); }, { signal: trouble.until });
    return [make('p', { class: 'note' }, trouble.hands.texts.say('state.paused.watch'))];
  },
  offline: (trouble) => {
    addEventListener('online', () => { void look(trouble); }, { signal: trouble.until });
    return [make('p', { class: 'note' }, trouble.hands.texts.say('state.offline.watch'))];
  },
  campaign_closed: ({ hands, until }) => [winners(hands, until), make('p', { class: 'note warm' }, hands.texts.say('state.closed.claim'))],
};

/** @param {Trouble} trouble @param {() => number} left milliseconds */
function countDown(trouble, left) {
  const { texts } = trouble.hands;
  const countdown = createCountdown(texts.say('state.countdown'), texts.locale);
  countdown.show(left());
  let askedAt = -Infinity;
  every(TICK_MS, trouble.until, () => {
    const ms = left();
    countdown.show(ms);
    if (ms > 0 || Date.now() - askedAt < 1000) return; // at zero: ask until the server agrees
    askedAt = Date.now();
    void look(trouble);
  });
  return countdown.element;
}

/** @param {number} ms @param {AbortSignal} until @param {() => void} act */
function every(ms, until, act) {
  const timer = setInterval(() => { if (isShown()) act(); }, ms);
  until.addEventListener('abort', () => clearInterval(timer));
}

/** A calm round may be played over the card; then it waits. */
const isShown = () => document.body.dataset.state === 'problem';

/** Ask how the campaign is now: back to the start when a round can be opened. @param {Trouble} trouble */
async function look({ code, hands, retry, until }) {
  const { api, boot, panels } = hands;
  const fresh = await api.campaign(boot.slug).catch(() => null);
  if (!fresh || until.aborted || !isShown()) return;
  Object.assign(boot.campaign, { state: fresh.state, opens_at: fresh.opens_at });
  panels.showPrizes(fresh.prizes);
  if (fresh.state !== 'open') {
    if (`campaign_${fresh.state}` !== code) showProblem(new Problem(423, `campaign_${fresh.state}`), hands, retry);
    return;
  }
  if (fresh.rounds_left === 0) return;
  current.abort();
  const hadFocus = byId('problem').contains(document.activeElement);
  show('start');
  if (hadFocus) byId('play').focus({ preventScroll: true });
}
