// @ts-check
/** What readers reported of a comment: how many, what each said, of which text, and whether they have hidden it. */
import { make } from '../game/dom.js';
import { chip, quoted } from './list_view.js';

/** @typedef {import('./words.js').Words} Words @typedef {import('./call.js').Line} Line */
/** @typedef {import('./call.js').Context} Context @typedef {import('./call.js').Told} Told */

/** @param {Words} words @param {Context} found @param {Line} line @param {boolean} isShown @returns {HTMLElement[]} */
export function reportsOf(words, { reports, readers }, line, isShown) {
  const summary = [make('p', { class: 'word' }, words.say('desk.reports.readers', { n: readers }))];
  if (line.state === 'hidden' && line.reason === 'reported') summary.push(make('p', { class: 'word' }, words.say('desk.reports.hidden')));
  return [...summary, make('ul', {}, ...reports.map((told) => reportOf(words, told, line, isShown)))];
}

/** @param {Words} words @param {Told} told @param {Line} line @param {boolean} isShown */
function reportOf(words, told, line, isShown) {
  const isBlurred = told.is_sharp && !isShown;
  const look = told.reason === 'danger' ? 'alarm' : 'bad';
  return make('li', {}, chip(words.reason(told.reason), look), ` ${words.ago(told.at)}`,
    told.revision !== line.revision && ` · ${words.say('desk.reports.earlier')}`,
    told.text !== '' && quoted(told.text, isBlurred));
}
