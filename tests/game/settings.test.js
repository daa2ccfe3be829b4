// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createKeep } from '../../static/game/keep.js';
import { Settings, dress } from '../../static/game/settings.js';

function memory() {
  let text = '';
  return { read: () => text, write: (/** @type {string} */ next) => { text = next; } };
}

test('a wish is what it is by default until it is changed, and is remembered', () => {
  const place = memory();
  assert.equal(new Settings(createKeep([place])).get('sound'), 'on');
  new Settings(createKeep([place])).set('sound', 'off');
  assert.equal(new Settings(createKeep([place])).get('sound'), 'off');
});

test('a wish that is not one of its choices counts as none', () => {
  const place = memory();
  place.write('{"wish.scheme": "purple"}');
  assert.equal(new Settings(createKeep([place])).get('scheme'), 'auto');
});

test('who listens hears of every change', () => {
  const settings = new Settings(createKeep([memory()])), heard = /** @type {string[]} */ ([]);
  settings.onChange((wish, value) => heard.push(`${wish} ${value}`));
  settings.set('colours', 'distinct');
  assert.deepEqual(heard, ['colours distinct']);
});

test('the device decides about motion unless the player does', () => {
  const settings = new Settings(createKeep([memory()]), true);
  assert.equal(settings.hasLessMotion, true);
  settings.set('motion', 'full');
  assert.equal(settings.hasLessMotion, false);
});

test('the page follows the wishes for motion and light', () => {
  const settings = new Settings(createKeep([memory()]), true), root = { dataset: /** @type {DOMStringMap} */ ({}) };
  dress(settings, root);
  assert.deepEqual(root.dataset, { motion: 'less' });
  settings.set('motion', 'full');
  settings.set('scheme', 'dark');
  assert.deepEqual(root.dataset, { motion: 'full', scheme: 'dark' });
  settings.set('scheme', 'auto');
  assert.deepEqual(root.dataset, { motion: 'full' });
});
