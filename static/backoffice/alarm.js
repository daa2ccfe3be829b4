// @ts-check
/** The alarm: a reader says that somebody's life is in danger. Seen from every part of the desk until it has ended. */
import { byId, make } from '../game/dom.js';

/** @typedef {import('./words.js').Words} Words @typedef {import('./call.js').Line} Line */

/** @param {Words} words @param {() => void} look leads to where they stand first */
export function createAlarms(words, look) {
  const bar = byId('alarms');
  const title = document.title;
  let shown = 0;

  /** @param {number} count of comments with an open alarm */
  function show(count) {
    if (count === shown) return; // said once, not every two seconds
    shown = count;
    const said = words.say('desk.alarm', { n: count });
    document.title = count ? `⚠ ${said} · ${title}` : title;
    bar.hidden = count === 0;
    bar.replaceChildren(...(count ? [make('button', { type: 'button', onclick: look }, make('span', { 'aria-hidden': 'true' }, '⚠ '), said)] : []));
  }

  return { show };
}

/** @param {Words} words @param {Line} line @returns {HTMLElement[]} */
export function howToAct(words, line) {
  if (!line.alarm) return [];
  const steps = ['read', 'call', 'find', 'end'].map((step) => make('li', {}, words.say(`desk.alarm.${step}`, { id: line.id })));
  return [make('section', { class: 'act' }, make('h3', {}, words.say('desk.alarm.title')), make('ol', {}, ...steps))];
}
