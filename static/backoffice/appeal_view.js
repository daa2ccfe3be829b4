// @ts-check
/** An appealed comment: the first ruling, without who made it, the author's words, and the two keys that decide. */
import { byId, make } from '../game/dom.js';
import { chip } from './list_view.js';

/** @typedef {import('./call.js').Line} Line @typedef {import('./words.js').Words} Words */

/** @param {Words} words @param {Line} line @param {boolean} isShown @returns {HTMLElement | null} */
export function appealOf(words, { appeal, is_sharp: isSharp }, isShown) {
  if (!appeal) return null;
  const isBlurred = isSharp && !isShown;
  const first = words.say(`desk.appeal.${appeal.is_automated ? 'rules' : 'person'}`, { when: words.when(appeal.ruled_at) });
  const said = appeal.text === '' ? make('p', { class: 'about' }, words.say('desk.appeal.no_words'))
    : make('blockquote', { class: isBlurred ? 'quoted blurred' : 'quoted', dir: 'auto', 'aria-hidden': String(isBlurred) }, appeal.text);
  return make('section', { class: 'appeal', 'aria-label': words.say('desk.appeal') },
    make('div', {}, make('h3', {}, first), make('p', { class: 'marks' },
      chip(words.say(`desk.state.${appeal.decision === 'refuse' ? 'refused' : 'hidden'}`), 'bad'), chip(words.reason(appeal.reason), 'warm'))),
    make('div', {}, make('h3', {}, words.say('desk.appeal.author', { when: words.when(appeal.at) })), said),
    appeal.is_own && make('p', { class: 'own' }, words.say('desk.appeal.own')));
}

/** What the keys for publishing and refusing are called now. @param {Words} words @param {Line | null} line */
export function nameDeeds(words, line) {
  const names = line?.appeal ? { publish: 'desk.overturn', refuse: 'desk.uphold' } : { publish: 'desk.publish', refuse: 'desk.refuse' };
  for (const [deed, name] of Object.entries(names)) {
    const span = document.querySelector(`#deeds [data-do="${deed}"] span`);
    if (span) span.textContent = words.say(name);
  }
  byId('deeds').classList.toggle('appealed', Boolean(line?.appeal)); // an appeal is decided or passed on: no holding
}

/** Whether many first rulings were wrong, and what waits for somebody else than who looks. @param {Words} words @param {import('./call.js').Figures} told */
export function tellOfAppeals(words, told) {
  byId('alarm').hidden = !told.is_alarming;
  byId('for-others').hidden = told.for_others === 0;
  byId('for-others').textContent = words.say('desk.for_others', { n: told.for_others });
}

/** Whether a deed can be done to a line. @param {Line | null} line @param {string | undefined} deed */
export function canBeDone(line, deed) {
  if (!line) return false;
  return !line.appeal || (deed !== 'hold' && !(line.appeal.is_own && (deed === 'publish' || deed === 'refuse')));
}
