// @ts-check
/** What the desk says, in its language: reasons, times, figures. */
import { createTexts } from '../game/texts.js';

/** @param {Record<string, string>} known @param {string} locale */
export function createWords(known, locale) {
  const texts = createTexts(known, locale);
  const clock = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });

  /** A reason's short name; one that has none is told in its sentence. @param {string} reason */
  const reason = (reason) => texts.say(texts.has(`desk.reason.${reason}`) ? `desk.reason.${reason}` : `reason.${reason}`);
  return {
    ...texts,
    reason,
    /** @param {string} iso */ ago: (iso) => texts.away(new Date(iso), new Date()),
    /** @param {string} iso */ when: (iso) => clock.format(new Date(iso)),
    /** What readers reported, a danger first, each with its number when there are several. @param {{reports: string[]}} line */
    report: ({ reports }) => [...new Set(reports)].sort((a, b) => Number(b === 'danger') - Number(a === 'danger')).map((one) => {
      const count = reports.filter((other) => other === one).length;
      return `${count > 1 ? `${texts.number(count)} × ` : ''}${reason(one)}`;
    }).join(', '),
    /** A span in its largest unit that fits. @param {number | null} seconds */
    span: (seconds) => {
      if (seconds === null) return '–';
      const [size, unit] = SPANS.find(([least]) => seconds >= least) ?? SPANS[SPANS.length - 1];
      return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'narrow' }).format(Math.floor(seconds / size));
    },
    /** @param {number | null} part */ part: (part) => (part === null ? '–' : texts.percent(part)),
  };
}

/** @type {[number, string][]} */
const SPANS = [[86400, 'day'], [3600, 'hour'], [60, 'minute'], [1, 'second']];

/** @typedef {ReturnType<typeof createWords>} Words */
