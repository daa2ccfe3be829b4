// @ts-check
/** The real game beside a step's form: in frames of three sizes, told of every change of the form a moment later. */
import { draftOf } from './preview_draft.js';

const NAME = 'popshot:preview';
const PAUSE_MS = 120; // after a key, before the game hears of it
const PATIENCE_MS = 20_000;
const MOST_HIGH = 760, LEAST_HIGH = 420, AROUND = 250; // CSS pixels of the stage, and of what stands above it on a screen
/** What each device measures with all that is around its screen. @type {Record<string, [width: number, height: number]>} */
const SIZES = { phone: [410, 864], tablet: [796, 1052], embed: [760, 940] };

class Preview {
  /** @param {HTMLElement} card */
  constructor(card) {
    this.card = card;
    this.slug = card.dataset.preview ?? '';
    this.stage = /** @type {HTMLElement} */ (card.querySelector('.office-stage'));
    this.device = /** @type {HTMLElement} */ (card.querySelector('.office-device'));
    this.frame = /** @type {HTMLIFrameElement} */ (card.querySelector('iframe'));
    this.language = /** @type {HTMLSelectElement} */ (card.querySelector('[data-preview-language]'));
    this.scheme = 'light';
    this.soon = 0;
    this.late = 0;
    this.#nameLanguages();
    this.#listen();
    new ResizeObserver(() => this.#fit()).observe(this.stage);
    void this.load();
  }

  #listen() {
    this.card.addEventListener('click', (event) => this.#press(/** @type {Element} */ (event.target)));
    this.language.addEventListener('change', () => { void this.load(); });
    addEventListener('message', ({ source, origin, data }) => {
      if (source !== this.frame.contentWindow || origin !== location.origin || data?.name !== `${NAME}:ready`) return;
      this.#show('ready');
      this.#send();
    });
    for (const kind of ['input', 'change']) {
      document.addEventListener(kind, ({ target }) => { if (/** @type {Element} */ (target).closest('#step-form')) this.#sendSoon(); });
    }
  }

  /** @param {Element} at */
  #press(at) {
    const device = at.closest('[data-preview-device]'), scheme = at.closest('[data-preview-scheme]');
    if (device) {
      this.stage.dataset.device = this.#choose(device, 'data-preview-device');
      this.#fit();
    } else if (scheme) {
      this.scheme = this.#choose(scheme, 'data-preview-scheme');
      this.#send();
    } else if (at.closest('[data-preview-reload]')) void this.load();
  }

  /** @param {Element} chosen @param {string} name */
  #choose(chosen, name) {
    for (const button of this.card.querySelectorAll(`[${name}]`)) {
      button.setAttribute('aria-pressed', String(button === chosen));
      button.classList.toggle('active', button === chosen);
    }
    return chosen.getAttribute(name) ?? '';
  }

  /** Fetch the page anew: its address is good for ten minutes only. */
  async load() {
    this.#show('loading');
    clearTimeout(this.late);
    this.late = window.setTimeout(() => this.#show('failed'), PATIENCE_MS);
    const asked = `?lang=${encodeURIComponent(this.language.value)}`;
    this.card.querySelector('[data-preview-open]')?.setAttribute('href', `/backoffice/campaigns/${this.slug}/preview${asked}`);
    try {
      const answer = await fetch(`/backoffice/api/campaigns/${this.slug}/preview${asked}`);
      if (!answer.ok) throw new Error(String(answer.status));
      this.frame.src = (await answer.json()).address;
    } catch {
      this.#show('failed');
    }
  }

  /** @param {'loading' | 'ready' | 'failed'} state */
  #show(state) {
    if (state !== 'loading') clearTimeout(this.late);
    this.card.dataset.state = state;
    for (const word of ['loading', 'failed']) {
      /** @type {HTMLElement} */ (this.card.querySelector(`[data-preview-${word}]`)).hidden = state !== word;
    }
  }

  #sendSoon() {
    clearTimeout(this.soon);
    this.soon = window.setTimeout(() => this.#send(), PAUSE_MS);
  }

  #send() {
    if (this.card.dataset.state !== 'ready') return;
    this.frame.contentWindow?.postMessage({ name: NAME, draft: { ...draftOf(fieldsOfForm()), scheme: this.scheme } }, location.origin);
  }

  /** The device as large as there is room for. */
  #fit() {
    const [width, height] = SIZES[this.stage.dataset.device ?? 'phone'];
    const most = Math.max(LEAST_HIGH, Math.min(MOST_HIGH, innerHeight - AROUND));
    const scale = Math.min(1, this.stage.clientWidth / width, most / height);
    this.device.style.transform = `translateX(-50%) scale(${scale})`;
    this.stage.style.height = `${Math.round(height * scale)}px`;
  }

  #nameLanguages() {
    const names = new Intl.DisplayNames([document.documentElement.lang], { type: 'language' });
    for (const option of this.language.options) option.textContent = names.of(option.value) ?? option.value;
    this.language.hidden = this.language.options.length < 2;
  }
}

/** Every named field of the step, what is not sent too: pictures are saved by themselves. @returns {[string, string][]} */
function fieldsOfForm() {
  const fields = /** @type {NodeListOf<HTMLInputElement | HTMLSelectElement>} */ (document.querySelectorAll('#step-form [name]'));
  return [...fields].filter((field) => !isLeftOut(field)).map((field) => [field.name, field.value]);
}

/** @param {HTMLInputElement | HTMLSelectElement} field */
const isLeftOut = (field) => ['radio', 'checkbox'].includes(field.type) && !(/** @type {HTMLInputElement} */ (field)).checked;

for (const card of document.querySelectorAll('[data-preview]')) new Preview(/** @type {HTMLElement} */ (card));
