// @ts-check
/** The moderators' desk: one screen, one keyboard. */
import { byId, make } from '../game/dom.js';
import { createAlarms } from './alarm.js';
import { canBeDone, nameDeeds } from './appeal_view.js';
import { createCalls } from './call.js';
import { createCanned } from './canned.js';
import { createChoices } from './choices.js';
import { createCommentView } from './comment_view.js';
import { Deeds } from './deeds.js';
import { listenToKeys } from './keys.js';
import { createListView } from './list_view.js';
import { keepLive } from './live.js';
import { keepMuteAppeals } from './mute_appeals.js';
import { Queue, hasSameContext } from './queue.js';
import { remindOfRest } from './rest.js';
import { createWords } from './words.js';

const NOTE_MS = 6000;
const SEARCH_AFTER_MS = 250;
const OPEN_AFTER_MS = 120; // who passes by has not opened it

const boot = JSON.parse(byId('boot').textContent ?? '');
const words = createWords(boot.texts, boot.locale);
const calls = createCalls(boot.api, boot.locale);
const canned = createCanned({ calls, words, reasons: boot.reasons, locales: boot.locales, brands: boot.brands, canned: boot.canned, note });
const choices = createChoices();
const list = createListView(words, (id) => { queue.read(id); document.body.dataset.pane = 'comment'; show(); });
const view = createCommentView(words, reveal);
const alarms = createAlarms(words, () => { search.value = ''; void turnTo('/queue?view=waiting'); });
const work = remindOfRest();
const deeds = new Deeds({ calls, words, queue: () => queue, show, note, ruled: (count) => { work(count); if (queue.lines.length < 20) live.look(); } });

let queue = new Queue(boot.queue);
let path = '/queue?view=waiting';
/** @type {{line: import('./call.js').Line | null, gone: boolean, shown: boolean, context: import('./call.js').Context | null}} */
let shown = { line: null, gone: false, shown: false, context: null };
let noteTimer = 0;
let openTimer = 0;

/** @param {string} text */
function note(text) {
  const toast = byId('note');
  toast.textContent = text;
  toast.classList.add('shown');
  clearTimeout(noteTimer);
  noteTimer = setTimeout(() => toast.classList.remove('shown'), NOTE_MS);
}

/** The whole screen from what the queue holds; only what differs is touched. */
function show() {
  list.show(queue);
  const line = queue.current;
  const gone = queue.gone.has(line?.id ?? '');
  if (line !== shown.line || gone !== shown.gone) {
    const isSame = line?.id === shown.line?.id && line?.revision === shown.line?.revision;
    const isTold = hasSameContext(line, shown.line);
    shown = { line, gone, shown: isSame && shown.shown, context: isSame ? shown.context : null };
    view.show(line, { isGone: gone, isShown: shown.shown });
    if (!isSame) view.showContext(null, null, false);
    if (!isTold) openSoon(line);
  }
  if (!line && document.body.dataset.pane === 'comment') document.body.dataset.pane = 'queue';
  nameDeeds(words, line);
  showAround(line);
}

/** @param {import('./call.js').Line | null} line */
function showAround(line) {
  for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll('#deeds .deed'))) {
    button.disabled = button.dataset.do === 'undo' ? !deeds.canUndo : !canBeDone(line, button.dataset.do);
  }
  const isSearch = path.includes('?q=');
  byId('nothing').hidden = queue.lines.length > 0;
  byId('nothing').replaceChildren(make('h2', {}, words.say(isSearch ? 'desk.found.none' : 'desk.empty.title')), !isSearch ? make('p', {}, words.say('desk.empty.text')) : '');
  const selection = byId('selection');
  selection.hidden = queue.selected.size === 0;
  if (queue.selected.size) {
    selection.replaceChildren(make('span', {}, words.say('desk.selected', { n: queue.selected.size })),
      make('button', { type: 'button', class: 'quiet', onclick: clear }, words.say('desk.clear')));
  }
}

function clear() {
  queue.selected.clear();
  show();
}

function reveal() {
  shown.shown = true;
  view.show(shown.line, { isGone: shown.gone, isShown: true });
  view.showContext(shown.context, shown.line, true);
}

/** What stands around a comment, and the mark for the others, once it is really read. @param {import('./call.js').Line | null} line */
function openSoon(line) {
  clearTimeout(openTimer);
  if (line) openTimer = setTimeout(() => { void open(line.id); }, OPEN_AFTER_MS);
}

/** @param {string} id */
async function open(id) {
  const context = await calls.call('GET', `/comments/${id}`).catch(() => null);
  if (shown.line?.id !== id) return;
  shown.context = context ?? shown.context;
  view.showContext(shown.context, shown.line, shown.shown);
}

/** Another part of the queue, or what a search finds. @param {string} next */
async function turnTo(next) {
  path = next;
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('.view'))) {
    button.setAttribute('aria-pressed', String(next === `/queue?view=${button.dataset.view}`));
  }
  const page = await calls.call('GET', next).catch(() => null);
  if (next !== path) return;
  if (!page) { note(words.say('desk.note.offline')); return; }
  alarms.show(page.alarms);
  queue = new Queue(page, { newestFirst: next.includes('?q=') });
  live.forget();
  show();
}

async function more() {
  if (!queue.next) return;
  const asked = queue.next;
  queue.next = null;
  const page = await calls.call('GET', `${path}&after=${encodeURIComponent(asked)}`).catch(() => null);
  if (page) queue.append(page);
  else queue.next = asked;
  show();
}

