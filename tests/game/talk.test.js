// @ts-check
/** Comments: what the page knows of them, what it asks for, and what it says. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Api, Problem } from '../../static/game/api.js';
import { createKeep } from '../../static/game/keep.js';
import { readMoment } from '../../static/game/replay/playhead.js';
import { keepReceipt, receiptOf } from '../../static/game/talk/report.js';
import { MOST_SHOWN, Shelf } from '../../static/game/talk/shelf.js';
import { Wire } from '../../static/game/talk/wire.js';
import { KINDS, MOST, REASONS, changeableUntil, clockOf, lengthOf, sayReplies, sentenceOf, whyOf } from '../../static/game/talk/words.js';
import { createTexts } from '../../static/game/texts.js';

/** @param {string} path */
const source = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const texts = createTexts(JSON.parse(source('locales/en.json')), 'en');
const said = (/** @type {string} */ id, more = {}) => /** @type {any} */ ({ id, alias: 'Happy Heron', badge: null, score: null, text: id, posted_at: '2026-11-28T10:00:00Z', edited: false, round_id: null, at_ms: null, reply_to: null, reactions: {}, replies: [], replies_next: null, ...more });
const reply = (/** @type {string} */ id, /** @type {string} */ parent) => said(id, { reply_to: parent, replies: undefined, replies_next: undefined });
const own = (/** @type {string} */ id, more = {}) => /** @type {any} */ ({ id, state: 'held', reason: 'awaits_review', revision: 1, editable_until: null, text: id, posted_at: '2026-11-28T10:00:00Z', round_id: null, at_ms: null, reply_to: null, statement: null, may_appeal: false, appeal: null, ...more });
/** @param {any[]} comments @param {string | null} next @param {string | null} round */
function shelfOf(comments, next = null, round = null) {
  const shelf = new Shelf(round);
  shelf.fill(comments, next, true);
  return shelf;
}

test('a newcomer stands first among the newest, and among the best where its reactions put it', () => {
  const shelf = shelfOf([said('c', { reactions: { clap: 2 } }), said('b')]);
  shelf.greet(said('d'));
  assert.deepEqual(shelf.ids, ['d', 'c', 'b']);
  const best = shelfOf([said('x', { reactions: { clap: 3 } }), said('y', { reactions: { heart: 1 } })]);
  best.order = 'best';
  best.greet(said('z', { reactions: { wow: 1, clap: 1 } }));
  best.greet(said('last'));
  assert.deepEqual(best.ids, ['x', 'z', 'y', 'last']);
});

test('what is public again after an edit stands where the server has it: by when it became public first', () => {
  const at = (/** @type {string} */ hour) => ({ published_at: `2026-11-28T${hour}:00:00.000000Z` });
  const shelf = shelfOf([said('c', at('12')), said('b', at('11')), said('a', at('10'))], 'on');
  shelf.withdraw('b');
  shelf.greet(said('b', at('11')));
  assert.deepEqual(shelf.ids, ['c', 'b', 'a']);
  shelf.withdraw('a');
  shelf.greet(said('a', at('10')));
  assert.deepEqual(shelf.ids, ['c', 'b']); // it comes with its page
});

test('among the best, what belongs to a later page is left to it', () => {
  const best = shelfOf([said('x', { reactions: { clap: 3 } })], 'later');
  best.order = 'best';
  best.greet(said('z'));
  assert.deepEqual(best.ids, ['x']);
});

test('an open tab shows no more than so many, and those that it pushed out when older ones are asked for', () => {
  const shelf = shelfOf([said('first')], 'on');
  const at = (/** @type {number} */ n) => ({ published_at: new Date(Date.UTC(2026, 10, 29, 12, 0, n)).toISOString() });
  for (let n = 0; n < MOST_SHOWN; n += 1) shelf.greet(said(`n${n}`, at(n)));
  assert.deepEqual([shelf.shown.length, shelf.shown[0], shelf.shown.at(-1)], [MOST_SHOWN, `n${MOST_SHOWN - 1}`, 'n0']);
  assert.ok(shelf.widen());
  assert.deepEqual([shelf.shown.at(-1), shelf.hasMore, shelf.widen()], ['first', true, false]);
  shelf.fill([said('older')], null, false);
  for (let n = 0; n < 30; n += 1) shelf.greet(said(`m${n}`, at(1_000 + n)));
  assert.deepEqual([shelf.hasMore, shelf.widen(), shelf.widen(), shelf.shown.at(-1), shelf.hasMore], [true, true, false, 'older', false]);
});

