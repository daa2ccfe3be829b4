// @ts-check
/** Authors who appeal against being muted: above the queue, each with the two buttons that decide. */
import { Problem } from '../game/api.js';
import { byId, make } from '../game/dom.js';
import { chip, quoted } from './list_view.js';

/** @typedef {import('./words.js').Words} Words @typedef {import('./call.js').Calls} Calls */
/** @typedef {{id: string, alias: string | null, reason: string, text: string, said: string | null, at: string, until: string | null}} MuteAppeal */

const LOOK_MS = 30_000;

/** @param {Words} words @param {Calls} calls @param {(text: string) => void} note */
export function keepMuteAppeals(words, calls, note) {
  const place = byId('mute-appeals');
  let shown = '';

  async function look() {
    const found = await calls.call('GET', '/mute-appeals').catch(() => null);
    if (found) show(found.appeals);
  }

  /** @param {MuteAppeal[]} appeals */
  function show(appeals) {
    const told = JSON.stringify(appeals);
    if (told === shown) return; // what is read stays open
    shown = told;
    place.hidden = appeals.length === 0;
    place.replaceChildren(make('h2', {}, words.say('desk.mutes')), ...appeals.map((one) => appealOf(words, one, (decision) => settle(one.id, decision))));
  }

  /** @param {string} id @param {'lift' | 'uphold'} decision */
  async function settle(id, decision) {
    try {
      await calls.call('POST', `/mute-appeals/${id}`, { decision });
      note(words.say(decision === 'lift' ? 'desk.note.mute_lifted' : 'desk.note.mute_stands'));
    } catch (problem) {
      note(words.say(noteOf(problem)));
    }
    await look();
    if (document.activeElement === document.body) byId('lines').focus();
  }

  void look();
  setInterval(() => { if (!document.hidden) void look(); }, LOOK_MS);
}

/** @param {unknown} problem */
function noteOf(problem) {
  if (!(problem instanceof Problem)) throw problem;
  if (problem.code === 'appeal_settled') return 'desk.note.mute_settled';
  if (problem.status === 401) return 'desk.note.over';
  return problem.code === 'own_ruling' ? 'desk.note.own_ruling' : 'desk.note.offline';
}

/** What led to it is read by who opens it: it may be sharp. @param {Words} words @param {MuteAppeal} appeal @param {(decision: 'lift' | 'uphold') => Promise<void>} settle */
function appealOf(words, { alias, reason, text, said, at, until }, settle) {
  const buttons = /** @type {const} */ (['lift', 'uphold']).map((decision) => make('button', { type: 'button', class: 'quiet', onclick: () => {
    for (const button of buttons) button.disabled = true;
    void settle(decision).finally(() => { for (const button of buttons) button.disabled = false; });
  } }, words.say(`desk.mutes.${decision}`)));
  return make('article', {},
    make('p', { class: 'about' }, make('bdi', {}, alias ?? words.say('desk.anonymous')), ` · ${words.say('desk.appeal.author', { when: words.when(at) })}`),
    make('p', { class: 'marks' }, chip(words.reason(reason), 'warm'),
      chip(until === null ? words.say('desk.mutes.over') : words.say('desk.author.muted', { when: words.when(until) }), 'bad')),
    text === '' ? make('p', { class: 'about' }, words.say('desk.appeal.no_words')) : quoted(text, false),
    said === null ? make('p', { class: 'about' }, words.say('desk.mutes.gone')) : make('details', {}, make('summary', {}, words.say('desk.mutes.said')), quoted(said, false)),
    make('p', { class: 'both' }, ...buttons));
}
