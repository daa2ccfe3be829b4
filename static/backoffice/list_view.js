// @ts-check
/** The list of what waits: one line a comment, of one height, so that nothing moves. */
import { byId, make } from '../game/dom.js';

/** @typedef {import('./call.js').Line} Line @typedef {import('./queue.js').Queue} Queue @typedef {import('./words.js').Words} Words */

/** @param {Words} words @param {(id: string) => void} read */
export function createListView(words, read) {
  const list = byId('lines');
  /** @type {Map<string, {line: Line, element: HTMLElement}>} */ let shown = new Map();
  list.addEventListener('click', (event) => {
    const found = event.target instanceof Element ? event.target.closest('[role=option]') : null;
    if (found) read(found.id.slice('line-'.length));
  });

  /** @param {Queue} queue */
  function show(queue) {
    /** @type {typeof shown} */ const next = new Map();
    for (const line of queue.lines) {
      const known = shown.get(line.id);
      const entry = known?.line === line ? known : { line, element: build(words, line) };
      next.set(line.id, entry);
      entry.element.setAttribute('aria-selected', String(line.id === queue.currentId));
      entry.element.setAttribute('aria-checked', String(queue.selected.has(line.id)));
      entry.element.classList.toggle('gone', queue.gone.has(line.id));
    }
    place([...next.values()].map((entry) => entry.element));
    shown = next;
    list.hidden = queue.lines.length === 0;
    if (queue.currentId) list.setAttribute('aria-activedescendant', `line-${queue.currentId}`);
    else list.removeAttribute('aria-activedescendant');
    next.get(queue.currentId ?? '')?.element.scrollIntoView({ block: 'nearest' });
  }

  /** Touch only what differs: a ruling takes one line out of many. @param {HTMLElement[]} elements */
  function place(elements) {
    const kept = new Set(elements);
    for (const child of [...list.children]) if (!kept.has(/** @type {HTMLElement} */ (child))) child.remove();
    elements.forEach((element, at) => {
      if (list.children[at] !== element) list.insertBefore(element, list.children[at] ?? null);
    });
  }

  return { show };
}

/** @param {string} text @param {string} [look] */
export const chip = (text, look = '') => make('span', { class: `chip ${look}` }, make('bdi', {}, text));

/** What somebody wrote. @param {string} text @param {boolean} isBlurred */
export const quoted = (text, isBlurred) => make('p', { class: isBlurred ? 'quoted blurred' : 'quoted', dir: 'auto', 'aria-hidden': String(isBlurred) }, text);

/** What readers reported. @param {Words} words @param {Line} line */
export const reportChip = (words, line) => chip(words.report(line), line.alarm ? 'alarm' : 'bad');

/** @param {Words} words @param {Line} line */
function build(words, line) {
  const said = line.is_sharp ? words.say('desk.sharp') : line.text;
  const marks = marksOf(words, line);
  return make('div', { role: 'option', id: `line-${line.id}`, class: `line${marks.length ? '' : ' long'}${line.alarm ? ' alarm' : ''}` },
    make('span', { class: 'tick', 'aria-hidden': 'true' }),
    make('span', { class: 'head' }, make('bdi', { class: 'alias' }, line.alias ?? words.say('desk.anonymous')),
      make('span', { class: 'time' }, words.ago(line.posted_at))),
    make('span', { class: line.is_sharp ? 'said sharp' : 'said', dir: 'auto' }, said),
    make('span', { class: 'marks' }, ...marks));
}

/** Whether the reason tells more than the state does. @param {Line} line */
export const isTelling = ({ reason }) => !['awaits_review', 'fine', 'reported'].includes(reason);

/** @param {Words} words @param {Line} line */
function marksOf(words, line) {
  const marks = line.reports.length ? [reportChip(words, line)] : [];
  if (isTelling(line)) marks.push(chip(words.reason(line.reason), 'warm'));
  if (line.state !== 'held') marks.push(chip(words.say(`desk.state.${line.state}`)));
  if (line.is_edited) marks.push(chip(words.say('desk.edited')));
  if (line.opened_by) marks.push(chip(words.say('desk.opened', { name: line.opened_by }), 'seen'));
  return marks;
}
