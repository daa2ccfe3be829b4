// @ts-check
/** The one keyboard. While a panel is open its numbers come first; in a field only Esc and Enter are ours. */
import { byId } from '../game/dom.js';

/** @type {Record<string, string>} */
const KEYS = {
  j: 'next', k: 'previous', p: 'publish', h: 'hold', r: 'refuse', u: 'undo', m: 'mute', s: 'pass', x: 'select', b: 'bulk',
  '/': 'search', '?': 'help', ' ': 'reveal', arrowdown: 'next', arrowup: 'previous', escape: 'escape',
};

/**
 * @param {import('./choices.js').Choices} choices @param {Record<string, () => void>} commands
 * @param {() => void} leaveSearch
 */
export function listenToKeys(choices, commands, leaveSearch) {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) return;
    if (event.target === byId('search')) inSearch(event);
    else if (choices.isOpen) inChoices(event);
    else if (!isForTheButton(event)) act(event, KEYS[event.key.toLowerCase()]);
  });

  /** @param {KeyboardEvent} event @param {string | undefined} name */
  function act(event, name) {
    if (!name || (event.repeat && name !== 'next' && name !== 'previous')) return;
    event.preventDefault();
    commands[name]();
  }

  /** @param {KeyboardEvent} event */
  function inChoices(event) {
    if (event.key === 'Escape') choices.close();
    else if (!choices.press(event.key)) return;
    event.preventDefault();
  }

  /** @param {KeyboardEvent} event */
  function inSearch(event) {
    if (event.key === 'Escape') leaveSearch();
    else if (event.key === 'Enter' || event.key === 'ArrowDown') byId('lines').focus();
    else return;
    event.preventDefault();
  }
}

/** A button or link that is focused keeps its own keys. @param {KeyboardEvent} event */
function isForTheButton(event) {
  return event.key === ' ' && event.target instanceof Element && event.target.closest('button, a, summary') !== null;
}
