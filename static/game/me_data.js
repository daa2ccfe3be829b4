// @ts-check
/** All that is kept about me: to see, to take away, to erase. */
import { Problem } from './api.js';
import { make, makeButton } from './dom.js';

/** @typedef {import('./me.js').Hands} Hands @typedef {import('./me_things.js').Mine} Mine */

/** @param {Mine} mine @param {Hands} hands */
export function dataCard(mine, hands) {
  const { texts } = hands;
  const text = JSON.stringify(mine, null, 2);
  const place = make('div', { class: 'erase' });
  const open = makeButton(texts.say('me.erase.open'), () => { open.hidden = true; place.replaceChildren(eraseBox(hands, () => { place.replaceChildren(); open.hidden = false; open.focus(); })); focusTitle(place); }, 'plain');
  return make('section', { class: 'card', 'aria-labelledby': 'data-title' }, make('h2', { id: 'data-title' }, texts.say('me.data.title')),
    make('p', { class: 'lead' }, texts.say('me.data.lead')),
    make('details', {}, make('summary', {}, texts.say('me.data.see')), make('pre', { tabindex: '0', 'aria-labelledby': 'data-title' }, text)),
    make('p', { class: 'actions' }, makeButton(texts.say('me.data.take'), () => take(text, texts.say('me.data.file')), 'plain'), open), place);
}

/** @param {HTMLElement} place */
function focusTitle(place) { place.querySelector('h3')?.focus(); }

/** @param {string} text @param {string} name */
function take(text, name) {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = make('a', { href: address, download: `${name}.json` });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60_000); // a slow download may still read it
}

/** Erasing asks for a word, so that no stray tap does it. @param {Hands} hands @param {() => void} keepAll */
function eraseBox(hands, keepAll) {
  const { texts } = hands;
  const word = texts.say('me.erase.word');
  const field = make('input', { class: 'field', id: 'erase-word', autocomplete: 'off', autocapitalize: 'characters', spellcheck: 'false', maxlength: '20' });
  const note = make('p', { class: 'note bad', role: 'alert', hidden: true });
  const now = makeButton(texts.say('me.erase.now'), () => {
    if (field.value.trim().toUpperCase() !== word) {
      complain(note, texts.say('me.erase.need', { word }));
      field.focus();
      return;
    }
    now.disabled = true;
    void erase(note, hands).finally(() => { now.disabled = false; });
  }, 'danger');
  return make('div', { role: 'group', 'aria-labelledby': 'erase-title' }, make('h3', { id: 'erase-title', tabindex: '-1' }, texts.say('me.erase.title')),
    make('p', {}, texts.say('me.erase.goes')), make('p', {}, texts.say('me.erase.stays')),
    make('label', { for: 'erase-word' }, texts.say('me.erase.type', { word })), field, note,
    make('p', { class: 'actions' }, now, makeButton(texts.say('me.erase.keep'), keepAll, 'plain')));
}

/** @param {HTMLElement} note @param {string} text */
function complain(note, text) {
  note.textContent = text;
  note.hidden = false;
}

/** @param {HTMLElement} note @param {Hands} hands */
async function erase(note, { texts, api, keep, end }) {
  try {
    await api.call('/players/me', { method: 'DELETE' });
  } catch (problem) {
    if (!(problem instanceof Problem) || problem.code !== 'unknown_player') {
      complain(note, texts.say('move.failed'));
      return;
    }
  }
  for (const name of ['token', 'alias', 'round', 'waiting', 'moving', 'receipts', 'said']) keep.forget(name);
  end('erased');
}
