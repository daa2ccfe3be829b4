// @ts-check
/** Answers that come late: what was told or written since they were asked for is newer. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Shelf } from '../../static/game/talk/shelf.js';
import { hold } from './page_rig.js';

const said = (/** @type {string} */ id, more = {}) => /** @type {any} */ ({ id, alias: 'Happy Heron', text: id, posted_at: '2026-11-28T10:00:00Z', round_id: null, reply_to: null, reactions: {}, replies: [], replies_next: null, ...more });
const own = (/** @type {string} */ id, more = {}) => /** @type {any} */ ({ id, state: 'held', revision: 1, text: id, posted_at: '2026-11-28T10:00:00Z', round_id: null, reply_to: null, ...more });

test('what was taken away does not come back by a page that was asked for before', async () => {
  const shelf = new Shelf(), { ask, answers } = hold();
  const first = shelf.awaitPage(ask(), true);
  shelf.withdraw('rude');
  shelf.greet(said('new'));
  answers[0].resolve({ comments: [said('rude'), said('a', { replies: [said('mean', { reply_to: 'a' })] })], next: null });
  await first;
  assert.deepEqual(shelf.ids, ['new', 'a']);
  const replies = shelf.awaitReplies('a', ask());
  shelf.withdraw('mean');
  answers[1].resolve({ replies: [said('mean', { reply_to: 'a' })], next: null });
  await replies;
  assert.deepEqual([shelf.repliesTo('a'), shelf.see('mean').said], [[], null]);
});

test('of two orders that were asked for, the last one is shown, and no page of another', async () => {
  const shelf = new Shelf(), { ask, answers } = hold();
  const asked = [shelf.awaitPage(ask(), true), shelf.awaitPage(ask(), false), shelf.awaitReplies('b', ask()), shelf.awaitPage(ask(), true)];
  answers[0].resolve({ comments: [said('first')], next: 'x' });
  answers[3].resolve({ comments: [said('last')], next: null });
  answers[1].resolve({ comments: [said('more')], next: 'y' });
  answers[2].resolve({ replies: [said('reply', { reply_to: 'b' })], next: 'z' });
  await Promise.all(asked.slice(0, 3)); // whoever waits for it is given the last
  assert.deepEqual([shelf.ids, shelf.next, shelf.threads.has('b')], [['last'], null, false]);
});

test('what one has written is not undone by an answer from before it', async () => {
  const shelf = new Shelf(), { ask, answers } = hold();
  const learned = shelf.awaitMine(ask);
  shelf.write('a', own('a'));
  answers[0].resolve({ comments: [], reactions: {} });
  await new Promise((done) => { setImmediate(done); });
  assert.ok(shelf.own.has('a'));
  answers[1].resolve({ comments: [own('a', { state: 'hidden' })], reactions: {} }); // asked again
  await learned;
  assert.equal(shelf.own.get('a')?.state, 'hidden');
});

test('of two answers about what is one\'s own, the one that was asked for last counts', async () => {
  const shelf = new Shelf(), { ask, answers } = hold();
  const asked = [shelf.awaitMine(ask), shelf.awaitMine(ask)];
  answers[1].resolve({ comments: [own('a', { state: 'hidden' })], reactions: {} });
  answers[0].resolve({ comments: [own('a')], reactions: {} });
  await Promise.all(asked);
  assert.equal(shelf.own.get('a')?.state, 'hidden');
});

test('an answer below one\'s own that nobody else sees stands there alone', () => {
  const shelf = new Shelf();
  shelf.learnMine({ comments: [own('parent', { state: 'hidden' }), own('answer', { reply_to: 'parent' }), own('alone', { reply_to: 'gone' })], reactions: {} });
  assert.deepEqual([shelf.waiting, shelf.repliesTo('parent')], [['parent', 'alone'], ['answer']]);
});
