// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createKeep, windowName } from '../../static/game/keep.js';

/** @param {string} [text] */
function place(text = '') {
  const kept = { text };
  return { kept, read: () => kept.text, write: (/** @type {string} */ value) => { kept.text = value; } };
}
const refusing = { read: () => { throw new Error('SecurityError'); }, write: () => { throw new Error('SecurityError'); } };

test('what is kept is there after a reload', () => {
  const first = place();
  createKeep([first]).set('token', 'abc');
  assert.equal(createKeep([first]).get('token'), 'abc');
});

test('where storage throws, the next place keeps it', () => {
  const second = place();
  createKeep([refusing, second]).set('token', 'abc');
  assert.equal(createKeep([refusing, second]).get('token'), 'abc');
});

test('where nothing can be kept, the page still remembers while it lives', () => {
  const keep = createKeep([refusing, refusing]);
  keep.set('token', 'abc');
  assert.equal(keep.get('token'), 'abc');
});

test('storage that reads but does not take writes hands over to the next place', () => {
  const full = { read: () => '{"muted":"yes"}', write: () => { throw new Error('QuotaExceededError'); } };
  const second = place();
  createKeep([full, second]).set('token', 'abc');
  assert.deepEqual(JSON.parse(second.kept.text), { muted: 'yes', token: 'abc' });
});

test('of two places the first one is believed', () => {
  const readable = { ...place('{"token":"new"}'), write: refusing.write };
  assert.equal(createKeep([readable, place('{"token":"old","alias":"a"}')]).get('token'), 'new');
  assert.equal(createKeep([readable, place('{"token":"old","alias":"a"}')]).get('alias'), 'a');
});

test('where the first place works, what another page has put into the second is not believed', () => {
  assert.equal(createKeep([place(), place('{"token":"of somebody else"}')]).get('token'), undefined);
});

test('rubbish in a place is ignored', () => {
  assert.equal(createKeep([place('{not json'), place('"text"')]).get('token'), undefined);
});

for (const [how, name, traits] of /** @type {const} */ ([['another tab', 'storage', {}], ['the page that one comes back from', 'pageshow', { persisted: true }]])) {
  test(`what ${how} has kept is known, and is not written over`, () => {
    const shared = place(), page = new EventTarget(), here = createKeep([shared], page);
    createKeep([shared], new EventTarget()).set('token', 'abc');
    page.dispatchEvent(Object.assign(new Event(name), traits));
    assert.equal(here.get('token'), 'abc');
    here.set('wish.sound', 'off');
    assert.deepEqual(JSON.parse(shared.kept.text), { token: 'abc', 'wish.sound': 'off' });
  });
}

test('a page that shows for the first time keeps what it has in mind', () => {
  const page = new EventTarget(), keep = createKeep([refusing], page);
  keep.set('token', 'abc');
  page.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: false }));
  assert.equal(keep.get('token'), 'abc');
});

test('what is forgotten is gone', () => {
  const first = place('{"round":"r","token":"t"}');
  createKeep([first]).forget('round');
  assert.deepEqual(JSON.parse(first.kept.text), { token: 't' });
});

test('the name of a window, which other sites read and give, holds no receipts', () => {
  const page = { name: 'popshot:{"token":"abc","receipts":"forged"}' }, events = new EventTarget();
  Object.assign(globalThis, { window: page });
  const keep = createKeep([refusing, windowName], events);
  assert.deepEqual([keep.get('token'), keep.get('receipts')], ['abc', undefined]);
  keep.set('receipts', 'mine');
  assert.equal(keep.get('receipts'), 'mine'); // while the page lives
  assert.deepEqual(JSON.parse(page.name.slice('popshot:'.length)), { token: 'abc' });
});
