// @ts-check
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { clockOf, readMove } from '../../static/game/me_move.js';
import { fateOf, rulingOf } from '../../static/game/me_things.js';
import { createTexts } from '../../static/game/texts.js';

const texts = createTexts(JSON.parse(readFileSync(new URL('../../locales/en.json', import.meta.url), 'utf8')), 'en');
const CODE = `Sunny-Otter-482.${'a'.repeat(20)}.1796126400.${'b'.repeat(32)}`;
const award = (/** @type {string} */ state, claim = {}) => /** @type {any} */ ({ state, claim_before: '2026-12-09T10:00:00.000Z', prize: { name: 'Dart' }, ...claim });
const comment = (/** @type {string} */ state, /** @type {string} */ reason, /** @type {any[]} */ rulings = []) => /** @type {any} */ ({ state, reason, rulings });

test('an address brings a move only with a whole code, and names whom it brings', () => {
  assert.deepEqual(readMove(`#move=${CODE}`), { code: CODE, alias: 'Sunny Otter 482' });
  for (const hash of ['', '#move=', `#move=${CODE}x`, `#${CODE}`, '#move=a.b.c.d']) assert.equal(readMove(hash), null);
});

test('a code\'s time is told in minutes and seconds, never below zero', () => {
  assert.deepEqual([600_000, 65_000, 64_001, 999, 0, -5000].map(clockOf), ['10:00', '1:05', '1:05', '0:01', '0:00', '0:00']);
});

test('every fate of a prize has words', () => {
  assert.match(fateOf(award('open'), texts), /claim it before December 9, 2026/);
  assert.match(fateOf(award('claimed', { claim: { claimed_at: '2026-11-23T10:00:00Z', email: 'a@b.example' } }), texts), /November 23, 2026; we write to a@b\.example/);
  assert.match(fateOf(award('claimed', { claim: { claimed_at: '2026-11-23T10:00:00Z' } }), texts), /^Claimed on November 23, 2026$/);
  for (const state of ['kept_back', 'expired', 'returned']) assert.doesNotMatch(fateOf(award(state), texts), /^me\./);
});

test('a prize that went back says whether its round did not count or a cap was passed', () => {
  assert.match(fateOf(award('returned', { reason: 'round_rejected' }), texts), /its round did not count/);
  assert.match(fateOf(award('returned', { reason: 'above_cap' }), texts), /as many as allowed/);
});

test('every reason and state that the server knows has words', () => {
  const source = (/** @type {string} */ path) => readFileSync(new URL(`../../server/comments/${path}.py`, import.meta.url), 'utf8');
  const words = (/** @type {string} */ text, /** @type {string} */ name) => [...text.split(`class ${name}(StrEnum):`)[1].split('\nclass ')[0].split('\n@dataclass')[0].matchAll(/= "(\w+)"/g)].map(([, word]) => word);
  const reasons = words(source('ruling'), 'Reason'), states = words(source('comment'), 'CommentState');
  assert.ok(reasons.length >= 14 && states.length >= 7);
  for (const reason of reasons) assert.ok(texts.has(`reason.${reason}`), reason);
  for (const state of states) assert.ok(texts.has(`me.comment.${state}`), state);
});

test('a comment that is not public says why, who decided and when; a public one needs no reason', () => {
  const rulings = [{ by: 'rules', at: '2026-11-22T10:00:00Z' }, { by: 'person', at: '2026-11-23T10:00:00Z' }];
  assert.equal(rulingOf(comment('published', 'fine', rulings), texts), '');
  assert.match(rulingOf(comment('refused', 'contact', rulings), texts), /contact details.* Decided by a person on November 23, 2026\.$/);
  assert.equal(rulingOf(comment('held', 'awaits_review'), texts), 'A person reads every comment before it shows.');
});
