import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Queue, hasSameContext } from '../../static/backoffice/queue.js';
import { Rest } from '../../static/backoffice/rest.js';

/** @param {number} number @param {object} [more] @returns {any} */
const line = (number, more = {}) => ({ id: `c${number}`, posted_at: `2026-12-01T12:00:0${number}.000Z`, revision: 1, rulings: 1, opened_by: null, alarm: false, ...more });
/** @param {any[]} comments @param {string | null} [next] */
const page = (comments, next = null) => ({ comments, next, alarms: 0 });
/** @param {Queue} queue */
const ids = (queue) => queue.lines.map((one) => one.id).join(' ');
const three = () => new Queue(page([line(1), line(2), line(3)]));

test('the following comment is read once one is ruled on, the one before at the end', () => {
  const queue = three();
  queue.read('c2');
  queue.remove([queue.lines[1]]);
  assert.equal(queue.currentId, 'c3');
  queue.remove([queue.lines[1]]);
  assert.equal(queue.currentId, 'c1');
  queue.remove([queue.lines[0]]);
  assert.equal(queue.current, null);
});

test('what somebody else reads is passed over while there is anything else', () => {
  const queue = new Queue(page([line(1), line(2, { opened_by: 'second' }), line(3)]));
  queue.remove([queue.lines[0]]);
  assert.equal(queue.currentId, 'c3');
});

test('an answer from before our ruling does not bring the comment back, a later one does', () => {
  const queue = three();
  queue.remove([queue.lines[0]]);
  queue.merge(page([line(1), line(2), line(3)]));
  assert.equal(ids(queue), 'c2 c3');
  queue.merge(page([line(1, { rulings: 2 }), line(2), line(3)]));
  assert.equal(ids(queue), 'c1 c2 c3');
});

test('what others ruled on leaves, but never from under the eyes', () => {
  const queue = three();
  queue.merge(page([line(3)]));
  assert.equal(ids(queue), 'c1 c3');
  assert.deepEqual([...queue.gone], ['c1']);
  assert.equal(queue.currentId, 'c1');
  queue.move(1);
  assert.equal(ids(queue), 'c3');
});

test('a text that is read is not exchanged under the eyes', () => {
  const queue = three();
  queue.merge(page([line(1, { revision: 2, text: 'edited' }), line(2), line(3)]));
  assert.equal(queue.current?.revision, 1);
  assert.ok(queue.gone.has('c1'));
});

test('lines beyond the page that came are left alone', () => {
  const queue = three();
  queue.merge(page([line(1), line(2)], 'more'));
  assert.equal(ids(queue), 'c1 c2 c3');
});

test('a comment that comes back takes its place by its time', () => {
  const queue = three();
  const [first] = queue.lines;
  queue.remove([first]);
  queue.putBack({ ...first, rulings: 3 });
  assert.equal(ids(queue), 'c1 c2 c3');
});

test('a search keeps the newest first', () => {
  const queue = new Queue(page([line(3), line(1)]), { newestFirst: true });
  queue.merge(page([line(3), line(2), line(1)]));
  assert.equal(ids(queue), 'c3 c2 c1');
});

test('what is alike is selected wherever it waits', () => {
  const queue = three();
  queue.select([line(2), line(9)]);
  assert.deepEqual([...queue.selected], ['c2', 'c9']);
  assert.equal(ids(queue), 'c1 c2 c3 c9');
});

test('a line that did not change is the same object, so that what is read stays on the screen', () => {
  const queue = three();
  const [first, second] = queue.lines;
  queue.merge(page([line(1), line(2, { opened_by: 'second' }), line(3)]));
  assert.equal(queue.current, first);
  assert.notEqual(queue.lines[1], second);
});

test('what stands around a comment is asked for again once it is reported, not for a glance of somebody else', () => {
  const before = line(1, { reports: ['spam'] });
  assert.ok(hasSameContext(before, line(1, { reports: ['spam'], opened_by: 'second' })));
  for (const more of [{ reports: ['spam', 'spam'] }, { reports: ['insult'] }, { reports: ['spam'], alarm: true }, { reports: ['spam'], revision: 2 }]) {
    assert.ok(!hasSameContext(before, line(1, more)), JSON.stringify(more));
  }
  assert.ok(!hasSameContext(before, null));
});

test('a new alarm stands behind the older ones, whatever its score and however long its comment has waited', () => {
  const queue = new Queue(page([line(5, { alarm: true, score: 0.1 }), line(2, { score: 0.9 })]));
  queue.merge(page([line(5, { alarm: true, score: 0.1 }), line(1, { alarm: true, score: 0.8 }), line(2, { score: 0.9 })]));
  assert.equal(ids(queue), 'c5 c1 c2');
});

const MINUTE = 60_000;

test('a pause is due after 45 minutes of work or 200 rulings', () => {
  const rest = new Rest(0);
  for (let minute = 1; minute < 45; minute += 1) assert.equal(rest.work(minute * MINUTE), false);
  assert.equal(rest.work(45 * MINUTE), true);
  rest.begin(45 * MINUTE);
  assert.equal(rest.work(45 * MINUTE, 199), false);
  assert.equal(rest.work(45 * MINUTE, 1), true);
});

test('who did nothing for five minutes has had a pause', () => {
  const rest = new Rest(0);
  rest.work(4 * MINUTE, 150);
  assert.equal(rest.work(9 * MINUTE, 150), false);
});

test('an alarm stands above what is older, and nobody is torn from what is read', () => {
  const queue = three();
  queue.merge(page([line(5, { alarm: true }), line(1), line(2), line(3)]));
  assert.equal(ids(queue), 'c5 c1 c2 c3');
  assert.equal(queue.currentId, 'c1');
  assert.equal(new Queue(page([line(5, { alarm: true }), line(1)])).currentId, 'c5');
});

test('an alarm that ended goes back among the others, or away', () => {
  const queue = new Queue(page([line(5, { alarm: true }), line(1), line(2)]));
  queue.read('c1');
  queue.merge(page([line(1), line(2)], 'more'));
  assert.equal(ids(queue), 'c1 c2');
  queue.merge(page([line(2, { alarm: true }), line(1)]));
  assert.equal(ids(queue), 'c2 c1');
  queue.merge(page([line(1), line(2)]));
  assert.equal(ids(queue), 'c1 c2');
});

test('a search shows the newest first, alarms among them', () => {
  const queue = new Queue(page([line(3), line(2, { alarm: true })]), { newestFirst: true });
  queue.append(page([line(1, { alarm: true })]));
  assert.equal(ids(queue), 'c3 c2 c1');
});

test('what the server scored is read by its score, and a page still covers what waited as long as it did', () => {
  const queue = new Queue(page([line(2, { score: 0.9 }), line(1, { score: 0.1 })], 'more'));
  queue.append(page([line(4, { score: 0.95 }), line(3, { score: 0.2 })]));
  assert.equal(ids(queue), 'c4 c2 c3 c1');
  queue.merge(page([line(2, { score: 0.9 }), line(1, { score: 0.1 })], 'more'));
  assert.equal(ids(queue), 'c4 c2 c3 c1');
  assert.equal(queue.gone.size, 0);
});
