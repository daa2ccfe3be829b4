// @ts-check
/** The words of the page's language: texts by key, numbers, dates. */

/**
 * @param {Record<string, string>} texts @param {string} locale
 */
export function createTexts(texts, locale) {
  // Each is made when it is needed: together they cost as much as the first picture.
  /** @type {Intl.NumberFormat | undefined} */ let numbers;
  /** @type {Intl.RelativeTimeFormat | undefined} */ let relative;

  /** @param {number} value */
  const number = (value) => (numbers ??= new Intl.NumberFormat(locale)).format(value);

  /** @param {string} key @param {Record<string, string | number>} [values] numbers are written the language's way */
  function say(key, values = {}) {
    const text = texts[key] ?? key;
    return text.replace(/\{(\w+)\}/g, (whole, name) => {
      const value = values[name];
      return value === undefined ? whole : typeof value === 'number' ? number(value) : value;
    });
  }

  /** How long ago or ahead, in the largest unit that fits. @param {Date} date @param {Date} now */
  function away(date, now) {
    const seconds = Math.round((date.getTime() - now.getTime()) / 1000);
    const [unit, size] = UNITS.find(([, least]) => Math.abs(seconds) >= least) ?? UNITS[UNITS.length - 1];
    relative ??= new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
    return relative.format(Math.trunc(seconds / size), unit);
  }

  return {
    locale,
    say,
    away,
    /** More texts, which came later. @param {Record<string, string>} more */ learn: (more) => { Object.assign(texts, more); },
    /** @param {string} key */ has: (key) => key in texts,
    number,
    /** @param {number} part of one */ percent: (part) => new Intl.NumberFormat(locale, { style: 'percent' }).format(part),
    /** @param {string} iso */
    date: (iso) => new Intl.DateTimeFormat(locale, { dateStyle: 'long' }).format(new Date(iso)),
    /** In the reader's own zone, or in a named one that is then told. @param {string} iso @param {string} [timeZone] */
    moment: (iso, timeZone) => new Intl.DateTimeFormat(locale, timeZone ? { ...WITH_ZONE, timeZone } : { dateStyle: 'long', timeStyle: 'short' }).format(new Date(iso)),
  };
}

/** @type {Intl.DateTimeFormatOptions} */
const WITH_ZONE = { day: 'numeric', month: 'long', year: 'numeric', hour: 'numeric', minute: '2-digit', timeZoneName: 'short' };

/** @type {[Intl.RelativeTimeFormatUnit, number][]} */
const UNITS = [['day', 86400], ['hour', 3600], ['minute', 60], ['second', 1]];

/** @typedef {ReturnType<typeof createTexts>} Texts */
