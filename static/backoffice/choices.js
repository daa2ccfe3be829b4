// @ts-check
/** The small panel above the buttons: a numbered choice, taken by a key or a press, left by Esc. */
import { byId, make } from '../game/dom.js';

/** @typedef {{key: string, name: string, more?: string, act: () => void}} Choice */

export function createChoices() {
  const panel = byId('choices');
  /** @type {Choice[]} */ let offered = [];

  function close() {
    if (panel.contains(document.activeElement)) byId('lines').focus();
    panel.hidden = true;
    offered = [];
  }

  /** @param {Choice} choice */
  function choose(choice) {
    close();
    choice.act();
  }

  return {
    close,
    /** @param {string} title @param {Choice[]} choices */
    offer(title, choices) {
      offered = choices;
      panel.setAttribute('aria-label', title);
      panel.replaceChildren(make('h3', {}, title), ...choices.map((choice) => make('button', { type: 'button', class: 'choice', onclick: () => choose(choice) },
        make('kbd', { 'aria-hidden': 'true' }, choice.key), make('span', {}, make('b', {}, choice.name), choice.more !== undefined && make('small', {}, choice.more)))));
      panel.hidden = false;
      panel.querySelector('button')?.focus({ preventScroll: true });
    },
    get isOpen() { return !panel.hidden; },
    /** @param {string} key @returns {boolean} whether it was one of the choices */
    press(key) {
      const choice = offered.find((one) => one.key === key);
      if (choice) choose(choice);
      return Boolean(choice);
    },
  };
}

/** @typedef {ReturnType<typeof createChoices>} Choices */
