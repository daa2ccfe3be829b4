// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressIn, homeward } from '../../static/game/language.js';

const PAGE = { locale: 'en', locales: ['en', 'fr'] };

test('the language chosen on an earlier visit is asked for', () => {
  assert.equal(homeward('http://x/c/boss?ref=a', 'fr', PAGE), 'http://x/c/boss?ref=a&lang=fr');
});

test('nobody is sent on who is at home, has chosen nothing, or chose what is not offered', () => {
  for (const chosen of ['en', undefined, 'pt']) assert.equal(homeward('http://x/c/boss', chosen, PAGE), null);
});

test('an address that asks for a language is the later wish, and never goes round in circles', () => {
  assert.equal(homeward('http://x/c/boss?lang=en', 'fr', PAGE), null);
  assert.equal(homeward(addressIn('http://x/c/boss', 'fr'), 'fr', PAGE), null);
});
