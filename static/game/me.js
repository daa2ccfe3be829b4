// @ts-check
/** What is mine: rounds, prizes, comments, all that is kept, a way to another device. Known by the browser's token only. */
import { Api, Problem } from './api.js';
import { byId, make, makeButton } from './dom.js';
import { createKeep } from './keep.js';
import { dataCard } from './me_data.js';
import { moveCard, readMove, takeOverCard } from './me_move.js';
import { awardsCard, commentsCard, roundsCard, whoCard } from './me_things.js';
import { root } from './root.js';
import { createTexts } from './texts.js';

/** @typedef {import('./me_things.js').Mine} Mine */
/**
 * What every card of the page is given: `open` shows the page anew, `say` tells a screen reader, `end` leaves one card.
 * @typedef {{texts: import('./texts.js').Texts, api: Api, keep: import('./keep.js').Keep, open: () => void,
 *   say: (text: string) => void, end: (kind: string, values?: Record<string, string>) => void}} Hands
 */

const boot = JSON.parse(byId('boot').textContent ?? '');
const texts = createTexts(boot.texts, boot.locale);
const keep = createKeep();
const api = new Api({ base: boot.api, locale: boot.locale, keep });
const page = byId('me');
/** @type {Hands} */
const hands = { texts, api, keep, open: () => { void open(); }, say, end };

/** @param {string} text */
function say(text) { byId('spoken').textContent = text; }

/** @param {...HTMLElement} cards */
function fill(...cards) {
  page.replaceChildren(...cards);
}

/**
 * One card instead of all: nobody, unknown, moved, failed or erased.
 * @param {string} kind @param {Record<string, string>} [values]
 */
function end(kind, values = {}) {
  const way = kind === 'failed' ? makeButton(texts.say('problem.retry'), hands.open)
    : make('a', { class: 'button', href: `${root}/` }, texts.say('me.play'));
  const title = make('h1', { tabindex: '-1' }, texts.say(`me.${kind}.title`));
  fill(make('section', { class: 'card' }, title, make('p', { class: 'lead' }, texts.say(`me.${kind}.text`, values)),
    kind === 'nobody' && make('p', { class: 'note' }, texts.say('me.nobody.moved')), make('p', { class: 'actions' }, way)));
  if (kind !== 'nobody') title.focus({ preventScroll: true });
}

/** The player of this browser is nobody any more: moved, when a code was shown here, else erased. */
function lose() {
  const alias = keep.get('alias') ?? '';
  const hasMoved = keep.get('moving') !== undefined && alias !== '';
  for (const name of ['token', 'alias', 'round', 'waiting', 'moving']) keep.forget(name);
  end(hasMoved ? 'moved' : 'unknown', { alias });
}

async function open() {
  if (!keep.get('token')) {
    end('nobody');
    return;
  }
  try {
    /** @type {Mine} */
    const mine = await api.call('/players/me');
    if (Date.parse(keep.get('moving') ?? '') < Date.now()) keep.forget('moving'); // its code was not used in time
    fill(whoCard(mine, hands), awardsCard(mine, hands), roundsCard(mine, hands), commentsCard(mine, hands), moveCard(hands, lose), dataCard(mine, hands));
  } catch (problem) {
    if (problem instanceof Problem && problem.code === 'unknown_player') lose();
    else end('failed');
  }
}

/** The address may bring a player from another device; the code leaves the address bar at once. */
function arrive() {
  const move = readMove(location.hash);
  if (!move) {
    void open();
    return;
  }
  history.replaceState(null, '', location.pathname + location.search);
  const card = takeOverCard(move, hands);
  fill(card);
  card.querySelector('h1')?.focus({ preventScroll: true });
}

addEventListener('hashchange', () => { if (readMove(location.hash)) arrive(); });
arrive();
