// @ts-check
/** What became of one's own comment: it waits, or what was decided, why, by whom, and the way to another person. */
import { make, makeButton } from '../dom.js';
import { moveFocus } from './parts.js';
import { sentenceOf, whyOf } from './words.js';

/** @typedef {import('../texts.js').Texts} Texts @typedef {import('../types.js').OwnComment} OwnComment */

/** What its author reads of it; on a public one, only that an appeal was right. @param {OwnComment} own @param {Texts} texts @param {(text: string) => Promise<void>} appeal */
export function fateOf(own, texts, appeal) {
  const appealed = own.appeal && make('p', { class: 'appealed', 'data-is': own.appeal.state }, texts.say(`comments.appeal.${own.appeal.state}`, { date: texts.date(own.appeal.settled_at ?? own.appeal.at) }));
  if (own.state === 'published') return [appealed];
  const why = whyOf(own, texts), { statement } = own;
  return [
    make('p', { class: 'state', 'data-is': own.state }, texts.say(`comments.state.${own.state}`)),
    why && (!statement || own.reason === 'reported') && make('p', { class: 'reason' }, why),
    statement && make('p', { class: 'statement', dir: 'auto' }, statement.text),
    ...(statement ? [make('small', { class: 'by' }, `${texts.say(`comments.ground.${statement.ground}`)} · ${texts.say(`comments.ruled.${statement.by}`, { date: texts.date(statement.at) })}`)] : []),
    appealed,
    own.may_appeal && appealForm(own.id, texts, appeal),
  ];
}

/** One tap is enough; who wishes says why first. @param {string} id @param {Texts} texts @param {(text: string) => Promise<void>} appeal */
export function appealForm(id, texts, appeal) {
  const note = make('p', { class: 'note bad', role: 'alert', hidden: true });
  const box = make('textarea', { id: `appeal-${id}`, rows: '2', maxlength: '1000', dir: 'auto' });
  const words = make('details', {}, make('summary', { 'data-act': 'words' }, texts.say('comments.appeal.words')), make('label', { for: box.id }, texts.say('comments.appeal.label')), box);
  const button = makeButton(texts.say('comments.appeal'), async () => {
    button.disabled = true;
    try {
      await appeal(box.value.trim());
    } catch (problem) {
      note.textContent = sentenceOf(problem, texts);
      note.hidden = false;
      button.disabled = false;
      moveFocus(root, button);
    }
  }, 'small plain');
  button.dataset.act = 'appeal';
  const root = make('div', { class: 'object' }, words, button, note);
  return root;
}
