// @ts-check
/** The preview in the page: its own server of rounds, the form it listens to. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { draftOf } from '../../static/backoffice/preview_draft.js';
import { Course } from '../../static/game/course.js';
import { House } from '../../static/game/preview/house.js';
import { hearForm } from '../../static/game/preview/messages.js';

const CAMPAIGN = /** @type {any} */ ({
  prizes: [{ id: 'a', name: 'Stickers', left: 9 }, { id: 'b', name: 'Cap', left: 0 }, { id: 'c', name: 'Badge', left: 'many' }],
  ladder: [{ score: 0, prize_id: 'a' }, { score: 50, prize_id: 'b' }, { score: 1e9, prize_id: 'c' }],
});

/** A whole round against the house, a frame every 20 ms. @param {(course: Course) => void} [play] @param {(now: number) => number} [clock] */
async function playAgainst(play = () => {}, clock = (now) => now + 20) {
  let now = 0;
  const house = new House({ campaign: CAMPAIGN, rules: { version: 1 }, address: 'https://x/c/boss', now: () => now });
  const opened = await house.openRound();
  const course = new Course({ api: /** @type {any} */ (house), now: () => now, sleep: async () => {}, opened });
  for (let frame = 0; frame < 6000 && !course.isDone; frame += 1) {
    now = clock(now);
    course.step();
    play(course);
    for (let i = 0; i < 5; i += 1) await Promise.resolve();
  }
  return course;
}

test('a whole round is played without a server, and wins the best step that it reaches and that is left', async () => {
  const course = await playAgainst((one) => { one.fire(360, 190); });
  const outcome = course.outcome;
  assert.ok(outcome);
  assert.equal(outcome.verdict, 'accepted');
  assert.ok(outcome.shots > 100 && outcome.score > 50, JSON.stringify(outcome));
  assert.equal(outcome.score, course.sim.score);
  assert.deepEqual(outcome.awards.map(({ prize }) => prize.id), ['a']);
  assert.equal(outcome.replay_url, 'https://x/c/boss');
});

test('a pause costs its wave here too, and the round goes on', async () => {
  let paused = false;
  const course = await playAgainst((one) => {
    if (!paused && one.tick > 400) {
      paused = true;
      assert.ok(one.pause());
      one.goOn();
    }
  });
  assert.equal(course.voids.size, 1);
  assert.ok(course.outcome);
});

test('whatever else is asked of the house is refused', async () => {
  const house = new House({ campaign: CAMPAIGN, rules: { version: 1 } });
  for (const ask of [() => house.call(), () => house.asPlayer(), () => house.present()]) await assert.rejects(ask, { code: 'not_found' });
});

/** A window whose frame is around it, or is none. */
function rig(isFramed = true) {
  /** @type {any[]} */ const told = [];
  /** @type {any} */ const page = new EventTarget();
  const parent = { postMessage: (/** @type {any[]} */ ...said) => told.push(said) };
  Object.assign(page, { location: { origin: 'https://x' }, parent: isFramed ? parent : page });
  /** @param {any} data @param {any} [more] */
  const say = (data, more = {}) => page.dispatchEvent(Object.assign(new Event('message'), { source: parent, origin: 'https://x', data, ...more }));
  return { page, parent, told, say };
}

test('the form is heard from the page around, of our own origin, and from nobody else', () => {
  const { page, told, say } = rig();
  /** @type {any[]} */ const drafts = [];
  hearForm((draft) => drafts.push(draft), page);
  assert.deepEqual(told, [[{ name: 'popshot:preview:ready' }, 'https://x']]);
  const good = { name: 'popshot:preview', draft: { brand: 'Zapp & Co' } };
  say(good);
  say(good, { source: {} });
  say(good, { source: page });
  say(good, { origin: 'https://evil.example' });
  say(good, { origin: 'null' });
  for (const odd of [null, 'text', {}, { name: 'popshot:preview' }, { name: 'popshot:preview', draft: 'x' }, { name: 'other', draft: {} }]) say(odd);
  assert.deepEqual(drafts, [{ brand: 'Zapp & Co' }]);
});

test('a page that stands alone hears nobody', () => {
  const { page, told, say } = rig(false);
  hearForm(() => assert.fail('heard'), page);
  say({ name: 'popshot:preview', draft: {} }, { source: page });
  assert.deepEqual(told, []);
});

test('names with dots become tables, texts keep the dots of their own names', () => {
  assert.deepEqual(draftOf([
    ['seen', 'x'], ['brand', 'Zapp & Co'], ['titles.en', 'Hi'], ['titles.fr', ''], ['theme.shape', 'soft'],
    ['theme.boss.hair', '#112233'], ['theme.boss.picture', ''], ['theme.logo', 'abc'],
    ['theme.texts.en.start.title', 'Go!'], ['theme.texts.en.boss.hit.1', 'Ouch'], ['prizes.cap.units', '9'],
  ]), {
    brand: 'Zapp & Co', titles: { en: 'Hi', fr: '' },
    theme: { shape: 'soft', boss: { hair: '#112233', picture: null }, logo: 'abc', texts: { en: { 'start.title': 'Go!', 'boss.hit.1': 'Ouch' } } },
  });
});
