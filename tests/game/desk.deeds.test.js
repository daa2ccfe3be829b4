import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Deeds } from '../../static/backoffice/deeds.js';
import { Queue } from '../../static/backoffice/queue.js';
import { Problem } from '../../static/game/api.js';

/** @param {number} number @param {object} [more] @returns {any} */
const line = (number, more = {}) => ({ id: `c${number}`, posted_at: `2026-12-01T12:00:0${number}.000Z`, revision: 1, rulings: 1,
  state: 'held', opened_by: null, alarm: false, again: false, appeal: null, ...more });
const settle = () => new Promise((done) => { setImmediate(done); });
const offline = () => new Problem(0, 'offline');

/** A desk with three lines, whose calls are answered in turn; a problem is thrown. @param {any[]} answers */
function deskOf(...answers) {
  const queue = new Queue({ comments: [line(1), line(2), line(3)], next: null, alarms: 0 });
  /** @type {string[]} */ const called = [];
  const call = async (/** @type {string} */ method, /** @type {string} */ path) => {
    called.push(`${method} ${path}`);
    const answer = answers.shift();
    if (answer instanceof Problem) throw answer;
    return answer;
  };
  /** @type {any} */ const hands = { calls: { call }, words: { say: String, when: String }, queue: () => queue, show: () => {}, note: () => {}, ruled: () => {} };
  return { queue, called, deeds: new Deeds(hands), ids: () => queue.lines.map((one) => one.id).join(' ') };
}

for (const [state, ids] of [['hidden', 'c1 c2 c3'], ['held', 'c1 c2 c3'], ['refused', 'c2 c3']]) {
  test(`what has become ${state} meanwhile ${state === 'refused' ? 'stays away' : 'comes back at once'}`, async () => {
    const desk = deskOf(new Problem(409, 'comment_changed', { comment: line(1, { state, rulings: 2 }) }));
    desk.deeds.rule('publish');
    await settle();
    assert.equal(desk.ids(), ids);
  });
}

test('an undo without an answer can be tried again, and the ruled comment stays away until then', async () => {
  const desk = deskOf({ ruling: 'r1' }, offline(), { comment: line(1, { rulings: 3 }) });
  desk.deeds.rule('publish');
  await assert.rejects(desk.deeds.undo(), { code: 'offline' });
  assert.equal(desk.ids(), 'c2 c3');
  assert.ok(desk.deeds.canUndo);
  await desk.deeds.undo();
  assert.equal(desk.ids(), 'c1 c2 c3');
  assert.ok(!desk.deeds.canUndo);
});

test('an undo of many goes on where the line was lost', async () => {
  const desk = deskOf({ ruled: { c1: 'r1', c2: 'r2' }, changed: [] }, { comment: line(1, { rulings: 3 }) }, offline(),
    { comment: line(2, { rulings: 3 }) });
  desk.queue.select([line(1), line(2)]);
  desk.deeds.rule('publish');
  await settle();
  await assert.rejects(desk.deeds.undo(), { code: 'offline' });
  await desk.deeds.undo();
  assert.deepEqual(desk.called.slice(1), ['POST /comments/c1/undo', 'POST /comments/c2/undo', 'POST /comments/c2/undo']);
  assert.equal(desk.ids(), 'c1 c2 c3');
});

test('an undo that the server refuses is over', async () => {
  const desk = deskOf({ muted_until: '' }, new Problem(404, 'comment_not_found'));
  await desk.deeds.mute(1);
  await assert.rejects(desk.deeds.undo(), { code: 'comment_not_found' });
  assert.ok(!desk.deeds.canUndo);
});

test('what is not found any more stays away', async () => {
  const desk = deskOf(new Problem(404, 'comment_not_found'));
  desk.deeds.rule('publish');
  await settle();
  assert.equal(desk.ids(), 'c2 c3');
});

test('a selection is ruled on brand by brand', async () => {
  const desk = deskOf({ ruled: { c1: 'r1', c3: 'r3' }, changed: [] }, { ruled: { c2: 'r2' }, changed: [] });
  desk.queue.select([line(1, { brand: 'a' }), line(2, { brand: 'b' }), line(3, { brand: 'a' })]);
  desk.deeds.rule('publish');
  await settle();
  assert.deepEqual(desk.called, ['POST /rulings', 'POST /rulings']);
  assert.equal(desk.ids(), '');
});
