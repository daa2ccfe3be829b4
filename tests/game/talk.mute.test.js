// @ts-check
/** Who may not write asks another person with one click, is told how that stands, and that the mute is lifted. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LATER, openTalk, own, said, texts } from './talk_rig.js';
import { settle } from './page_rig.js';
import { Problem } from '../../static/game/api.js';

const STATEMENT = { text: 'You cannot write comments until then.' };
const muted = (more = {}) => ({ until: LATER, statement: STATEMENT, may_appeal: true, appeal: null, ...more });
const appealed = (/** @type {string} */ state) => ({ state, at: '2026-11-28T10:00:00Z', settled_at: state === 'open' ? null : '2026-11-29T10:00:00Z' });

/** A talk of somebody who is muted for the comment `bof`. @param {object} [mute] */
async function openMuted(mute = muted()) {
  const rig = openTalk();
  rig.server.mine = { comments: [own('bof', { state: 'refused' })], reactions: {}, published: ['old'], mute };
  await rig.talk.load();
  const note = () => rig.at('composer').firstElementChild;
  const object = () => rig.button(note(), 'comments.appeal');
  return { ...rig, note, object, spoken: () => rig.at('talk-spoken').textContent };
}

test('one click asks another person', async () => {
  const { server, told, note, object, spoken } = await openMuted();
  server.deed = { appeal: appealed('open') };
  object().click();
  await settle();
  assert.deepEqual(told, [{}]);
  assert.equal(object(), undefined);
  for (const text of [note().textContent, spoken()]) assert.match(text, /Another person will look at it\. You asked on November 28, 2026\./);
  assert.match(note().textContent, /You cannot write/);
});

test('who wishes says why first, and keeps what is written when the talk is drawn again', async () => {
  const { talk, server, told, note, object } = await openMuted();
  note().querySelector('textarea').value = ' It was meant kindly. ';
  await talk.load();
  server.deed = { appeal: appealed('open') };
  object().click();
  await settle();
  assert.deepEqual(told, [{ text: 'It was meant kindly.' }]);
});

test('where nobody else can be asked, or was asked, there is no button', async () => {
  const { object, note } = await openMuted(muted({ may_appeal: false, appeal: appealed('upheld') }));
  assert.equal(object(), undefined);
  assert.match(note().textContent, /it stays as it is\. November 29, 2026/);
});

for (const [what, update] of /** @type {[string, any][]} */ ([['a refused', { rulings: ['bof'] }], ['an old public', { comments: [said('old', { alias: 'Renamed' })] }]])) {
  test(`that it is lifted is told at once, by ${what} comment`, async () => {
    const { talk, server, note, spoken } = await openMuted(muted({ may_appeal: false, appeal: appealed('open') }));
    server.mine = { ...server.mine, mute: null };
    talk.hear(update);
    await settle();
    assert.equal(note().textContent, texts.say('comments.mute.lifted'));
    assert.equal(spoken(), texts.say('comments.mute.lifted'));
  });
}

test('that it stands is told at once', async () => {
  const { talk, server, note, spoken } = await openMuted(muted({ may_appeal: false, appeal: appealed('open') }));
  server.mine = { ...server.mine, mute: muted({ may_appeal: false, appeal: appealed('upheld') }) };
  talk.hear({ rulings: ['bof'] });
  await settle();
  for (const text of [note().textContent, spoken()]) assert.match(text, /it stays as it is/);
});

test('a mute that runs out is not called lifted', async () => {
  const { talk, server, note } = await openMuted(muted({ until: '2020-01-01T10:00:00Z', may_appeal: false, appeal: appealed('open') }));
  server.mine = { ...server.mine, mute: null };
  await talk.load();
  assert.deepEqual([note().hidden, note().textContent], [true, '']);
});

test('who is muted meanwhile sees why, and the button, on the first try to write', async () => {
  const { server, post, object } = await openMuted(/** @type {any} */ (null));
  server.mine = { ...server.mine, mute: muted() };
  server.post = new Problem(403, 'muted', { until: LATER });
  await post('Well aimed');
  assert.ok(object());
});

test('what cannot be asked says why', async () => {
  const { server, note, object } = await openMuted();
  server.deed = new Problem(409, 'not_appealable');
  object().click();
  await settle();
  assert.match(note().textContent, /Nobody else can be asked/);
  assert.equal(object().disabled, false);
});
