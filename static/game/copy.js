// @ts-check
/** Copying where it is allowed: browsers keep the clipboard from frames of other sites and from plain http, not yet from an older command. */

/**
 * Must run inside a click. Where nothing may copy, what is shown is selected for the reader to copy.
 * @param {string} text @param {HTMLElement} [shown] @returns {Promise<boolean>} whether it is in the clipboard
 */
export async function copyText(text, shown) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    if (shown) getSelection()?.selectAllChildren(shown);
    return copyByCommand(text);
  }
}

/** @param {string} text */
function copyByCommand(text) {
  const put = (/** @type {ClipboardEvent} */ event) => {
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
  };
  document.addEventListener('copy', put);
  const isDone = document.execCommand('copy');
  document.removeEventListener('copy', put);
  return isDone;
}
