// @ts-check
/** The talk as it stands on a page. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Problem } from '../../static/game/api.js';
import { createKeep } from '../../static/game/keep.js';
import { keepReceipt, receiptOf } from '../../static/game/talk/report.js';
import { Talk } from '../../static/game/talk/talk.js';
import { createTexts } from '../../static/game/texts.js';
import { openPage, settle } from './page_rig.js';

const texts = createTexts(JSON.parse(readFileSync(new URL('../../locales/en.json', import.meta.url), 'utf8')), 'en');
const said = (/** @type {string} */ id, more = {}) => ({ id, alias: 'Happy Heron', badge: null, score: null, text: id, posted_at: '2026-11-28T10:00:00Z', edited: false, round_id: null, at_ms: null, reply_to: null, reactions: {}, replies: [], replies_next: null, ...more });
const own = (/** @type {string} */ id, more = {}) => ({ id, state: 'held', reason: 'awaits_review', revision: 1, editable_until: null, text: id, posted_at: '2026-11-28T10:00:00Z', round_id: null, at_ms: null, reply_to: null, ruled_by: 'rules', statement: null, may_appeal: false, appeal: null, ...more });
const offline = () => new Problem(0, 'offline');

/** A talk on a page; `server` is what it answers now, an `Error` is thrown. */
function rig() {
  const page = openPage(), keep = createKeep([{ read: () => JSON.stringify({ token: 't', alias: 'Alice' }), write: () => undefined }]);
  const server = { page: /** @type {any} */ ({ comments: [], next: null }), mine: /** @type {any} */ ({ comments: [], reactions: {}, mute: null }), post: /** @type {any} */ (offline()) };
  const answer = async (/** @type {any} */ what) => {
    if (what instanceof Error) throw what;
    return what;
  };
  const api = /** @type {any} */ ({ call: (/** @type {string} */ path) => answer(path.endsWith('/mine') ? server.mine : server.page), asPlayer: () => answer(server.post) });
  const talk = new Talk({ texts, slug: 'boss', api, keep, isClosed: false, isFramed: false, roundId: null, about: () => null });
  const at = (/** @type {string} */ id) => page.getElementById(id);
  const post = (/** @type {string} */ text) => {
    talk.composer.box.value = text;
    talk.composer.box.dispatchEvent(new Event('input'));
    talk.composer.send.click();
    return settle();
  };
  return { talk, server, keep, at, post, list: () => at('talk').children.map((/** @type {any} */ row) => row.getAttribute('data-id')) };
}

test('what was told before the room is first heard is asked for', async () => {
  const { talk, server, list } = rig();
  await talk.load();
  server.page = { comments: [said('between')], next: null };
  talk.meet(true);
  await settle();
  assert.deepEqual(list(), ['between']);
});

test('what the room told while nobody heard it is asked for until it is there', async () => {
  const { talk, server, list, at } = rig();
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
  const { talk, server, list, at } = rig(), empty = at('talk-empty');
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
  const { talk, server, at, post, list } = rig();
  await talk.load();
  server.page = offline();
  server.post = { comment: { id: 'new', state: 'published', revision: 1, editable_until: null } };
  server.mine = offline();
  await post('Well aimed');
  assert.deepEqual([at('comment-note').textContent, talk.composer.box.value, list()], [texts.say('comments.published'), '', ['new']]);
});

test('where the line was lost, it is asked whether the comment came through', async () => {
  const { talk, server, post, list } = rig();
  await talk.load();
  server.mine = { comments: [own('came')], reactions: {}, mute: null };
  await post('Well aimed');
  assert.deepEqual(list(), ['came']);
});

test('who may not write reads why above the composer', async () => {
  const { talk, server, at } = rig(), note = () => at('composer').firstElementChild;
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
  const { talk, server, at } = rig(), appeal = { state: 'overturned', at: '2026-11-28T10:00:00Z', settled_at: '2026-11-29T10:00:00Z' };
  server.page = { comments: [said('right'), said('usual')], next: null };
  server.mine = { comments: [own('right', { state: 'published', appeal }), own('usual', { state: 'published' })], reactions: {}, mute: null };
  await talk.load();
  assert.match(at('talk').querySelectorAll('.fate')[0].textContent, /you were right/);
  assert.equal(at('talk').querySelectorAll('.fate')[1].textContent, '');
});

test('what was reported once may be reported again', async () => {
  const { talk, server, keep, at } = rig();
  keepReceipt(keep, 'a', '/reports/1');
  server.page = { comments: [said('a')], next: null };
  await talk.load();
  const acts = at('talk').querySelector('.acts');
  assert.match(acts.textContent, new RegExp(texts.say('comments.report.done')));
  assert.ok(acts.querySelector('[data-act="report"]'));
});

test('the receipt of another report on the same comment is the newest one', () => {
  const { keep } = rig();
  for (const id of ['a', ...Array.from({ length: 29 }, (_, n) => `c${n}`), 'a', 'last']) keepReceipt(keep, id, `/reports/${id}`);
  assert.deepEqual([receiptOf(keep, 'a'), receiptOf(keep, 'c0')], ['/reports/a', null]);
});
