// @ts-check
/** Buttons that copy what a field holds; where copying is forbidden, the field's text is selected instead. */

for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll('[data-copy]'))) {
  button.addEventListener('click', () => { void copy(button); });
}

/** @param {HTMLButtonElement} button */
async function copy(button) {
  const field = /** @type {HTMLInputElement} */ (document.getElementById(button.dataset.copy ?? ''));
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    button.textContent = button.dataset.copied ?? '';
  } catch { /* it is selected: a key copies it */ }
}

export {}; // a module's names are its own
