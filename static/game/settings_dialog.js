// @ts-check
/** The settings: every wish, the language, and the way to a calm round. */
import { byId, make } from './dom.js';
import { addressIn } from './language.js';
import { CHOICES } from './settings.js';

/** @typedef {import('./settings.js').Wish} Wish */
/** @typedef {{settings: import('./settings.js').Settings, keep: import('./keep.js').Keep, boot: import('./types.js').Boot}} Hands */

/** What a language calls itself. @param {string} locale */
function nameOf(locale) {
  const name = new Intl.DisplayNames([locale], { type: 'language' }).of(locale) ?? locale;
  return name.charAt(0).toLocaleUpperCase(locale) + name.slice(1);
}

export class SettingsDialog {
  /** @param {Hands} hands @param {() => void} startCalm */
  constructor({ settings, keep, boot }, startCalm) {
    this.settings = settings;
    this.dialog = /** @type {HTMLDialogElement} */ (byId('settings'));
    this.radios = [...this.dialog.querySelectorAll('input')];
    for (const radio of this.radios) radio.addEventListener('change', () => settings.set(/** @type {Wish} */ (radio.name), radio.value));
    settings.onChange(() => this.#tick());
    byId('settings-close').addEventListener('click', () => this.close());
    this.dialog.addEventListener('click', ({ target }) => { if (target === this.dialog) this.close(); }); // beside it
    byId('settings-calm').addEventListener('click', () => {
      this.close();
      startCalm();
    });
    this.#offerLanguages(keep, boot);
    this.#tick();
  }

  get isOpen() { return this.dialog.open; }

  open() { if (!this.isOpen) this.dialog.showModal(); }

  close() { this.dialog.close(); }

  /** Show what is wished for. */
  #tick() {
    for (const radio of this.radios) if (radio.name in CHOICES) radio.checked = this.settings.get(/** @type {Wish} */ (radio.name)) === radio.value;
  }

  /** @param {Hands['keep']} keep @param {Hands['boot']} boot */
  #offerLanguages(keep, { locale, locales }) {
    const menu = /** @type {HTMLSelectElement | null} */ (document.getElementById('language'));
    if (!menu) return; // a page that speaks one language only
    menu.append(...locales.map((code) => make('option', { value: code, lang: code, selected: code === locale }, nameOf(code))));
    menu.addEventListener('change', () => {
      keep.set('lang', menu.value);
      location.assign(addressIn(location.href, menu.value));
    });
  }
}
