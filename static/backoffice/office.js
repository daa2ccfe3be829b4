// @ts-check
/** What every page of the back office needs: the menu on a phone, light or dark, typed confirmations. */

document.addEventListener('click', (event) => {
  const at = /** @type {Element} */ (event.target);
  if (at.closest('[data-scheme-switch]')) document.dispatchEvent(new Event('popshot:scheme'));
  const toggler = at.closest('[data-toggle]');
  if (toggler) toggle(toggler);
  for (const open of document.querySelectorAll('details.office-who[open]')) {
    if (!open.contains(at)) open.removeAttribute('open');
  }
});

document.addEventListener('input', (event) => {
  const field = /** @type {HTMLInputElement} */ (event.target);
  if (field.dataset.mustBe !== undefined) weigh(field);
});

for (const field of document.querySelectorAll('[data-must-be]')) weigh(/** @type {HTMLInputElement} */ (field));

/** @param {Element} toggler opens and closes what it names */
function toggle(toggler) {
  const shown = document.getElementById(toggler.getAttribute('data-toggle') ?? '')?.classList.toggle('show') ?? false;
  toggler.setAttribute('aria-expanded', String(shown));
}

/** A deed that cannot be undone waits until its word was typed. @param {HTMLInputElement} field */
function weigh(field) {
  const button = /** @type {HTMLButtonElement | null} */ (field.form?.querySelector('button[type=submit], button:not([type])'));
  if (button) button.disabled = field.value.trim() !== field.dataset.mustBe;
}

export {}; // a module's names are its own
