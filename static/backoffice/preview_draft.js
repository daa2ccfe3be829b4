// @ts-check
/** A step's form as the preview understands it: names with dots become the draft's tables. */

/** @typedef {{theme?: Record<string, any>, titles?: Record<string, string>, brand?: string}} Draft */

const TEXTS = 'theme.texts.';
const PICTURES = ['theme.logo', 'theme.boss.picture'];

/**
 * `theme.boss.hair` is {theme: {boss: {hair}}}; after `theme.texts.en.` comes a text's own name, whatever dots are in
 * it. Other names are other steps' business.
 * @param {Iterable<[string, string]>} fields @returns {Draft}
 */
export function draftOf(fields) {
  /** @type {Draft} */ const draft = {};
  for (const [name, value] of fields) {
    if (name === 'brand') draft.brand = value;
    else if (name.startsWith('titles.')) (draft.titles ??= {})[name.slice('titles.'.length)] = value;
    else if (name.startsWith(TEXTS)) putText(draft, name.slice(TEXTS.length), value);
    else if (name.startsWith('theme.')) put(draft, name.split('.').slice(1), PICTURES.includes(name) ? value || null : value);
  }
  return draft;
}

/** @param {Draft} draft @param {string} name locale and key @param {string} text */
function putText(draft, name, text) {
  const [locale, ...key] = name.split('.');
  const texts = ((draft.theme ??= {}).texts ??= {});
  (texts[locale] ??= {})[key.join('.')] = text;
}

/** @param {Draft} draft @param {string[]} path @param {string | null} value */
function put(draft, path, value) {
  let table = draft.theme ??= {};
  for (const name of path.slice(0, -1)) table = table[name] ??= {};
  table[path[path.length - 1]] = value;
}
