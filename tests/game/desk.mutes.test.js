// @ts-check
/** Appeals against mutes at the desk: two buttons each, what one is told, and what stays open while it is read. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mock, test } from 'node:test';
import { Problem } from '../../static/game/api.js';
import { keepMuteAppeals } from '../../static/backoffice/mute_appeals.js';
import { createWords } from '../../static/backoffice/words.js';
import { item, openPage, settle } from './page_rig.js';

mock.timers.enable({ apis: ['setInterval'] });

const words = createWords(JSON.parse(readFileSync(new URL('../../locales/en.json', import.meta.url), 'utf8')), 'en');
const appeal = (/** @type {string} */ id, more = {}) => ({ id, alias: 'Happy Heron', reason: 'insult', text: 'It was meant kindly.', said: 'Bof', at: '2026-11-28T10:00:00Z', until: '2026-12-05T10:00:00Z', ...more });

/** @param {...any} appeals those that wait */
async function openDesk(...appeals) {
  const page = openPage(), server = { appeals, deed: /** @type {any} */ ({}) };
  const place = item('section', { id: 'mute-appeals', hidden: '' }), lines = item('div', { id: 'lines' });
  page.body.append(place, lines);
  const told = /** @type {any[]} */ ([]), notes = /** @type {string[]} */ ([]);
  const calls = /** @type {any} */ ({ call: async (/** @type {string} */ method, /** @type {string} */ path, /** @type {any} */ body) => {
    if (method === 'GET') return structuredClone({ appeals: server.appeals });
    told.push([path, body]);
    if (server.deed instanceof Error) throw server.deed;
    return server.deed;
  } });
  keepMuteAppeals(words, calls, (text) => notes.push(text));
  await settle();
  const press = async (/** @type {string} */ key) => {
    const button = /** @type {any} */ (place.querySelectorAll('button').find((one) => one.textContent === words.say(key)));
    button.focus();
    button.click();
    await settle();
  };
  return { page, server, place, lines, told, notes, press };
}

test('nothing shows where nobody appeals', async () => {
  const { place } = await openDesk();
  assert.ok(place.hidden);
});

test('the author\'s words, the reason and the comment are shown', async () => {
  const { place } = await openDesk(appeal('a'));
  assert.equal(place.hidden, false);
  for (const shown of [/Happy Heron/, /It was meant kindly\./, /Bof/, new RegExp(words.reason('insult'))]) assert.match(place.textContent, shown);
  assert.equal(place.querySelector('details')?.textContent, `${words.say('desk.mutes.said')}Bof`);
});

test('without words, without the comment, and over by itself, it says so', async () => {
  const { place } = await openDesk(appeal('a', { text: '', said: null, until: null }));
  for (const key of ['desk.appeal.no_words', 'desk.mutes.gone', 'desk.mutes.over']) assert.ok(place.textContent.includes(words.say(key)), key);
});

for (const [key, decision, note] of [['desk.mutes.lift', 'lift', 'desk.note.mute_lifted'], ['desk.mutes.uphold', 'uphold', 'desk.note.mute_stands']]) {
  test(`a button decides: ${decision}`, async () => {
    const { page, server, place, lines, told, notes, press } = await openDesk(appeal('a'));
    server.appeals = [];
    await press(key);
    assert.deepEqual([told, notes], [[['/mute-appeals/a', { decision }]], [words.say(note)]]);
    assert.ok(place.hidden);
    assert.equal(page.activeElement, lines);
  });
}

for (const [code, status, note] of /** @type {[string, number, string][]} */ ([['appeal_settled', 409, 'desk.note.mute_settled'], ['own_ruling', 403, 'desk.note.own_ruling'], ['signed_out', 401, 'desk.note.over'], ['offline', 0, 'desk.note.offline']])) {
  test(`a refusal is told: ${code}`, async () => {
    const { server, place, notes, press } = await openDesk(appeal('a'));
    server.deed = new Problem(status, code);
    await press('desk.mutes.lift');
    assert.deepEqual(notes, [words.say(note)]);
    assert.ok(place.querySelectorAll('button').every((one) => !(/** @type {any} */ (one).disabled)));
  });
}

test('what is read stays as it is until something changes', async () => {
  const { server, place } = await openDesk(appeal('a'));
  const before = place.querySelector('article');
  mock.timers.tick(30_000);
  await settle();
  assert.equal(place.querySelector('article'), before);
  server.appeals = [appeal('a'), appeal('b')];
  mock.timers.tick(30_000);
  await settle();
  assert.equal(place.querySelectorAll('article').length, 2);
});
