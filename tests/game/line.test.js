// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { waitForLine } from '../../static/game/line.js';

/** Where a page would be told of its line. */
function createLine() {
  const line = new EventTarget();
  const listeners = new Set();
  const { addEventListener: add, removeEventListener: remove } = line;
  line.addEventListener = (/** @type {string} */ kind, /** @type {any} */ hear) => { listeners.add(hear); add.call(line, kind, hear); };
  line.removeEventListener = (/** @type {string} */ kind, /** @type {any} */ hear) => { listeners.delete(hear); remove.call(line, kind, hear); };
  return { line, listeners };
}

test('a wait ends as soon as the line is back, and leaves nothing behind', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { line, listeners } = createLine();
  const waiting = waitForLine(2000, line);
  line.dispatchEvent(new Event('online'));
  await waiting;
  assert.equal(listeners.size, 0);
});

test('without a word of the line a wait is as long as asked', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { line, listeners } = createLine();
  let isOver = false;
  const waiting = waitForLine(2000, line).then(() => { isOver = true; });
  t.mock.timers.tick(1999);
  await Promise.resolve();
  await Promise.resolve();
  assert.equal(isOver, false);
  t.mock.timers.tick(1);
  await waiting;
  assert.equal(listeners.size, 0);
});
