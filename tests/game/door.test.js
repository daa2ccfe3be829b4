// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Door } from '../../static/game/door.js';
import { openPage, settle } from './page_rig.js';

test('a style that does not come is fetched again, and stands on the page once', async () => {
  const page = openPage();
  /** @type {(seen: {isIntersecting: boolean}[]) => void} */ let see = () => undefined;
  Object.assign(globalThis, { IntersectionObserver: class {
    /** @param {typeof see} found */
    constructor(found) { see = found; }

    observe() { /* told by hand */ }

    disconnect() { /* told by hand */ }
  } });
  const door = new Door(/** @type {any} */ ({ texts: { say: (/** @type {string} */ key) => key }, api: {}, keep: { get: () => undefined } }));
  see([{ isIntersecting: true }]);
  page.head.children[0].dispatchEvent(new Event('error'));
  await import('../../static/game/talk.js');
  await settle();
  globalThis.dispatchEvent(new Event('online'));
  await settle();
  assert.equal(page.head.children.length, 1);
  page.head.children[0].dispatchEvent(new Event('load'));
  await settle();
  assert.ok(door.talk);
  door.talk.opens += 1; // it tries no more
});
