// @ts-check
/** Waiting before the next try: as long as asked, or until the browser says that the line is back. */

/** @param {number} ms @param {EventTarget} [line] what says `online` @returns {Promise<void>} */
export function waitForLine(ms, line = globalThis) {
  return new Promise((wake) => {
    const end = () => {
      clearTimeout(timer);
      line.removeEventListener('online', end);
      wake();
    };
    const timer = setTimeout(end, ms);
    line.addEventListener('online', end);
  });
}
