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

const AGAIN_MS = 2000;

/**
 * Fetch something, however often the line is lost.
 * @template T @param {() => Promise<T>} fetch @param {(problem: unknown) => boolean} [isFinal] what another try would not change: it is thrown
 * @returns {Promise<T>}
 */
export async function insist(fetch, isFinal = () => false) {
  for (;;) {
    try {
      return await fetch();
    } catch (problem) {
      if (isFinal(problem)) throw problem;
      await waitForLine(AGAIN_MS);
    }
  }
}
