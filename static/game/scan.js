// @ts-check
/** Somebody came by the code of a poster or a pack: it is sent once they are a player, and what it unlocks is told. */
import { Api, Problem } from './api.js';
import { byId, make, show } from './dom.js';
import { createKeep } from './keep.js';
import { insist } from './line.js';
import { createTexts } from './texts.js';

/** @typedef {{code: string, bonus: number, scene: boolean}} Scan what the page was told of the code */
/** @typedef {{unlocked: {bonus_rounds: number, scene: boolean}, rounds_left?: number}} Unlocked */

/** @type {import('./types.js').Boot & {scan: Scan}} */
const boot = JSON.parse(byId('boot').textContent ?? '');
const texts = createTexts(boot.texts, boot.locale);
const said = make('span');
const note = make('aside', { class: 'scan', role: 'status', hidden: true }, said, make('button', { type: 'button', class: 'scan-close', onclick: () => note.remove() }, '×'));

/** @param {'bonus' | 'got'} word @param {number} count */
const rounds = (word, count) => (count ? texts.say(`scan.${word}.${count === 1 ? 'one' : 'many'}`, { count }) : '');

/** @param {string[]} sentences the empty ones are not said */
function tell(...sentences) {
  said.textContent = sentences.filter(Boolean).join(' ');
  note.hidden = !said.textContent;
}

/** @param {unknown} problem */
const isRefused = (problem) => problem instanceof Problem && problem.status >= 400 && problem.status < 500;

/** @param {Api} api as whoever plays here now */
async function send(api) {
  try {
    /** @type {Unlocked} */
    const { unlocked, rounds_left: left } = await insist(() => api.call(`/campaigns/${boot.slug}/scans`, { method: 'POST', body: { code: boot.scan.code } }), isRefused);
    tell(unlocked.scene ? texts.say('scan.scene') : '', rounds('got', unlocked.bonus_rounds));
    if (left && document.body.dataset.state === 'problem' && boot.campaign.state === 'open') show('start'); // there was no round left
  } catch (problem) {
    const key = problem instanceof Problem ? `scan.refused.${problem.code}` : '';
    if (texts.has(key)) tell(texts.say(key));
  }
  dropCode();
}

/** Once it is answered the code leaves the address: a link handed on from here, or a reload, is no scan. */
function dropCode() {
  const here = new URL(location.href);
  here.searchParams.delete('q');
  history.replaceState(history.state, '', here);
}

/** A new player has a token once their first round runs. @param {() => void} then */
function onceAPlayer(then) {
  const eye = new MutationObserver(() => {
    if (document.body.dataset.state !== 'playing' || !createKeep().get('token')) return;
    eye.disconnect();
    then();
  });
  eye.observe(document.body, { attributeFilter: ['data-state'] });
}

async function main() {
  const keep = createKeep();
  /** @param {import('./keep.js').Keep} kept */
  const apiOf = (kept) => new Api({ base: boot.api, locale: boot.locale, keep: kept });
  texts.learn(await insist(() => apiOf(keep).words(boot.slug, 'scan'), isRefused));
  note.lastElementChild?.setAttribute('aria-label', texts.say('scan.close'));
  document.head.append(make('link', { rel: 'stylesheet', href: '/static/scan.css' }));
  byId('theatre').append(note);
  tell(boot.scan.scene ? texts.say('scan.scene') : '', rounds('bonus', boot.scan.bonus));
  if (keep.get('token')) await send(apiOf(keep));
  else onceAPlayer(() => { void send(apiOf(createKeep())); });
}

void main().catch(() => undefined); // what the server refuses is no reason to stop the game
