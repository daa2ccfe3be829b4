// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Api, Problem } from '../../static/game/api.js';
import { createKeep } from '../../static/game/keep.js';

/**
 * An api whose server answers with [status, body, headers] in turn.
 * @param {[number, any, Record<string, string>?][]} answers @param {Record<string, string>} [kept]
 */
function rig(answers, kept = {}) {
  /** @type {{url: string, init: any}[]} */ const calls = [];
  const keep = createKeep([{ read: () => JSON.stringify(kept), write: () => undefined }]);
  const fetch = /** @type {any} */ (async (/** @type {string} */ url, /** @type {any} */ init) => {
    calls.push({ url, init });
    const [status, body, headers] = answers.shift() ?? [500, {}];
    if (status === 0) throw new TypeError('no network');
    return new Response(JSON.stringify(body), { status, headers });
  });
  const api = new Api({ base: '/api/v1', locale: 'fr', keep, fetch, solve: async (challenge) => `solved ${challenge.salt}` });
  return { api, keep, calls };
}
const PLAYER = { player: { id: 'p', alias: 'Happy Heron' }, token: 'secret' };

test('a newcomer becomes a player before opening a round, and stays the same one', async () => {
  const { api, keep, calls } = rig([[201, PLAYER], [201, { round: {} }]]);
  await api.openRound('boss');
  assert.deepEqual(calls.map(({ url }) => url), ['/api/v1/players', '/api/v1/campaigns/boss/rounds']);
  assert.equal(calls[0].init.headers.Authorization, undefined);
  assert.equal(calls[1].init.headers.Authorization, 'Bearer secret');
  assert.equal(keep.get('alias'), 'Happy Heron');
});

test('a token that the server has forgotten is replaced once', async () => {
  const { api, calls } = rig([[401, { code: 'unknown_player' }], [201, PLAYER], [201, { round: {} }]], { token: 'old' });
  await api.openRound('boss');
  assert.equal(calls[2].init.headers.Authorization, 'Bearer secret');
});

test('no call carries a cookie, and every call names the language', async () => {
  const { api, calls } = rig([[200, {}]]);
  await api.standings('boss');
  assert.equal(calls[0].init.credentials, 'omit');
  assert.equal(calls[0].init.headers['Accept-Language'], 'fr');
});

test('a proof that is asked for is worked out and sent with the same call', async () => {
  const { api, calls } = rig([[403, { code: 'proof_required', challenge: { salt: 'x' } }], [201, PLAYER], [201, {}]]);
  await api.openRound('boss');
  assert.equal(calls[1].url, '/api/v1/players');
  assert.equal(calls[1].init.headers.Altcha, 'solved x');
});

test('a refusal carries its code, its sentence and how long to wait', async () => {
  const { api } = rig([[425, { code: 'too_early', detail: 'Too early.', retry_in_ms: 120 }], [429, { code: 'slow_down' }, { 'Retry-After': '7' }]]);
  await assert.rejects(api.present('r'), (/** @type {any} */ problem) => problem instanceof Problem && problem.code === 'too_early' && problem.waitMs === 120 && problem.message === 'Too early.');
  await assert.rejects(api.present('r'), (/** @type {any} */ problem) => problem.status === 429 && problem.waitMs === 7000);
});

test('no network is a problem like another', async () => {
  const { api } = rig([[0, null]]);
  await assert.rejects(api.present('r'), (/** @type {any} */ problem) => problem instanceof Problem && problem.code === 'offline' && problem.status === 0);
});

test('a gateway that answers with something else than a problem is an internal one', async () => {
  const { api } = rig([[502, 'Bad gateway']]);
  await assert.rejects(api.present('r'), (/** @type {any} */ problem) => problem.code === 'internal' && problem.status === 502);
});

test('shots go out as they are, and no score goes with them', async () => {
  const { api, calls } = rig([[200, {}]], { token: 't' });
  await api.submitWave('r', 2, [[300, 1, 2]]);
  assert.deepEqual(JSON.parse(calls[0].init.body), { wave: 2, shots: [[300, 1, 2]] });
});
