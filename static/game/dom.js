// @ts-check
/** The few lines of DOM work that every screen shares. */

/**
 * The element of this id; a page without it is a broken page.
 * @param {string} id @returns {HTMLElement}
 */
export function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no element #${id}`);
  return found;
}

/**
 * Make an element. Text is always set as text, never as HTML.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, string | boolean | ((event: any) => void)>} [traits] attributes, and `onclick` and the like
 * @param {...(Node | string | null | undefined | false)} inside
 * @returns {HTMLElementTagNameMap[K]}
 */
export function make(tag, traits = {}, ...inside) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(traits)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else if (value !== false) element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...inside.filter((part) => part !== null && part !== undefined && part !== false));
  return element;
}

/** @param {string} label @param {() => void} onclick @param {string} [look] */
export const makeButton = (label, onclick, look = '') => make('button', { type: 'button', class: `button ${look}`, onclick }, label);

/** A frame sandboxed to scripts has no origin, and may not open anything. */
export const isSandboxed = () => self.origin === 'null';

/** A style sheet, once it is there; one that did not come leaves nothing behind. @param {string} name */
export const fetchStyle = (name) => new Promise((onload, fail) => {
  const link = make('link', { rel: 'stylesheet', href: `/static/${name}.css`, onload, onerror: () => {
    link.remove();
    fail();
  } });
  document.head.append(link);
});

/** @param {string} state which screen the page shows */
export function show(state) {
  document.body.dataset.state = state;
  for (const id of ['result', 'problem']) byId(id).hidden = true;
}
