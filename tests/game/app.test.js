// @ts-check
/** The game beyond its own page: inside apps, as an app, and in a practice's way back. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { hostOf } from '../../static/game/in_app.js';
import { leaveByHost } from '../../static/game/playable/way.js';

/** User agents as apps send them, by the name that we give each, and browsers of their own that look alike. */
const { apps: AGENTS, browsers: BROWSERS } = JSON.parse(readFileSync(new URL('../vectors/user_agents.json', import.meta.url), 'utf8'));
const ADDRESS = 'https://play.example/c/boss?lang=en';

test('every app is known by its user agent, and no browser of its own is taken for one', () => {
  for (const [host, agents] of Object.entries(/** @type {Record<string, string[]>} */ (AGENTS))) for (const agent of agents) assert.equal(hostOf(agent), host, agent);
  for (const agent of BROWSERS) assert.equal(hostOf(agent), '', agent);
  assert.equal(hostOf(''), '');
});

test('an advertiser\'s player opens the game its own way, Meta\'s before MRAID\'s', () => {
  /** @type {unknown[]} */ const seen = [];
  const mraid = { open: (/** @type {string} */ address) => seen.push(address) };
  assert.equal(leaveByHost(ADDRESS, { mraid }), true);
  assert.equal(leaveByHost(ADDRESS, { mraid, FbPlayableAd: { onCTAClick: () => seen.push('meta') } }), true);
  assert.deepEqual(seen, [ADDRESS, 'meta']);
});

test('where there is no such player, or it fails, the link itself leads there', () => {
  assert.equal(leaveByHost(ADDRESS, {}), false);
  assert.equal(leaveByHost(ADDRESS, { mraid: {} }), false);
  assert.equal(leaveByHost(ADDRESS, { mraid: { open() { throw new Error('not ready'); } } }), false);
});

/** A page that somebody has played on. @param {Record<string, any>} [traits] */
function pageWith({ agent = BROWSERS[0], isFramed = false, saveData = false, register = async () => {} } = {}) {
  /** @type {any[]} */ const links = [], /** @type {any[]} */ workers = [];
  const page = /** @type {any} */ ({
    document: { head: { append: (/** @type {any} */ link) => links.push(link) } },
    navigator: { userAgent: agent, connection: { saveData }, serviceWorker: { register: (/** @type {any[]} */ ...told) => { workers.push(told); return register(); } } },
  });
  page.self = page;
  page.top = isFramed ? {} : page;
  return { page, links, workers };
}

/** A fresh module: it settles once a page. @param {ReturnType<typeof pageWith>} seen @param {boolean} [embed] */
async function settleIn({ page }, embed = false) {
  const made = globalThis.document;
  // @ts-expect-error as much of a page as it takes to make a link
  globalThis.document = { createElement: () => ({ setAttribute(/** @type {string} */ name, /** @type {string} */ value) { this[name] = value; }, append() {} }) };
  const { settle } = await import(`../../static/game/app.js?${Math.random()}`);
  await settle({ boot: { slug: 'boss', locale: 'fr', embed }, page });
  await settle({ boot: { slug: 'boss', locale: 'fr', embed }, page });
  globalThis.document = made;
}

test('who has played gets the manifest and the worker, once, for that page alone', async () => {
  const seen = pageWith();
  await settleIn(seen);
  assert.deepEqual(seen.links.map(({ rel, href }) => [rel, href]), [['manifest', '/c/boss/app.webmanifest?lang=fr']]);
  assert.deepEqual(seen.workers, [['/c/boss/worker.js?lang=fr', { scope: '/c/boss', updateViaCache: 'none' }]]);
});

test('nothing is kept in a frame, in an embed, or in the browser inside an app', async () => {
  for (const [seen, embed] of /** @type {[ReturnType<typeof pageWith>, boolean][]} */ ([
    [pageWith({ isFramed: true }), false], [pageWith(), true], [pageWith({ agent: AGENTS.Instagram[0] }), false]])) {
    await settleIn(seen, embed);
    assert.deepEqual([seen.links, seen.workers], [[], []]);
  }
});

test('who saves data fetches no practice, and a browser without workers does without', async () => {
  const saving = pageWith({ saveData: true });
  await settleIn(saving);
  assert.deepEqual([saving.links.length, saving.workers.length], [1, 0]);
  await settleIn(pageWith({ register: async () => { throw new Error('SecurityError'); } }));
  const without = pageWith();
  delete without.page.navigator.serviceWorker;
  await settleIn(without);
});