test('beneath a comment, too, no more than so many are shown until more are asked for', () => {
  const shelf = shelfOf([said('a')]);
  for (let n = 0; n <= MOST_SHOWN; n += 1) shelf.greet(reply(`r${n}`, 'a'));
  assert.deepEqual([shelf.repliesTo('a').length, shelf.widen(shelf.thread('a')), shelf.repliesTo('a').length], [MOST_SHOWN, true, MOST_SHOWN + 1]);
  assert.ok(!shelf.widen(shelf.thread('a')));
});

test('what was pushed far out is forgotten, and the list is begun anew for it', () => {
  const shelf = shelfOf([said('first', { replies: [reply('answer', 'first')] })]);
  for (let n = 0; n < MOST_SHOWN + 1000; n += 1) shelf.greet(said(`n${n}`));
  assert.deepEqual([shelf.ids.length, shelf.public.size, shelf.threads.size], [MOST_SHOWN, MOST_SHOWN, MOST_SHOWN]);
  assert.deepEqual([shelf.next, shelf.hasMore], ['', true]);
});

test('pages that were asked for stay shown', () => {
  const shelf = shelfOf([]);
  shelf.fill(Array.from({ length: MOST_SHOWN + 20 }, (_, n) => said(`c${n}`)), null, false);
  assert.equal(shelf.shown.length, MOST_SHOWN + 20);
});

test('a comment that is told again is not shown twice, but as it is now', () => {
  const shelf = shelfOf([said('a')]);
  shelf.greet(said('a', { text: 'changed' }));
  shelf.fill([said('a'), said('b')], null, false);
  assert.deepEqual(shelf.ids, ['a', 'b']);
  shelf.greet(said('b', { text: 'changed' }));
  assert.equal(shelf.see('b').said?.text, 'changed');
});

test('a replay shows what is about its round alone', () => {
  const shelf = shelfOf([], null, 'r1');
  shelf.greet(said('other', { round_id: 'r2' }));
  shelf.greet(said('none'));
  shelf.greet(said('here', { round_id: 'r1' }));
  shelf.learnMine({ comments: [own('mine', { round_id: 'r1' }), own('elsewhere')], reactions: {} });
  assert.deepEqual(shelf.ids, ['here']);
  assert.deepEqual(shelf.waiting, ['mine']);
});

test('replies stand beneath what they answer, by pages, and go with it', () => {
  const shelf = shelfOf([said('a', { replies: ['1', '2', '3'].map((id) => reply(id, 'a')), replies_next: 'on' })]);
  shelf.greet(reply('9', 'a')); // others come before it
  shelf.greet(reply('lost', 'nobody'));
  assert.deepEqual(shelf.repliesTo('a'), ['1', '2', '3']);
  assert.equal(shelf.see('lost').said, null);
  shelf.fillThread('a', [reply('4', 'a'), reply('9', 'a')], null);
  shelf.greet(reply('10', 'a'));
  assert.deepEqual(shelf.repliesTo('a'), ['1', '2', '3', '4', '9', '10']);
  assert.ok(shelf.withdraw('2'));
  assert.deepEqual(shelf.repliesTo('a'), ['1', '3', '4', '9', '10']);
  shelf.withdraw('a');
  assert.deepEqual([shelf.ids, shelf.see('1').said], [[], null]);
});

test('what waits is seen by its author alone: an answer beneath its comment, else above the list', () => {
  const shelf = shelfOf([said('a'), said('was-public')]);
  shelf.learnMine({ comments: [own('new'), own('answer', { reply_to: 'a' }), own('alone', { reply_to: 'gone' }), own('public', { reply_to: 'gone', state: 'published' }), own('was-public', { state: 'hidden' })], reactions: { a: 'clap' } });
  assert.deepEqual(shelf.waiting, ['new', 'alone', 'was-public']);
  assert.deepEqual(shelf.repliesTo('a'), ['answer']);
  assert.deepEqual(shelf.ids, ['a']);
  assert.equal(shelf.see('a').kind, 'clap');
});

