// @ts-check
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { CHOICES } from '../../static/game/settings.js';
import { createTexts } from '../../static/game/texts.js';

const ROOT = new URL('../../', import.meta.url);
/** @param {string} path */
const read = (path) => readFileSync(new URL(path, ROOT), 'utf8');
/** @type {Record<string, Record<string, string>>} */
const TEXTS = Object.fromEntries(readdirSync(new URL('locales/', ROOT)).filter((name) => name.endsWith('.json')).map((name) => name.replace('.json', '')).map((locale) => [locale, JSON.parse(read(`locales/${locale}.json`))]));
/** Of the back office: a folder a language, a file a desk. @param {string} locale @returns {Record<string, string>} */
const desks = (locale) => Object.assign({}, ...readdirSync(new URL(`locales/backoffice/${locale}/`, ROOT)).map((name) => JSON.parse(read(`locales/backoffice/${locale}/${name}`))));
const OFFICE = { en: desks('en'), fr: desks('fr') };
const places = (/** @type {string} */ text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

test('the game speaks six languages, each with every text', () => {
  assert.deepEqual(Object.keys(TEXTS).sort(), ['de', 'en', 'es', 'fr', 'it', 'nl']);
  for (const [locale, texts] of Object.entries(TEXTS)) {
    assert.deepEqual(Object.keys(texts), Object.keys(TEXTS.en), locale);
    for (const [key, text] of Object.entries(texts)) assert.ok(text.trim(), `${locale} ${key}`);
  }
});

test('every language fills the same places', () => {
  for (const [locale, texts] of Object.entries(TEXTS)) {
    for (const key of Object.keys(TEXTS.en)) assert.deepEqual(places(texts[key]), places(TEXTS.en[key]), `${locale} ${key}`);
  }
});

test('what the boss says fits his bubble', () => {
  for (const [locale, texts] of Object.entries(TEXTS)) {
    for (const [key, text] of Object.entries(texts)) if (key.startsWith('boss.')) assert.ok(text.length <= 24, `${locale} ${key}: ${text}`);
  }
});

test('quotes and apostrophes are printer\'s ones', () => {
  for (const [locale, texts] of [...Object.entries(TEXTS), ...Object.entries(OFFICE)]) {
    for (const [key, text] of Object.entries(texts)) assert.doesNotMatch(text.replace("'self'", ''), /['"]/, `${locale} ${key}`); // a word of the web's own, as it is typed
  }
});

test('every text that the scripts and the templates name is there', () => {
  const scripts = readdirSync(new URL('static/game/', ROOT), { encoding: 'utf8', recursive: true }).filter((name) => name.endsWith('.js')).map((name) => read(`static/game/${name}`));
  const pages = readdirSync(new URL('server/templates/', ROOT), { encoding: 'utf8', recursive: true }).filter((name) => name.endsWith('.html')).map((name) => read(`server/templates/${name}`));
  const asked = [...scripts.join('\n').matchAll(/(?:say|note|complain)\('([a-z_]+(?:\.[a-z_0-9]+)+)'/g), ...pages.join('\n').matchAll(/\bt\('([a-z_]+(?:\.[a-z_0-9]+)+)'/g)];
  assert.ok(asked.length > 60);
  for (const [, key] of asked) assert.ok(key in TEXTS.en || key in OFFICE.en, `nobody has written ${key}`);
});

test('every wish, every choice of it and every hand has its words', () => {
  const wishes = Object.entries(CHOICES).flatMap(([wish, choices]) => [`settings.${wish}`, ...choices.map((choice) => `settings.${wish}.${choice}`)]);
  for (const key of [...wishes, ...['mouse', 'touch', 'keys', 'pad', 'button'].map((hand) => `tutor.${hand}`)]) assert.ok(key in TEXTS.en, `nobody has written ${key}`);
});

test('French keeps its signs with their words by a narrow space', () => {
  for (const [key, text] of Object.entries({ ...TEXTS.fr, ...OFFICE.fr })) {
    assert.doesNotMatch(text, /[^\u202f][!?;:](?!\/\/|\d)/, `${key}: ${text}`); // not within 12:30
  }
});

test('Spanish opens what it closes', () => {
  for (const [key, text] of Object.entries(TEXTS.es)) {
    for (const [open, close] of ['¡!', '¿?']) assert.equal(text.split(open).length, text.split(close).length, `${key}: ${text}`);
  }
});

test('numbers and places are written the language\'s way', () => {
  assert.equal(createTexts(TEXTS.en, 'en').say('result.rank', { rank: 1200, players: 3000 }), 'Rank 1,200 of 3,000');
  assert.match(createTexts(TEXTS.fr, 'fr').number(12450), /^12\u202f450$/);
  assert.equal(createTexts(TEXTS.en, 'en').percent(0.754), '75%');
  assert.match(createTexts(TEXTS.fr, 'fr').percent(0.754), /^75\s%$/);
});

test('a time is told in the largest unit that fits', () => {
  const { away } = createTexts({}, 'en');
  const now = new Date('2026-06-01T12:00:00Z');
  assert.equal(away(new Date('2026-06-01T11:55:00Z'), now), '5 minutes ago');
  assert.equal(away(new Date('2026-06-03T12:00:00Z'), now), 'in 2 days');
  assert.equal(away(now, now), 'now');
});

test('a place nobody fills and a key nobody wrote stay readable', () => {
  const { say } = createTexts({ greeting: 'Hello {name}' }, 'en');
  assert.equal(say('greeting'), 'Hello {name}');
  assert.equal(say('nothing.here'), 'nothing.here');
});
