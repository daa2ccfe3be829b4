// @ts-check
/** The review desk's keys: J and K walk through what waits, L releases, X rejects, P plays; also from inside the replay. */

const replay = /** @type {HTMLIFrameElement | null} */ (document.getElementById('replay'));
const rows = Array.from(document.querySelectorAll('[data-list] tbody tr'));
let at = -1;

/** @param {string | undefined} name */
function open(name) {
  const dialog = /** @type {HTMLDialogElement | null} */ (document.getElementById(name ?? ''));
  if (!dialog || document.querySelector('dialog[open]')) return;
  dialog.showModal();
  /** @type {HTMLElement | null} */ (dialog.querySelector('.is-invalid, select, button[type=submit]'))?.focus();
}

/** Up or down in a list. @param {number} step */
function walk(step) {
  rows[at]?.classList.remove('is-at');
  at = Math.max(0, Math.min(rows.length - 1, at + step));
  rows[at].classList.add('is-at');
  /** @type {HTMLElement | null} */ (rows[at].querySelector('a'))?.focus();
}

/** Only our own page stands in the frame, so its button can be pressed. */
function play() {
  const inside = replay?.contentDocument;
  const hasBegun = inside?.body.dataset.state === 'playing';
  inside?.getElementById(hasBegun ? 'replay-toggle' : 'replay-play')?.click();
}

/** @param {KeyboardEvent} event */
function press(event) {
  const target = /** @type {Element | null} */ (event.target);
  if (event.ctrlKey || event.metaKey || event.altKey || target?.matches('input:not([type=range]), select, textarea') || document.querySelector('dialog[open]')) return;
  const key = event.key.toLowerCase();
  const meant = /** @type {HTMLElement | null} */ (document.querySelector(`[data-key="${CSS.escape(key)}"]`));
  if (meant) meant.click();
  else if (rows.length && (key === 'j' || key === 'k')) walk(key === 'j' ? 1 : -1);
  else if (replay && key === 'p') play();
  else return;
  event.preventDefault();
}

document.addEventListener('keydown', press);
document.addEventListener('click', ({ target }) => {
  const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (target).closest('[data-opens], [data-closes]'));
  if (button?.dataset.opens) open(button.dataset.opens);
  else button?.closest('dialog')?.close();
});
for (const form of document.querySelectorAll('dialog form')) {
  form.addEventListener('submit', () => { // twice pressed is sent once
    for (const button of form.querySelectorAll('button')) button.disabled = true;
  });
}
addEventListener('pageshow', () => {
  for (const button of document.querySelectorAll('dialog button')) /** @type {HTMLButtonElement} */ (button).disabled = false;
});
replay?.addEventListener('load', () => replay.contentDocument?.addEventListener('keydown', press));
if (document.querySelector('dialog[data-shown]')) open('reject');

export {}; // a module's names are its own
