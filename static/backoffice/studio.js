// @ts-check
/** The studio's forms: the browser's zone for a new campaign, cards of prizes that come and go, one-click fillings. */

const zone = /** @type {HTMLInputElement | null} */ (document.querySelector('[data-zone]'));
if (zone && !zone.value) zone.value = Intl.DateTimeFormat().resolvedOptions().timeZone;

const form = document.querySelector('#step-form');
let added = 0;

document.addEventListener('click', (event) => {
  const at = /** @type {Element} */ (event.target);
  const filler = /** @type {HTMLElement | null} */ (at.closest('[data-fill]'));
  if (filler) fill(filler.dataset.fill ?? '', filler.dataset.with ?? '');
  if (at.closest('[data-add]')) addCard();
  const card = at.closest('[data-remove]')?.closest('[data-card]');
  if (card) removeCard(card);
});

form?.addEventListener('input', (event) => {
  const field = /** @type {HTMLInputElement} */ (event.target);
  const card = field.closest('[data-card]');
  if (card) weigh(card);
  if (field.name.startsWith('titles.')) showLanguage(field);
});

for (const card of document.querySelectorAll('[data-card]')) weigh(card);
document.querySelector('[aria-invalid]')?.scrollIntoView({ block: 'center' });
openTo(location.hash);
addEventListener('hashchange', () => openTo(location.hash));

/** @param {string} name @param {string} value */
function fill(name, value) {
  const field = /** @type {HTMLInputElement | null} */ (document.getElementById(name));
  if (!field) return;
  field.value = value;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  field.focus();
}

function addCard() {
  const blank = /** @type {HTMLTemplateElement | null} */ (document.querySelector('[data-blank]'));
  const cards = document.querySelector('[data-cards]');
  if (!blank || !cards) return;
  while (document.getElementById(`prizes.new-${added}`)) added += 1;
  const holder = document.createElement('template');
  holder.innerHTML = blank.innerHTML.replaceAll('new-0', `new-${added}`);
  cards.append(holder.content);
  document.querySelector('[data-none]')?.setAttribute('hidden', '');
  const card = /** @type {Element} */ (cards.lastElementChild);
  weigh(card);
  /** @type {HTMLElement | null} */ (card.querySelector('input:not([type=hidden])'))?.focus();
  form?.dispatchEvent(new Event('input', { bubbles: true }));
}

/** @param {Element} card */
function removeCard(card) {
  card.remove();
  document.querySelector('[data-none]')?.toggleAttribute('hidden', document.querySelector('[data-card]') !== null);
  /** @type {HTMLElement | null} */ (document.querySelector('[data-add]'))?.focus();
  form?.dispatchEvent(new Event('input', { bubbles: true }));
}

/** Show what goes with a prize's kind and plan, and its name on top. @param {Element} card */
function weigh(card) {
  const read = (/** @type {string} */ end) => /** @type {HTMLInputElement | null} */ (card.querySelector(`[name$="${end}"]:not([type=hidden])`));
  const kind = read('.kind')?.value, isEndless = read('.unlimited')?.checked ?? false;
  const shown = {
    counted: kind !== 'voucher' && !isEndless, hits: read('.plan')?.value === 'hits', download: kind === 'download',
    endless: kind === 'download' || kind === 'badge' || isEndless,
  };
  for (const [what, is] of Object.entries(shown)) {
    for (const part of card.querySelectorAll(`[data-for="${what}"]`)) part.toggleAttribute('hidden', !is);
  }
  const title = card.querySelector('[data-title]'), name = card.querySelector('[name*=".names."]');
  if (title && name instanceof HTMLInputElement && name.value.trim()) title.textContent = name.value;
}

/** The words of a language are asked for once it has a title. @param {HTMLInputElement} field */
function showLanguage(field) {
  const words = document.querySelector(`[data-language="${field.name.slice('titles.'.length)}"]`);
  words?.toggleAttribute('hidden', field.value.trim() === '');
}

/** A link to a field opens what hides it. @param {string} hash */
function openTo(hash) {
  const field = hash.length > 1 ? document.getElementById(decodeURIComponent(hash.slice(1))) : null;
  for (let fold = field?.closest('details'); fold; fold = fold.parentElement?.closest('details') ?? null) fold.open = true;
  field?.scrollIntoView({ block: 'center' });
  if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement || field instanceof HTMLSelectElement) field.focus();
}

export {}; // a module's names are its own
