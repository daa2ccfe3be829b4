// @ts-check
/** The talk as it stands on a page. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keepReceipt, receiptOf } from '../../static/game/talk/report.js';
import { settle } from './page_rig.js';
import { LATER, offline, openTalk, own, said, texts } from './talk_rig.js';

const receipt = (/** @type {number} */ n) => String(n).padStart(20, '0');

test('what was told before the room is first heard is asked for', async () => {
  const { talk, server, list } = openTalk();
  await talk.load();
  server.page = { comments: [said('between')], next: null };
  talk.meet(true);
  await settle();
  assert.deepEqual(list(), ['between']);
});

test('what the room told while nobody heard it is asked for until it is there', async () => {
  const { talk, server, list, at } = openTalk();
  await talk.load();
  server.page = offline();
  talk.meet(false);
  talk.meet(true);
  await settle();
  assert.equal(at('talk-spoken').textContent, texts.say('comments.failed'));
  server.page = { comments: [said('missed')], next: null };
  globalThis.dispatchEvent(new Event('online'));
  await settle();
  assert.deepEqual(list(), ['missed']);
});

test('a talk that does not come says so, and comes once the line is back', async () => {
  const { talk, server, list, at } = openTalk(), empty = at('talk-empty');
  server.page = offline();
  void talk.open();
  await settle();
  assert.deepEqual([empty.hidden, empty.textContent], [false, texts.say('comments.failed')]);
  server.page = { comments: [said('a')], next: null };
  globalThis.dispatchEvent(new Event('online'));
  await settle();
  assert.deepEqual([empty.hidden, empty.textContent, list()], [true, 'Nobody yet', ['a']]);
});

test('a comment that went through says so though the list cannot be had', async () => {
  const { talk, server, at, post, list } = openTalk();
  await talk.load();
  server.page = offline();
  server.post = { comment: { id: 'new', state: 'published', revision: 1, editable_until: null } };
  server.mine = offline();
  await post('Well aimed');
  assert.deepEqual([at('comment-note').textContent, talk.composer.box.value, list()], [texts.say('comments.published'), '', ['new']]);
});

test('where the line was lost, it is asked whether the comment came through', async () => {
  const { talk, server, post, list } = openTalk();
  await talk.load();
  server.mine = { comments: [own('came')], reactions: {}, mute: null };
  await post('Well aimed');
  assert.deepEqual(list(), ['came']);
});

test('who may not write reads why above the composer', async () => {
  const { talk, server, at } = openTalk(), note = () => at('composer').firstElementChild;
  await talk.load();
  server.mine.mute = { until: '2099-12-01T10:00:00Z', statement: { text: 'You cannot write comments until then.' } };
  await talk.load();
  assert.deepEqual([note().hidden, note().textContent], [false, 'You cannot write comments until then.']);
  server.mine.mute = { until: '2099-12-01T10:00:00Z', statement: null };
  await talk.load();
  assert.match(note().textContent, /again from December 1, 2099/);
  server.mine.mute = null;
  await talk.load();
  assert.ok(note().hidden);
});

test('an author reads on a public comment that the appeal was right', async () => {
  const { talk, server, at } = openTalk(), appeal = { state: 'overturned', at: '2026-11-28T10:00:00Z', settled_at: '2026-11-29T10:00:00Z' };
  server.page = { comments: [said('right'), said('usual')], next: null };
  server.mine = { comments: [own('right', { state: 'published', appeal }), own('usual', { state: 'published' })], reactions: {}, mute: null };
  await talk.load();
  assert.match(at('talk').querySelectorAll('.fate')[0].textContent, /you were right/);
  assert.equal(at('talk').querySelectorAll('.fate')[1].textContent, '');
});

test('what was reported once may be reported again', async () => {
  const { talk, server, keep, at } = openTalk();
  keepReceipt(keep, 'a', receipt(1));
  server.page = { comments: [said('a')], next: null };
  await talk.load();
  const acts = at('talk').querySelector('.acts');
  assert.match(acts.textContent, new RegExp(texts.say('comments.report.done')));
  assert.ok(acts.querySelector('[data-act="report"]'));
});

test('the receipt of another report on the same comment is the newest one', () => {
  const { keep } = openTalk();
  for (const [n, id] of ['a', ...Array.from({ length: 29 }, (_, n) => `c${n}`), 'a', 'last'].entries()) keepReceipt(keep, id, receipt(n));
  assert.deepEqual([receiptOf(keep, 'a'), receiptOf(keep, 'c0')], [`https://popshot.example/reports/${receipt(30)}`, null]);
});

test('what one wrote long ago, and is told of by its id alone, is one’s own too', async () => {
  const { talk, server, row } = openTalk(), you = texts.say('standings.you');
  server.page = { comments: [said('old', { alias: 'Alice' }), said('hers', { alias: 'Alice' })], next: null };
  server.mine = { comments: [], reactions: {}, published: ['old'], mute: null };
  await talk.load();
  assert.deepEqual(['old', 'hers'].map((id) => row(id).querySelector('header').textContent.includes(you)), [true, false]);
});

