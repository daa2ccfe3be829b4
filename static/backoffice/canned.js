// @ts-check
/** The words that authors read about each reason, in every language, to be changed by the house. */
import { byId, make } from '../game/dom.js';

/** @typedef {Record<string, Record<string, Record<string, string>>>} Canned by brand, language and reason */

/**
 * @param {{calls: import('./call.js').Calls, words: import('./words.js').Words, reasons: string[], locales: string[],
 *   brands: Record<string, string>, canned: Canned, note: (text: string) => void}} parts `brands`: their names by their ids
 */
export function createCanned({ calls, words, reasons, locales, brands, canned, note }) {
  const dialog = /** @type {HTMLDialogElement} */ (byId('canned'));
  let known = canned;
  let locale = words.locale;
  let brand = Object.keys(brands)[0];
  const names = new Intl.DisplayNames([words.locale], { type: 'language' });

  /** @param {string} reason */
  function field(reason) {
    const input = make('textarea', { id: `canned-${reason}`, rows: '2', maxlength: '500' }, known[brand][locale][reason]);
    const save = async () => {
      if (input.value.trim() === known[brand][locale][reason]) return;
      known = (await calls.call('PUT', '/reasons', { brand, locale, reason, text: input.value })).canned;
      input.value = known[brand][locale][reason];
      note(words.say('desk.canned.saved'));
    };
    input.addEventListener('change', () => { save().catch(() => note(words.say('desk.note.offline'))); });
    return make('div', {}, make('label', { for: `canned-${reason}` }, words.reason(reason)), input);
  }

  function chooseBrand() {
    const choice = make('select', { id: 'canned-brand', onchange: () => { brand = choice.value; fill(); } },
      ...Object.entries(brands).map(([id, name]) => make('option', { value: id, selected: id === brand }, name)));
    return make('div', {}, make('label', { for: 'canned-brand' }, words.say('desk.canned.brand')), choice);
  }

  function fill() {
    const choice = make('select', { id: 'canned-locale', onchange: () => { locale = choice.value; fill(); } },
      ...locales.map((one) => make('option', { value: one, selected: one === locale }, names.of(one) ?? one)));
    dialog.replaceChildren(make('h2', { id: 'canned-title' }, words.say('desk.canned')), make('p', {}, words.say('desk.canned.text')),
      ...(Object.keys(brands).length > 1 ? [chooseBrand()] : []),
      make('div', {}, make('label', { for: 'canned-locale' }, words.say('desk.canned.language')), choice),
      make('div', { class: 'fields' }, ...reasons.map(field)),
      make('form', { method: 'dialog' }, make('button', { class: 'deed' }, make('span', {}, words.say('desk.close')), make('kbd', { 'aria-hidden': 'true' }, 'Esc'))));
  }

  return {
    open() { fill(); dialog.showModal(); },
    /** @param {string} of a brand @param {string} reason */ say: (of, reason) => known[of]?.[words.locale]?.[reason] ?? '',
  };
}
