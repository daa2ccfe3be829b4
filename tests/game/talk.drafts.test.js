// @ts-check
/** What somebody is writing, and where: neither is taken away by what comes meanwhile. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hold, settle } from './page_rig.js';
import { LATER, offline, openTalk, own, said, texts } from './talk_rig.js';

const mine = (/** @type {any[]} */ ...comments) => ({ comments, reactions: {}, mute: null });
const listOf = (/** @type {any[]} */ ...comments) => ({ comments, next: null });

/** A reply to `a` is being written; another comment stands beside it. */
async function replying() {
  const rig = openTalk();
  rig.server.page = listOf(said('b'), said('a'));
  await rig.talk.load();
  rig.act('a', 'reply');
  rig.write('a', 'So did I');
  return { ...rig, held: rig.box('a') };
}

test('a reply stays where it is written when the list is begun anew without its comment', async () => {
  const { talk, server, page, row, box, held, list } = await replying();
  server.page = listOf(said('d'), said('c'), said('b'));
  await talk.load();
  assert.deepEqual(list(), ['d', 'a', 'c', 'b']); // where it stood
  assert.deepEqual([box('a') === held, held.value, page.activeElement === held], [true, 'So did I', true]);
  assert.equal(row('a').querySelector('.text').textContent, ''); // whether it is public still is not known
});

test('a reply stays when its comment is taken away, and goes once it is given up', async () => {
  const { talk, row, box, list, button } = await replying();
  talk.hear({ rulings: ['a'] });
  await settle();
  assert.deepEqual([list(), box('a').value], [['b', 'a'], 'So did I']);
  assert.equal(row('a').querySelector('header').textContent, '');
  button(row('a'), 'comments.cancel').click();
  assert.deepEqual(list(), ['b']);
});

test('of a reply that is sent nothing stays', async () => {
  const { talk, server, send, list, row } = await replying();
  talk.hear({ rulings: ['a'] });
  await settle();
  server.post = { comment: { id: 'new', state: 'held', revision: 1, editable_until: null } };
  server.mine = mine(own('new', { reply_to: 'a' }));
  await send('a');
  assert.deepEqual(list(), ['new', 'b']);
  assert.equal(row('a'), undefined);
});

test('in another order the others move around it', async () => {
  const { talk, server, page, held, row, list } = await replying();
  server.page = listOf(said('a'), said('c'), said('b'));
  row('a').remove = () => assert.fail('whoever is moved loses the focus');
  await talk.load();
  assert.deepEqual([list(), page.activeElement === held], [['a', 'c', 'b'], true]);
});

test('a reaction that fails says so beside it', async () => {
  const { act, row, box, held } = await replying();
  act('a', 'react');
  row('a').querySelector('[data-act="react-wow"]').click();
  await settle();
  assert.equal(box('a'), held);
  assert.ok(row('a').textContent.includes(texts.say('problem.offline.text')));
});

test('a reply is gone on with after a report was begun', async () => {
  const { act, box, held } = await replying();
  act('a', 'report');
  assert.notEqual(box('a'), held);
  act('a', 'reply');
  assert.deepEqual([box('a') === held, held.value], [true, 'So did I']);
});

test('a change to an answer stays when what it answers is taken away', async () => {
  const { talk, server, page, act, write, box, list } = openTalk(), answer = own('answer', { reply_to: 'a', editable_until: LATER });
  server.page = listOf(said('a'));
  server.mine = mine(answer);
  await talk.load();
  act('answer', 'edit');
  write('answer', 'Changed');
  const held = box('answer');
  talk.hear({ rulings: ['a'] });
  await settle();
  assert.deepEqual([list(), box('answer') === held, held.value, page.activeElement === held], [['answer'], true, 'Changed', true]);
  server.page = listOf(said('a'));
  await talk.load();
  assert.deepEqual([list(), box('answer') === held, page.activeElement === held], [['a'], true, true]);
});

test('what is taken back takes along what was written to it', async () => {
  const { talk, server, act, write, row, list, button } = openTalk();
  server.mine = mine(own('a', { editable_until: LATER }));
  await talk.load();
  act('a', 'edit');
  write('a', 'Changed');
  act('a', 'back');
  server.deed = null;
  button(row('a').querySelector('.ask'), 'comments.take_back').click();
  await settle();
  assert.deepEqual(list(), []);
});

test('an answer of the server leaves the focus to whoever went elsewhere meanwhile', async () => {
  const { talk, server, page, act, row, send, button } = await replying(), { ask, answers } = hold(), elsewhere = talk.composer.box;
  server.post = ask();
  await send('a');
  elsewhere.focus();
  server.mine = mine(own('new', { reply_to: 'a' }));
  answers[0].resolve({ comment: { id: 'new', state: 'held', revision: 1, editable_until: null } });
  await settle();
  assert.ok(row('new'));
  assert.equal(page.activeElement, elsewhere);

  const reacting = hold(), reporting = hold();
  server.deed = reacting.ask();
  act('b', 'react');
  row('b').querySelector('[data-act="react-wow"]').click();
  elsewhere.focus();
  reacting.answers[0].resolve({ kind: 'wow', reactions: { wow: 1 } });
  await settle();
  assert.equal(page.activeElement, elsewhere);

  server.deed = reporting.ask();
  act('b', 'report');
  row('b').querySelectorAll('input')[0].dispatchEvent(new Event('change'));
  button(row('b'), 'comments.report.send').click();
  elsewhere.focus();
  reporting.answers[0].resolve({ receipt: { id: 'a'.repeat(20), url: '' } });
  await settle();
  assert.ok(row('b').textContent.includes(texts.say('comments.reported')));
  assert.equal(page.activeElement, elsewhere);
});

test('who waits for the answer is led to what came of it', async () => {
  const { server, page, row, send } = await replying();
  server.mine = mine(own('new', { reply_to: 'a' }));
  server.post = { comment: { id: 'new', state: 'held', revision: 1, editable_until: null } };
  await send('a');
  assert.equal(page.activeElement, row('new'));
});

test('a refusal leaves the focus to whoever went elsewhere meanwhile', async () => {
  const { talk, server, page, held, send } = await replying(), { ask, answers } = hold();
  server.post = ask();
  await send('a');
  talk.composer.box.focus();
  answers[0].reject(offline());
  await settle();
  assert.deepEqual([page.activeElement === talk.composer.box, held.value], [true, 'So did I']);
});
