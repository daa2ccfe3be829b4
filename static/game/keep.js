// @ts-check
/**
 * Where the page remembers a token and a few wishes. Storage may throw on mere access (a sandboxed frame) or on
 * writing (a full or private one); then `window.name` keeps them, which survives a reload even there.
 */
import { root } from './root.js';

/** @typedef {{read: () => string, write: (text: string) => void}} Place */

const NAME = `popshot${root}`; // each rehearsal has players of its own
const MARK = `${NAME}:`;

/** @type {Place} */
const storage = {
  read: () => localStorage.getItem(NAME) ?? '',
  write: (text) => localStorage.setItem(NAME, text),
};

/** What is kept, without whatever opens something of its own. @param {string} text */
const bare = (text) => JSON.stringify({ ...JSON.parse(text), receipts: undefined });

/** Another page's use of the name is left alone. It goes along to other sites, and may come from them: no receipts. @type {Place} */
export const windowName = {
  read: () => (window.name.startsWith(MARK) ? bare(window.name.slice(MARK.length)) : ''),
  write: (text) => { if (!window.name || window.name.startsWith(MARK)) window.name = MARK + bare(text); },
};

/** @param {Place} place @returns {Record<string, string>} */
function readFrom(place) {
  try {
    const kept = JSON.parse(place.read() || '{}');
    return kept && typeof kept === 'object' ? kept : {};
  } catch {
    return {};
  }
}

/** @param {Place} place */
function takesWrites(place) {
  try {
    place.write(place.read() || '{}');
    return true;
  } catch {
    return false;
  }
}

/** Up to the first that takes a write: whoever opens our page may give its window a name, with a player's token of their own. @param {Place[]} places */
const inUse = (places) => places.slice(0, places.findIndex(takesWrites) + 1 || undefined);

/**
 * @param {Place[]} [all] tried in this order; the first that takes a write keeps it, and none behind it is read
 * @param {{addEventListener?: (name: string, hear: (event: any) => void) => void}} [page]
 */
export function createKeep(all = [storage, windowName], page = globalThis) {
  const places = inUse(all);
  /** @returns {Record<string, string>} */
  const read = () => Object.assign({}, ...places.map(readFrom).reverse());
  let kept = read();
  // What another tab has kept since, or a page that one has come back from, must not be written over: it may be a token.
  for (const name of ['storage', 'pageshow']) page.addEventListener?.(name, ({ persisted }) => { if (persisted !== false) kept = read(); });

  function write() {
    for (const place of places) {
      try {
        place.write(JSON.stringify(kept));
        return;
      } catch { /* the next place may take it */ }
    }
  }

  return {
    /** @param {string} name @returns {string | undefined} */
    get: (name) => kept[name],
    /** @param {string} name @param {string} value */
    set(name, value) {
      kept[name] = value;
      write();
    },
    /** @param {string} name */
    forget(name) {
      delete kept[name];
      write();
    },
  };
}

/** @typedef {ReturnType<typeof createKeep>} Keep */