test('a namesake is not oneself', async () => {
  const { talk, server, at, row } = openTalk(), you = texts.say('standings.you'), later = own('mine', { state: 'published', editable_until: null });
  server.page = { comments: [said('mine', { alias: 'Alice' }), said('hers', { alias: 'Alice' })], next: null };
  server.mine = { comments: [later], reactions: {}, mute: null };
  await talk.load();
  assert.deepEqual(['mine', 'hers'].map((id) => row(id).querySelector('header').textContent.includes(you)), [true, false]);
  assert.deepEqual(['mine', 'hers'].map((id) => Boolean(row(id).querySelector('[data-act="report"]'))), [false, true]);
  talk.hear({ comments: [said('new', { alias: 'Alice' })] });
  await settle();
  assert.equal(at('talk-spoken').textContent, '');
});

test('one\'s own stays one\'s own when it can no longer be changed, until another plays here', async () => {
  const { talk, server, keep } = openTalk();
  server.mine = { comments: [own('mine')], reactions: {}, mute: null };
  await talk.load();
  const again = async (/** @type {string} */ alias) => {
    const next = openTalk({ token: 't', alias, said: keep.get('said') ?? '' });
    next.server.page = { comments: [said('mine', { alias })], next: null };
    await next.talk.load();
    return next.row('mine').querySelector('header').textContent.includes(texts.say('standings.you'));
  };
  assert.deepEqual([await again('Alice'), await again('Charlie')], [true, false]);
});

test('where the line was lost over a change, it is asked whether it came through', async () => {
  const { talk, server, act, write, send, row } = openTalk();
  server.mine = { comments: [own('a', { editable_until: LATER })], reactions: {}, mute: null };
  await talk.load();
  act('a', 'edit');
  write('a', 'Changed');
  server.mine = { comments: [own('a', { editable_until: LATER, revision: 2, text: 'Changed' })], reactions: {}, mute: null };
  await send('a');
  assert.equal(row('a').querySelector('.text').textContent, 'Changed');
});

test('a thread with an answer of one\'s own that waits is open at first, and may be shut', async () => {
  const { talk, server, row } = openTalk(), replies = () => row('a').querySelector('.replies'), toggle = () => row('a').querySelector('.thread').querySelector('button');
  server.page = { comments: [said('a')], next: null };
  server.mine = { comments: [own('answer', { reply_to: 'a' })], reactions: {}, mute: null };
  await talk.load();
  assert.deepEqual([replies().hidden, toggle().textContent], [false, '1 reply']);
  toggle().click();
  await talk.load();
  assert.ok(replies().hidden);
  server.mine.comments.push(own('another', { reply_to: 'a' }));
  await talk.load();
  assert.deepEqual([replies().hidden, toggle().textContent], [false, '2 replies']);
});

test('a report keeps what was written when its reason changes, and tells what belongs to it', async () => {
  const { talk, server, told, act, row, button } = openTalk();
  server.page = { comments: [said('a', { revision: 2 })], next: null };
  server.deed = { receipt: { id: 'a'.repeat(20), url: '' } };
  await talk.load();
  const fields = () => [row('a').querySelector('textarea'), ...row('a').querySelectorAll('.field')];
  const choose = (/** @type {string} */ reason) => row('a').querySelectorAll('input').find((/** @type {any} */ one) => one.getAttribute('value') === reason).dispatchEvent(new Event('change'));
  for (const reason of ['illegal', 'insult']) {
    act('a', 'report');
    choose('illegal');
    for (const [n, value] of ['It is forbidden', 'Alice', 'alice@mail.example'].entries()) fields()[n].value = value;
    choose('danger');
    choose('insult');
    choose(reason);
    assert.deepEqual(fields().map(({ value }) => value), ['It is forbidden', 'Alice', 'alice@mail.example']);
    button(row('a'), 'comments.report.send').click();
    await settle();
  }
  assert.deepEqual(told, [{ reason: 'illegal', text: 'It is forbidden', name: 'Alice', email: 'alice@mail.example', revision: 2 }, { reason: 'insult', text: 'It is forbidden', revision: 2 }]);
});

test('the moment on offer goes on under the finger', async () => {
  const replay = { now: 31_000 }, { talk, at } = openTalk(undefined, { now: () => replay.now }), chip = () => at('composer').querySelector('.moment');
  const first = chip();
  assert.match(first.textContent, /0:31/);
  replay.now = 32_000;
  talk.moment?.follow();
  assert.deepEqual([chip() === first, /0:32/.test(first.textContent)], [true, true]);
});

test('pages are shown until none is left, and the list begins anew where the way on is lost', async () => {
  const { talk, server, at, list } = openTalk();
  server.page = { comments: [said('a')], next: 'on' };
  await talk.load();
  talk.shelf.next = '';
  server.page = { comments: [said('z')], next: null };
  at('talk-more').click();
  await settle();
  assert.deepEqual([list(), at('talk-more').hidden], [['z'], true]);
});