test('what is public and may still be changed stands in the list once', () => {
  const shelf = shelfOf([said('a')]);
  shelf.learnMine({ comments: [own('a', { state: 'published', reason: undefined })], reactions: {} });
  assert.deepEqual([shelf.ids, shelf.waiting], [['a'], []]);
  assert.equal(shelf.see('a').own?.state, 'published');
});

test('a reaction counts as the server says', () => {
  const shelf = shelfOf([said('a')]);
  shelf.react('a', 'heart', { heart: 4 });
  assert.deepEqual([shelf.see('a').kind, shelf.see('a').said?.reactions], ['heart', { heart: 4 }]);
  shelf.react('a', null, { heart: 3 });
  assert.equal(shelf.see('a').kind, null);
});

test('characters are counted as the server counts them', () => {
  assert.deepEqual(['', '  ', 'abc ', '👍🏽', 'é'].map(lengthOf), [0, 0, 3, 2, 1]);
  assert.match(source('server/comments/rules.py'), new RegExp(`MOST_CHARACTERS = ${MOST}\\n`));
});

test('every reaction and every reason to report that the server knows is offered', () => {
  const words = (/** @type {string} */ text, /** @type {string} */ name) => [...text.split(`class ${name}(StrEnum):`)[1].split('\nclass ')[0].matchAll(/= "(\w+)"/g)].map(([, word]) => word);
  assert.deepEqual(Object.keys(KINDS), words(source('server/comments/reaction.py'), 'ReactionKind'));
  assert.deepEqual([...REASONS], words(source('server/comments/report.py'), 'ReportReason'));
  for (const key of [...Object.keys(KINDS).map((kind) => `react.${kind}`), ...REASONS.map((reason) => `report.${reason}`)]) assert.ok(texts.has(`comments.${key}`), key);
});

test('every state that its author may read has a word, and what nobody else sees says why', () => {
  const states = [...source('server/comments/comment.py').split('class CommentState(StrEnum):')[1].split('\n\n\n')[0].matchAll(/= "(\w+)"/g)].map(([, state]) => state);
  for (const state of states.filter((one) => !['published', 'taken_back'].includes(one))) assert.ok(texts.has(`comments.state.${state}`), state);
  assert.equal(whyOf(own('a'), texts), '');
  assert.match(whyOf(own('a', { reason: 'contact' }), texts), /contact details/);
  assert.match(whyOf(own('a', { state: 'hidden', reason: 'reported' }), texts), /Several readers/);
});

test('every refusal is told in words', () => {
  const of = (/** @type {string} */ code, more = {}) => sentenceOf(new Problem(400, code, more), texts);
  assert.match(of('comment_refused', { reason: 'repeat' }), /cannot be taken\. You had said the same/);
  assert.match(of('muted', { until: '2026-12-01T10:00:00Z' }), /again from December 1, 2026/);
  assert.match(of('slow_down', { retry_after_s: 7 }), /in 7 seconds/);
  assert.match(of('too_large'), /too long/);
  for (const code of ['not_allowed', 'comment_not_found', 'comment_changed', 'edit_expired', 'not_appealable', 'round_not_found', 'malformed', 'offline', 'campaign_closed', 'campaign_paused', 'campaign_not_open']) {
    assert.notEqual(of(code), texts.say('comments.failed'), code);
  }
  for (const thrown of [undefined, new TypeError('x'), new Problem(500, 'internal')]) assert.equal(sentenceOf(thrown, texts), texts.say('comments.failed'));
});

test('replies are numbered as far as they are known', () => {
  assert.deepEqual([[1, false], [3, false], [3, true]].map(([n, more]) => sayReplies(Number(n), Boolean(more), texts)), ['1 reply', '3 replies', 'More than 3 replies']);
});

test('a comment may be changed until its time is over', () => {
  const until = '2026-11-28T10:05:00Z', at = Date.parse(until);
  assert.equal(changeableUntil(own('a', { editable_until: until }), at - 1), at);
  for (const [one, now] of [[own('a', { editable_until: until }), at], [own('a'), 0], [null, 0]]) assert.equal(changeableUntil(one, now), null);
});

test('a moment is told, and read from an address', () => {
  assert.deepEqual([0, 999, 31_000, 61_500].map(clockOf), ['0:00', '0:00', '0:31', '1:01']);
  assert.deepEqual(['#t=31000', '#t=', '#t=-1', '#t=1234567', '#x', ''].map(readMoment), [31_000, null, null, null, null, null]);
});

