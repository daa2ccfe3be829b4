// @ts-check
/** A page that is forgotten with its tab: no storage, as in a sandboxed frame or where the browser keeps none for a site. */

const TRIAL = 'popshot?';

/** Whether nothing outlasts the page but the name of its window: a storage may be there and take nothing. */
export function isFleeting() {
  try {
    localStorage.setItem(TRIAL, '');
    localStorage.removeItem(TRIAL);
    return false;
  } catch {
    return true;
  }
}

/** Whoever is new on such a page is told. @param {import('./game.js').Parts} parts */
export async function forewarn(parts) {
  if (isFleeting() && !parts.keep.get('token')) await (await import('./warning.js')).warn(parts);
}
