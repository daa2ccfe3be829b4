// @ts-check
/** The desk's calls: JSON both ways, refusals as `Problem`s. */
import { Problem } from '../game/api.js';

const PATIENCE_MS = 8000;

/**
 * @typedef {{id: string, revision: number, rulings: number, state: string, reason: string, span: [number, number] | null,
 *   text: string, alias: string | null, posted_at: string, is_edited: boolean, is_reply: boolean, campaign: string, brand: string,
 *   reports: string[], alarm: boolean, is_sharp: boolean, opened_by: string | null, again: boolean, appeal: Appeal | null,
 *   score?: number}} Line
 * @typedef {{text: string, at: string, decision: string, reason: string, ruled_at: string, is_automated: boolean, is_own: boolean}} Appeal
 * @typedef {{comments: Line[], next: string | null, alarms: number}} Page
 * @typedef {{id: string, alias: string | null, text: string, state: string, reason: string, posted_at: string,
 *   is_reply: boolean}} Said
 * @typedef {{reason: string, text: string, at: string, revision: number, is_sharp: boolean}} Told a reader's report
 * @typedef {{campaign: {slug: string}, replay: string | null, at_ms: number | null, thread: Said[],
 *   reports: Told[], readers: number, earlier_texts: string[],
 *   author: {alias: string | null, since: string, states: Record<string, number>,
 *   latest: Said[], muted_until: string | null}}} Context
 * @typedef {{waiting: number, oldest_at: string | null, median_s: number | null, p95_s: number | null,
 *   appeals: number, for_others: number, overturned: number | null, is_alarming: boolean, agreement: number | null}} Figures
 */

/** @param {string} base where the desk's calls begin @param {string} locale */
export function createCalls(base, locale) {
  /** @param {string} method @param {string} path @param {unknown} [body] @param {Record<string, string>} [more] */
  async function send(method, path, body, more = {}) {
    const headers = { 'Accept-Language': locale, ...(method === 'GET' ? {} : { 'Content-Type': 'application/json' }), ...more };
    const init = { method, headers, body: method === 'GET' ? undefined : JSON.stringify(body ?? {}), signal: AbortSignal.timeout(PATIENCE_MS) };
    const answer = await fetch(base + path, init).catch(() => { throw new Problem(0, 'offline'); });
    if (answer.ok || answer.status === 304) return answer;
    const problem = await answer.json().catch(() => ({}));
    throw new Problem(answer.status, problem.code ?? 'internal', problem);
  }

  /** @param {string} method @param {string} path @param {unknown} [body] @returns {Promise<any>} */
  const call = async (method, path, body) => (await send(method, path, body)).json();
  return {
    call,
    /** What changed since the last answer with this tag; null for nothing. @param {string} path @param {string} tag @returns {Promise<{page: Page, tag: string} | null>} */
    look: async (path, tag) => {
      const answer = await send('GET', path, undefined, tag ? { 'If-None-Match': tag } : {});
      return answer.status === 304 ? null : { page: await answer.json(), tag: answer.headers.get('ETag') ?? '' };
    },
  };
}

/** @typedef {ReturnType<typeof createCalls>} Calls */