/** @param {1 | -1} step */
function move(step) {
  if (queue.move(step)) show();
  if (step === 1 && queue.place > queue.lines.length - 10) void more();
}

/** An appeal is turned down for the reason that a person gave before; any other needs one. */
function refuse() {
  const appeal = queue.selected.size ? null : queue.current?.appeal;
  if (appeal && boot.reasons.includes(appeal.reason)) deeds.rule('refuse', appeal.reason);
  else offerReasons(appeal ? 'desk.why.uphold' : 'desk.why.refuse');
}

/** @param {string} title */
function offerReasons(title) {
  choices.offer(words.say(title), boot.reasons.map((/** @type {string} */ reason, /** @type {number} */ at) => (
    { key: String(at + 1), name: words.reason(reason), more: canned.say(queue.current?.brand ?? '', reason), act: () => deeds.rule('refuse', reason) })));
}

function offerMute() {
  const muted = shown.context?.author.muted_until ?? null;
  const unmute = { key: '0', name: words.say('desk.unmute'), act: () => { calls.call('DELETE', `/comments/${queue.currentId}/mute`).then(() => note(words.say('desk.note.undone'))).catch(fail); } };
  choices.offer(words.say('desk.why.mute'), [...[[1, '1'], [7, '7'], [30, '3']].map(([days, key]) => (
    { key: String(key), name: words.say('desk.days', { n: days }), act: () => { deeds.mute(Number(days)).catch(failToMute); } })), ...(muted ? [unmute] : [])]);
}

function offerAlike() {
  choices.offer(words.say('desk.bulk'), ['author', 'text', 'span'].filter((by) => by !== 'span' || queue.current?.span).map((by, at) => (
    { key: String(at + 1), name: words.say(`desk.bulk.${by}`), act: () => { selectAlike(by).catch(fail); } })));
}

/** @param {string} by */
async function selectAlike(by) {
  const { comments } = await calls.call('GET', `/comments/${queue.currentId}/alike?by=${by}`);
  if (comments.length < 2) note(words.say('desk.bulk.none'));
  else queue.select(comments);
  show();
}

function hold() {
  if (queue.current?.appeal && !queue.selected.size) note(words.say('desk.note.appeal_hold'));
  else deeds.rule('hold', 'other');
}

const fail = () => note(words.say('desk.note.offline'));
/** @param {{code?: string}} problem */
const failToMute = ({ code }) => note(words.say(code === 'mute_appealed' ? 'desk.note.mute_appealed' : 'desk.note.offline'));
/** @param {() => void} act */
const onLine = (act) => () => { if (queue.current) act(); };
/** @type {Record<string, () => void>} */
const commands = {
  next: () => move(1), previous: () => move(-1), publish: onLine(() => deeds.rule('publish')), hold: onLine(hold),
  refuse: onLine(refuse), undo: () => { deeds.undo().catch(fail); }, mute: onLine(offerMute), pass: onLine(() => deeds.pass()),
  select: onLine(() => { queue.toggle(queue.currentId ?? ''); show(); }), bulk: onLine(offerAlike), reveal: onLine(reveal),
  search: () => byId('search').focus(), help: () => openDialog('help'), back: () => { document.body.dataset.pane = 'queue'; },
  escape: () => { if (queue.selected.size) clear(); else if (path.includes('?q=')) leaveSearch(); else document.body.dataset.pane = 'queue'; },
};

/** @param {string} id */
function openDialog(id) { /** @type {HTMLDialogElement} */ (byId(id)).showModal(); }

const search = /** @type {HTMLInputElement} */ (byId('search'));
let searchTimer = 0;
function leaveSearch() {
  search.value = '';
  byId('lines').focus();
  void turnTo('/queue?view=waiting');
}
function find() {
  clearTimeout(searchTimer);
  const asked = search.value.trim();
  searchTimer = setTimeout(() => { void turnTo(asked ? `/queue?q=${encodeURIComponent(asked)}` : '/queue?view=waiting'); }, SEARCH_AFTER_MS);
}

search.addEventListener('input', find);
byId('deeds').addEventListener('click', (event) => {
  const button = event.target instanceof Element ? event.target.closest('button') : null;
  if (button) commands[button.dataset.do ?? '']();
});
document.querySelector('.views')?.addEventListener('click', (event) => {
  const asked = event.target instanceof HTMLElement ? event.target.dataset.view : undefined;
  if (asked) { search.value = ''; void turnTo(`/queue?view=${asked}`); }
});
byId('back').addEventListener('click', commands.back);
byId('help-button').addEventListener('click', commands.help);
byId('canned-button').addEventListener('click', canned.open);
listenToKeys(choices, commands, leaveSearch);
const live = keepLive({ calls, words, path: () => path, note, seen: (page) => { alarms.show(page.alarms); if (queue.merge(page)) show(); }, reading: () => shown.line?.id ?? null, figures: boot.figures });
keepMuteAppeals(words, calls, note);
byId('lines').focus({ preventScroll: true });
byId('lines').addEventListener('scroll', () => { const box = byId('lines'); if (box.scrollTop + box.clientHeight > box.scrollHeight - 400) void more(); });
addEventListener('keydown', () => work(0), { passive: true });
alarms.show(boot.queue.alarms);
show();
search.value = new URLSearchParams(location.search).get('q') ?? search.value; // what the office's search has found
if (search.value) find();
