// @ts-check
/** The list of winners: tick all, count what is ticked, and the print button of the packing list. */

const many = /** @type {HTMLFormElement | null} */ (document.getElementById('many'));
const all = /** @type {HTMLInputElement | null} */ (document.getElementById('all'));

/** @returns {HTMLInputElement[]} */
function boxes() {
  return Array.from(many?.querySelectorAll('input[name=award]') ?? [], (box) => /** @type {HTMLInputElement} */ (box));
}

function count() {
  const ticked = boxes().filter((box) => box.checked).length;
  const told = document.getElementById('ticked');
  if (told) {
    told.textContent = String(ticked);
    told.hidden = ticked === 0;
  }
  for (const button of many?.querySelectorAll('[data-needs-ticked]') ?? []) /** @type {HTMLButtonElement} */ (button).disabled = ticked === 0;
  if (all) {
    all.checked = ticked > 0 && ticked === boxes().length;
    all.indeterminate = ticked > 0 && ticked < boxes().length;
  }
}

many?.addEventListener('change', ({ target }) => {
  if (target === all) for (const box of boxes()) box.checked = all?.checked ?? false;
  count();
});
addEventListener('pageshow', count); // a browser that comes back brings its ticks along
count();

document.querySelector('[data-print]')?.addEventListener('click', () => print());

export {}; // a module's names are its own
