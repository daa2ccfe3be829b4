// @ts-check
/** The comment that is read, with the words that the rules found marked; and the panes around it. */
import { byId, make } from '../game/dom.js';
import { howToAct } from './alarm.js';
import { appealOf } from './appeal_view.js';
import { chip, isTelling, quoted, reportChip } from './list_view.js';
import { reportsOf } from './reports_view.js';

/** @typedef {import('./call.js').Line} Line @typedef {import('./call.js').Context} Context @typedef {import('./call.js').Said} Said */
/** @typedef {import('./words.js').Words} Words */

const SHARP = ['insult', 'banned_word', 'illegal'];

/** The text with its span marked; offsets count code points. @param {Line} line */
function marked(line) {
  if (!line.span) return [line.text];
  const points = Array.from(line.text);
  const part = (/** @type {number} */ from, /** @type {number} */ to) => points.slice(from, to).join('');
  const [start, end] = line.span;
  return [part(0, start), make('mark', {}, part(start, end)), part(end, points.length)];
}

/** @param {Words} words @param {() => void} reveal */
export function createCommentView(words, reveal) {
  const reading = byId('reading');
  const context = byId('context');

  /** @param {Line | null} line @param {{isGone: boolean, isShown: boolean}} as */
  function show(line, { isGone, isShown }) {
    reading.replaceChildren(...(line ? [head(line, isGone), ...howToAct(words, line), body(line, isShown), appealOf(words, line, isShown) ?? ''] : []));
    reading.scrollTop = 0;
  }

  /** @param {Line} line @param {boolean} isGone */
  function head(line, isGone) {
    return make('header', { class: 'head' },
      make('h2', {}, make('bdi', {}, line.alias ?? words.say('desk.anonymous'))),
      make('p', { class: 'about' }, `${words.when(line.posted_at)} · `, make('bdi', {}, line.campaign),
        line.is_reply && ` · ${words.say('desk.reply')}`, line.is_edited && ` · ${words.say('desk.edited')}`),
      make('p', { class: 'marks' }, isGone && chip(words.say('desk.ruled_elsewhere'), 'seen'),
        line.opened_by && chip(words.say('desk.opened', { name: line.opened_by }), 'seen'),
        line.reports.length > 0 && reportChip(words, line), isTelling(line) && chip(words.reason(line.reason), 'warm'),
        line.state !== 'held' && chip(words.say(`desk.state.${line.state}`))));
  }

  /** @param {Line} line @param {boolean} isShown */
  function body(line, isShown) {
    const isBlurred = line.is_sharp && !isShown;
    const text = make('blockquote', { class: 'text', dir: 'auto', 'aria-hidden': String(isBlurred) }, ...marked(line));
    const show = make('button', { type: 'button', class: 'deed', onclick: reveal }, make('span', {}, words.say('desk.show')),
      make('kbd', { 'aria-hidden': 'true' }, words.say('desk.help.space')));
    return make('div', { class: isBlurred ? 'body blurred' : 'body' }, text,
      isBlurred && make('div', { class: 'veil' }, make('p', {}, words.say('desk.sharp')), show));
  }

  /** @param {Context | null} found @param {Line | null} line @param {boolean} isShown */
  function showContext(found, line, isShown) {
    if (found && line) context.replaceChildren(...contextOf(words, found, line, isShown));
    else context.replaceChildren();
    context.scrollTop = 0;
  }

  return { show, showContext };
}

/** @param {Words} words @param {Context} found @param {Line} line @param {boolean} isShown @returns {HTMLElement[]} */
function contextOf(words, found, line, isShown) {
  /** @param {string} title @param {...(Node | string | false | null)} inside */
  const part = (title, ...inside) => make('section', {}, make('h3', {}, words.say(title)), ...inside);
  const parts = [];
  if (found.reports.length) parts.push(part('desk.reports', ...reportsOf(words, found, line, isShown)));
  if (found.thread.length) parts.push(part('desk.thread', saidList(words, found.thread, isShown)));
  if (found.replay) parts.push(part('desk.replay', make('p', {}, make('a', { href: found.replay, target: '_blank', rel: 'noopener noreferrer' }, watchText(words, found.at_ms)))));
  if (found.earlier_texts.length) parts.push(part('desk.earlier', ...found.earlier_texts.map((text) => quoted(text, line.is_sharp && !isShown))));
  parts.push(part('desk.author', ...authorOf(words, found.author, isShown)));
  return parts;
}

/** @param {Words} words @param {number | null} atMs */
function watchText(words, atMs) {
  if (atMs === null) return words.say('desk.replay.watch');
  const seconds = Math.floor(atMs / 1000);
  return words.say('desk.replay.at', { time: `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}` });
}

/** @param {Words} words @param {Context['author']} author @param {boolean} isShown */
function authorOf(words, author, isShown) {
  const states = Object.entries(author.states).map(([state, count]) => chip(`${words.number(count)} ${words.say(`desk.state.${state}`)}`));
  return [
    make('p', { class: 'about' }, make('bdi', {}, author.alias ?? words.say('desk.anonymous')), ` · ${words.say('desk.author.since', { date: words.date(author.since) })}`),
    make('p', { class: 'marks' }, author.muted_until !== null && chip(words.say('desk.author.muted', { when: words.when(author.muted_until) }), 'bad'), ...states),
    author.latest.length ? saidList(words, author.latest, isShown) : make('p', { class: 'about' }, words.say('desk.author.first')),
  ];
}

/** @param {Words} words @param {Said[]} all @param {boolean} isShown */
function saidList(words, all, isShown) {
  return make('ul', { class: 'saids' }, ...all.map((said) => {
    const isBlurred = SHARP.includes(said.reason) && !isShown;
    return make('li', { class: said.is_reply ? 'reply' : '' },
      make('p', { class: 'about' }, make('bdi', {}, said.alias ?? words.say('desk.anonymous')), ` · ${words.ago(said.posted_at)} `,
        chip(words.say(`desk.state.${said.state}`), said.state === 'published' ? 'good' : said.state === 'refused' ? 'bad' : '')),
      quoted(said.text, isBlurred));
  }));
}