test('receipts are remembered on the device, the oldest of many forgotten, and lead to a page of ours', () => {
  const keep = createKeep([{ read: () => '', write: () => undefined }]), receipt = (/** @type {number} */ n) => n.toString(16).padStart(20, '0');
  Object.assign(globalThis, { location: { origin: 'https://popshot.example' } });
  assert.equal(receiptOf(keep, 'c1'), null);
  for (let n = 1; n <= 31; n += 1) keepReceipt(keep, `c${n}`, receipt(n));
  assert.deepEqual([receiptOf(keep, 'c1'), receiptOf(keep, 'c2'), receiptOf(keep, 'c31')], [null, `https://popshot.example/reports/${receipt(2)}`, `https://popshot.example/reports/${receipt(31)}`]);
  for (const forged of ['https://elsewhere.example/', '//elsewhere.example/', `${receipt(1)}/../..`, 7, null]) {
    keep.set('receipts', JSON.stringify({ c31: forged }));
    assert.equal(receiptOf(keep, 'c31'), null);
  }
  keep.set('receipts', 'no json');
  assert.equal(receiptOf(keep, 'c31'), null);
});

/** A wire whose server answers in turn, and what was asked. @param {[number, any][]} answers @param {Record<string, string>} kept */
function rig(answers, kept = { token: 't' }) {
  /** @type {[string, string, any][]} */ const calls = [];
  const keep = createKeep([{ read: () => JSON.stringify(kept), write: () => undefined }]);
  const fetch = /** @type {any} */ (async (/** @type {string} */ url, /** @type {any} */ { method, body, headers }) => {
    calls.push([method, url, body === undefined ? headers.Altcha : JSON.parse(body)]);
    const [status, answer] = answers.shift() ?? [500, {}];
    return new Response(status === 204 ? null : JSON.stringify(answer), { status });
  });
  return { wire: new Wire(new Api({ base: '', locale: 'en', keep, fetch, solve: async () => 'solved' }), 'boss'), calls };
}

test('pages are asked for by order, place and round', async () => {
  const { wire, calls } = rig([[200, {}], [200, {}], [200, {}]]);
  await wire.page('newest', null, null);
  await wire.page('best', 'a=b', 'r1');
  await wire.replies('c1', 'x y');
  assert.deepEqual(calls.map(([, url]) => url), ['/campaigns/boss/comments', '/campaigns/boss/comments?order=best&before=a%3Db&round_id=r1', '/comments/c1/replies?after=x%20y']);
});

test('each deed is the call that the wire has for it', async () => {
  const { wire, calls } = rig([[201, {}], [200, {}], [204, null], [200, {}], [200, {}], [201, {}], [201, {}]]);
  await wire.post({ text: 'a', round_id: 'r', at_ms: 5 });
  await wire.edit('c', 'b', 2);
  await wire.takeBack('c');
  await wire.react('c', 'wow');
  await wire.react('c', null);
  await wire.appeal('c', '');
  await wire.appeal('c', 'please');
  assert.deepEqual(calls, [
    ['POST', '/campaigns/boss/comments', { text: 'a', round_id: 'r', at_ms: 5 }], ['PATCH', '/comments/c', { text: 'b', revision: 2 }],
    ['DELETE', '/comments/c', undefined], ['PUT', '/comments/c/reaction', { kind: 'wow' }], ['DELETE', '/comments/c/reaction', undefined],
    ['POST', '/comments/c/appeal', {}], ['POST', '/comments/c/appeal', { text: 'please' }],
  ]);
});

test('a report goes without a token, and works for its proof when one is asked for', async () => {
  const { wire, calls } = rig([[403, { code: 'proof_required', challenge: {} }], [202, { receipt: { id: 'x', url: '/reports/x' } }]], {});
  assert.equal((await wire.report('c', { reason: 'danger' })).receipt.url, '/reports/x');
  assert.deepEqual(calls.map(([method, url]) => `${method} ${url}`), ['POST /comments/c/reports', 'POST /comments/c/reports']);
});

test('who reacts for the first time becomes a player first', async () => {
  const { wire, calls } = rig([[201, { player: { alias: 'A' }, token: 't' }], [200, { kind: 'clap', reactions: { clap: 1 } }]], {});
  await wire.react('c', 'clap');
  assert.deepEqual(calls.map(([, url]) => url), ['/players', '/comments/c/reaction']);
});
