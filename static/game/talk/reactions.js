// @ts-check
/** Reactions from the fixed set: those that were given, with how many; all of them once one is to be given. */
import { make } from '../dom.js';
import { actButton, sign } from './parts.js';
import { KINDS } from './words.js';

/** @typedef {import('./shelf.js').Seen} Seen */

/**
 * @param {Seen} seen @param {import('../texts.js').Texts} texts @param {boolean} isOpen whether all are offered
 * @param {{react: (kind: string | null) => void, open: () => void}} deeds
 */
export function reactionButtons({ said, kind: mine }, texts, isOpen, { react, open }) {
  const counts = said?.reactions ?? {};
  const shown = Object.entries(KINDS).filter(([kind]) => isOpen || counts[kind]);
  const chips = shown.map(([kind, face]) => {
    const n = counts[kind] ?? 0, name = texts.say(`comments.react.${kind}`);
    const chip = actButton(`react-${kind}`, 'reaction', () => react(kind === mine ? null : kind), make('span', { 'aria-hidden': 'true' }, face), n > 0 && make('b', { 'aria-hidden': 'true' }, texts.number(n)));
    chip.setAttribute('aria-pressed', String(kind === mine));
    chip.setAttribute('aria-label', n > 0 ? `${name}: ${texts.number(n)}` : name);
    chip.title = name;
    return chip;
  });
  const more = actButton('react', 'act icon', open, sign('smile'));
  more.setAttribute('aria-label', texts.say('comments.react'));
  more.setAttribute('aria-expanded', String(isOpen));
  more.title = texts.say('comments.react');
  return [...chips, more];
}
