// @ts-check
/** The start page shows by itself what others do: it asks every few seconds, mostly to hear that nothing changed. */

const EVERY_MS = 5000;

const board = () => document.getElementById('home');
const stale = document.getElementById('home-stale');

function refresh() {
  if (document.visibilityState === 'visible') board()?.dispatchEvent(new Event('refresh'));
}

/** @param {boolean} is */
function tellStale(is) {
  if (stale) stale.hidden = !is;
}

/** What is about to be exchanged keeps the keyboard where it was. @type {string | null} */
let held = null;

document.addEventListener('htmx:before:swap', () => {
  const at = document.activeElement;
  held = at instanceof HTMLAnchorElement && board()?.contains(at) ? at.getAttribute('href') : null;
});
document.addEventListener('htmx:after:swap', () => {
  if (held) /** @type {HTMLElement | null} */ (board()?.querySelector(`a[href="${CSS.escape(held)}"]`))?.focus({ preventScroll: true });
});
document.addEventListener('htmx:after:request', () => tellStale(false));
document.addEventListener('htmx:error', () => tellStale(true));
document.addEventListener('visibilitychange', refresh);
if (board()) setInterval(refresh, EVERY_MS);

export {}; // a module's names are its own
