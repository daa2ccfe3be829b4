// @ts-check
/** The staff pages: a link or codes are copied by a button, a role is chosen and sent. */

document.addEventListener('click', (event) => {
  const button = /** @type {Element} */ (event.target).closest('[data-copy]');
  if (button) void copy(/** @type {HTMLElement} */ (button));
});

/** @param {HTMLElement} button names what it copies, and says when that is done */
async function copy(button) {
  const source = document.getElementById(button.dataset.copy ?? '');
  if (!source) return;
  const words = source instanceof HTMLInputElement ? source.value : source.innerText;
  try {
    await navigator.clipboard.writeText(words.trim());
    button.textContent = button.dataset.copied ?? '';
  } catch {
    getSelection()?.selectAllChildren(source); // without a right to the clipboard: ready for Ctrl-C
    if (source instanceof HTMLInputElement) source.select();
  }
}

export {};
