// @ts-check
/** The box in the bar: / leads to it, what it finds hangs below, the arrows go through that, Escape puts it away. */

const box = /** @type {HTMLInputElement | null} */ (document.getElementById('office-search'));
const found = document.getElementById('office-found');

/** Whether keys are somebody's words now. @param {EventTarget | null} at */
const isWriting = (at) => at instanceof HTMLElement && (at.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(at.tagName));

/** @returns {HTMLElement[]} */
const hits = () => [...(found?.querySelectorAll('a') ?? [])];

/** @param {boolean} is */
function open(is) {
  if (found) found.hidden = !is || found.childElementCount === 0;
}

/** @param {1 | -1} step */
function go(step) {
  const all = /** @type {HTMLElement[]} */ ([box, ...hits()]);
  const at = all.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  if (at >= 0) all[(at + step + all.length) % all.length].focus();
}

/** @param {KeyboardEvent} event */
function press(event) {
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    event.preventDefault();
    open(true);
    go(event.key === 'ArrowDown' ? 1 : -1);
  } else if (event.key === 'Escape' && found && !found.hidden) {
    event.preventDefault();
    box?.focus();
    open(false);
  }
}

document.addEventListener('keydown', (event) => {
  if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
  event.preventDefault();
  box?.focus();
  box?.select();
});
box?.form?.addEventListener('keydown', press);
for (const moment of ['focus', 'input']) box?.addEventListener(moment, () => open(true));
box?.addEventListener('htmx:after:init', () => { if (box.value && document.activeElement === box) box.dispatchEvent(new Event('input')); }); // typed before htmx listened
document.addEventListener('htmx:after:swap', () => { if (document.activeElement === box) open(true); });
document.addEventListener('focusin', (event) => { if (!box?.form?.contains(/** @type {Node} */ (event.target))) open(false); });
document.addEventListener('click', (event) => { if (!box?.form?.contains(/** @type {Node} */ (event.target))) open(false); });

export {};
