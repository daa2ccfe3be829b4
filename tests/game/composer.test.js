// @ts-check
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Composer } from '../../static/game/talk/composer.js';
import { createTexts } from '../../static/game/texts.js';
import { hold, openPage, settle } from './page_rig.js';

const source = (/** @type {string} */ path) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const texts = createTexts(JSON.parse(source('locales/en.json')), 'en');

function rig() {
  const page = openPage(), wire = hold();
  const composer = new Composer(page.getElementById('composer'), texts, wire.ask);
  const write = (/** @type {string} */ text) => {
    composer.box.value = text;
    composer.box.dispatchEvent(new Event('input'));
  };
  return { composer, write, ...wire };
}

test('while a comment is sent, nothing is written over it and nothing is sent twice', async () => {
  const { composer, write, answers } = rig();
  write('Well aimed');
  composer.send.click();
  assert.ok(composer.box.readOnly);
  composer.box.dispatchEvent(new Event('input'));
  composer.send.click();
  assert.equal(answers.length, 1);
  answers[0].resolve('Sent');
  await settle();
  assert.deepEqual([composer.box.readOnly, composer.box.value, composer.note.textContent], [false, '', 'Sent']);
});

test('what did not go through may be changed and sent again', async () => {
  const { composer, write, answers } = rig();
  write('Well aimed');
  composer.send.click();
  answers[0].reject(new Error('lost'));
  await settle();
  assert.deepEqual([composer.box.readOnly, composer.box.value, composer.send.disabled], [false, 'Well aimed', false]);
});

test('a screen reader is told what is too long, and what came of it', () => {
  const { composer, write } = rig();
  write('x'.repeat(501));
  assert.equal(composer.box.getAttribute('aria-invalid'), 'true');
  write('x');
  assert.equal(composer.box.getAttribute('aria-invalid'), 'false');
  const told = /** @type {boolean[]} */ ([]);
  Object.defineProperty(composer.note, 'textContent', { set: () => { told.push(Boolean(composer.note.hidden)); } });
  composer.tell('Sent');
  assert.deepEqual(told, [false]);
  assert.match(source('server/templates/talk.html'), /id="comment-note" role="status"/);
});
