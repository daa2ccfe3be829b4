// @ts-check
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { BADGES, badgeOf, drawBadge, nextBadge } from '../../static/game/badge.js';

test('a badge is earned at its very score', () => {
  assert.deepEqual([0, 1499, 1500, 3999, 4000, 9999, 10000, 19999, 20000, 99999].map((score) => badgeOf(score)?.name ?? ''),
    ['', '', 'bronze', 'bronze', 'silver', 'silver', 'gold', 'gold', 'legend', 'legend']);
});

test('the next badge is the lowest that is missing, and none after the last', () => {
  assert.deepEqual([0, 1500, 4000, 10000].map((score) => nextBadge(score)?.from), [1500, 4000, 10000, 20000]);
  assert.equal(nextBadge(20000), null);
});

test('badges differ in outline and in their number of stars, not in colour alone', () => {
  const drawings = BADGES.map(({ name }) => drawBadge(name));
  const outlines = drawings.map((drawing) => /stroke-linejoin[^>]*>/.exec(drawing) && /d="([^"]+)" fill="url\(#metal\)"/.exec(drawing)?.[1]);
  assert.equal(new Set(outlines).size, BADGES.length);
  assert.deepEqual(drawings.map((drawing) => drawing.split('stroke-opacity=".35"').length - 1), [1, 2, 3, 4]);
});

test('every badge has a name in each language, and what the boss says fits his bubble', () => {
  for (const locale of ['en', 'fr']) {
    const texts = JSON.parse(readFileSync(new URL(`../../locales/${locale}.json`, import.meta.url), 'utf8'));
    for (const { name } of BADGES) assert.ok(texts[`badge.${name}`], `${locale} ${name}`);
    for (const [key, text] of Object.entries(texts)) if (key.startsWith('boss.')) assert.ok(text.length <= 24, `${locale} ${key}`);
  }
});
