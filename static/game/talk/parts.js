// @ts-check
/** The small parts of a talk: signs, places that are filled anew without losing the focus, lists that move no more than they must. */
import { make } from '../dom.js';

const SVG = 'http://www.w3.org/2000/svg';
/** Each in a square of 24 by 24, drawn as lines. */
const SIGNS = {
  flag: 'M6 21V4m0 1c5-3 7 3 13 0v9c-6 3-8-3-13 0',
  smile: 'M10.500 4.100a8 8 0 1 0 8.900 8.900M7.500 10.500v.5m5.500-.5v.5M7 15q3.300 3 6.500 0M19 3v6m-3-3h6',
  reply: 'M9 7l-5 5 5 5M4 12h9q7 0 7 7',
  cross: 'M6 6l12 12M18 6L6 18',
  play: 'M8 5l11 7-11 7z',
  down: 'M6 9l6 6 6-6',
};

/** @param {keyof typeof SIGNS} name */
export function sign(name) {
  const svg = document.createElementNS(SVG, 'svg'), path = document.createElementNS(SVG, 'path');
  for (const [trait, value] of [['viewBox', '0 0 24 24'], ['width', '20'], ['height', '20'], ['aria-hidden', 'true'], ['class', 'line-sign']]) svg.setAttribute(trait, value);
  path.setAttribute('d', SIGNS[name]);
  svg.append(path);
  return /** @type {Node} */ (svg);
}

/** A button of few words; `act` is what it is found by when its place is filled anew. @param {string} act @param {string} look @param {() => void} onclick @param {...(Node | string | false)} inside */
export const actButton = (act, look, onclick, ...inside) => make('button', { type: 'button', class: look, 'data-act': act, onclick }, ...inside);

/** What holds the focus keeps it when it is there again. @param {HTMLElement} place @param {...(Node | string | null | false)} inside */
export function refill(place, ...inside) {
  const held = place.contains(document.activeElement) ? /** @type {HTMLElement} */ (document.activeElement).dataset.act ?? '' : null;
  place.replaceChildren(...inside.filter((part) => part !== null && part !== false));
  if (held === null) return;
  const again = held && place.querySelector(`[data-act="${held}"]`);
  /** @type {HTMLElement | null} */ (again || place.querySelector('button, a') || place.closest('li'))?.focus();
}

/** The end of a deed moves the focus on, unless it went elsewhere meanwhile. @param {Element | undefined} from where the deed began @param {HTMLElement | null | undefined} to */
export function moveFocus(from, to) {
  const now = document.activeElement;
  if (!now || now === document.body || from?.contains(now)) to?.focus();
}

/** Make these the children of a list; what stays is not moved, least of all where somebody writes: the others make room. @param {Element} list @param {HTMLElement[]} wanted */
export function arrange(list, wanted) {
  const staying = new Set(wanted), children = /** @type {HTMLElement[]} */ ([...list.children]);
  for (const child of children) if (!staying.has(child)) leave(child);
  const held = children.find((one) => staying.has(one) && one.contains(document.activeElement));
  let at = list.firstElementChild;
  for (const element of wanted) {
    while (element === held && at && at !== held) {
      const next = at.nextElementSibling;
      list.append(at);
      at = next;
    }
    if (element === at) at = at.nextElementSibling;
    else list.insertBefore(element, at);
  }
}

/** Take an element away; the focus that was in it goes to its neighbour, or to its list. @param {HTMLElement} element */
function leave(element) {
  const list = element.parentElement, hadFocus = element.contains(document.activeElement);
  const heir = element.nextElementSibling ?? element.previousElementSibling ?? list;
  element.remove();
  if (hadFocus) /** @type {HTMLElement | null} */ (heir)?.focus();
}
