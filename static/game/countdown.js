// @ts-check
/** A countdown in the page: days, hours, minutes, seconds, each with its word in the page's language. */
import { make } from './dom.js';

/** @type {['day' | 'hour' | 'minute' | 'second', number][]} */
const UNITS = [['day', 86400], ['hour', 3600], ['minute', 60], ['second', 1]];

/**
 * The parts of a wait, the largest that is not 0 first; minutes and seconds always.
 * @param {number} ms @returns {{unit: 'day' | 'hour' | 'minute' | 'second', value: number}[]}
 */
export function partsOf(ms) {
  let rest = Math.max(0, Math.ceil(ms / 1000));
  const parts = UNITS.map(([unit, size]) => {
    const value = Math.floor(rest / size);
    rest -= value * size;
    return { unit, value };
  });
  const first = parts.findIndex(({ value }) => value > 0);
  return parts.slice(first < 0 ? 2 : Math.min(first, 2));
}

/** "hours" as it goes with 3. @param {string} locale @param {'day' | 'hour' | 'minute' | 'second'} unit @param {number} value */
export function wordOf(locale, unit, value) {
  const parts = new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).formatToParts(value);
  return parts.find(({ type }) => type === 'unit')?.value ?? unit;
}

/** Not read out by itself, it would never be silent. @param {string} label @param {string} locale */
export function createCountdown(label, locale) {
  const element = make('p', { class: 'countdown', role: 'timer', 'aria-label': label });
  return {
    element,
    /** @param {number} ms that are left */
    show(ms) {
      const parts = partsOf(ms);
      element.replaceChildren(...parts.map(({ unit, value }, i) => make('span', {},
        make('b', {}, i > 0 ? String(value).padStart(2, '0') : String(value)), ' ', make('small', {}, wordOf(locale, unit, value)))));
    },
  };
}
