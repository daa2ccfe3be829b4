// @ts-check
/** A talk on a page, and a server that answers what a test has told it to. */
import { readFileSync } from 'node:fs';
import { mock } from 'node:test';
import { Problem } from '../../static/game/api.js';
import { createKeep } from '../../static/game/keep.js';
import { Talk } from '../../static/game/talk/talk.js';
import { createTexts } from '../../static/game/texts.js';
import { openPage, settle } from './page_rig.js';

mock.timers.enable({ apis: ['setTimeout'] }); // nothing here waits for time

export const texts = createTexts(JSON.parse(readFileSync(new URL('../../locales/en.json', import.meta.url), 'utf8')), 'en');
export const said = (/** @type {string} */ id, more = {}) => ({ id, alias: 'Happy Heron', badge: null, score: null, text: id, posted_at: '2026-11-28T10:00:00Z', edited: false, round_id: null, at_ms: null, reply_to: null, reactions: {}, replies: [], replies_next: null, ...more });
export const own = (/** @type {string} */ id, more = {}) => ({ id, state: 'held', reason: 'awaits_review', revision: 1, editable_until: null, text: id, posted_at: '2026-11-28T10:00:00Z', round_id: null, at_ms: null, reply_to: null, ruled_by: 'rules', statement: null, may_appeal: false, appeal: null, ...more });
export const offline = () => new Problem(0, 'offline');
export const LATER = '2099-12-01T10:00:00Z';

/** `server` is what it answers now: an `Error` is thrown; `deed` to all that is changed but by a post. @param {Record<string, string>} kept @param {object} [more] of the talk's place */
export function openTalk(kept = { token: 't', alias: 'Alice' }, more = {}) {
  const page = openPage(), keep = createKeep([{ read: () => JSON.stringify(kept), write: () => undefined }]);
  const server = { page: /** @type {any} */ ({ comments: [], next: null }), mine: /** @type {any} */ ({ comments: [], reactions: {}, mute: null }), post: /** @type {any} */ (offline()), deed: /** @type {any} */ (offline()) };
  const told = /** @type {any[]} */ ([]);
  const answer = async (/** @type {any} */ what) => {
    const came = await what;
    if (came instanceof Error) throw came;
    return came;
  };
  const api = /** @type {any} */ ({
    call: (/** @type {string} */ path, /** @type {any} */ { method, body } = {}) => {
      if (method) told.push(body);
      return answer(method ? server.deed : path.endsWith('/mine') ? server.mine : server.page);
    },
    asPlayer: (/** @type {string} */ path) => answer(path.endsWith('/reaction') ? server.deed : server.post),
  });
  const talk = new Talk({ texts, slug: 'boss', api, keep, isClosed: false, isFramed: false, roundId: null, about: () => null, ...more });
  const at = (/** @type {string} */ id) => page.getElementById(id);
  const post = (/** @type {string} */ text) => {
    talk.composer.box.value = text;
    talk.composer.box.dispatchEvent(new Event('input'));
    talk.composer.send.click();
    return settle();
  };
  const row = (/** @type {string} */ id) => at('talk').querySelectorAll('li').find((/** @type {any} */ one) => one.getAttribute('data-id') === id);
  const act = (/** @type {string} */ id, /** @type {string} */ name) => row(id).querySelector('.acts').querySelector(`[data-act="${name}"]`).click();
  /** What is written in the row, in what stands open there. @param {string} id */
  const box = (id) => row(id).querySelector('.under').querySelector('textarea');
  const write = (/** @type {string} */ id, /** @type {string} */ text) => { Object.assign(box(id), { value: text }).dispatchEvent(new Event('input')); };
  const send = (/** @type {string} */ id) => {
    row(id).querySelector('.under').querySelector('.send').click();
    return settle();
  };
  const button = (/** @type {any} */ place, /** @type {string} */ key) => place.querySelectorAll('button').find((/** @type {any} */ one) => one.textContent === texts.say(key));
  return { talk, server, told, keep, page, at, post, row, act, box, write, send, button, list: () => at('talk').children.map((/** @type {any} */ one) => one.getAttribute('data-id')) };
}
