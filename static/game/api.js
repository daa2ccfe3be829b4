// @ts-check
/** The wire: every call the game makes, refusals as `Problem`s, the token and the proof of work seen to. */

import { root } from './root.js';

/** @typedef {import('./types.js').Opened} Opened @typedef {import('./types.js').WaveAnswer} WaveAnswer */
/** @typedef {import('./types.js').Present} Present @typedef {import('./types.js').Shot} Shot */
/** @typedef {{query: string, referrer?: string, framed: boolean}} Source how the player came; the server keeps no word of it as it stands here */
/** @typedef {{method?: string, body?: unknown, proof?: string, anonymous?: boolean}} Call */

const PATIENCE_MS = 6000; // an answer later than this is taken for a lost line: two of them still leave a round its 20 s

/** A refusal, or no answer at all (code `offline`, status 0). */
export class Problem extends Error {
  /** @param {number} status @param {string} code @param {Record<string, any>} [more] the rest of the problem+json */
  constructor(status, code, more = {}) {
    super(more.detail ?? code);
    this.status = status;
    this.code = code;
    this.more = more;
  }

  /** How long the server asks us to wait; undefined when it does not. @returns {number | undefined} milliseconds */
  get waitMs() {
    return this.more.retry_in_ms ?? (this.more.retry_after_s === undefined ? undefined : this.more.retry_after_s * 1000);
  }
}

/** @param {Response} response */
async function problemOf(response) {
  const more = await response.json().catch(() => ({}));
  const after = Number(response.headers.get('Retry-After') ?? NaN);
  if (after >= 0) more.retry_after_s = after;
  return new Problem(response.status, more.code ?? (response.status >= 500 ? 'internal' : 'malformed'), more);
}

export class Api {
  /**
   * @param {{base: string, locale: string, keep: import('./keep.js').Keep, source?: Source, fetch?: typeof globalThis.fetch,
   *   solve?: (challenge: any) => Promise<string>}} parts
   */
  constructor({ base, locale, keep, source, fetch, solve = solveLater }) {
    this.base = base;
    this.locale = locale;
    this.keep = keep;
    this.source = source;
    this.fetch = fetch ?? globalThis.fetch.bind(globalThis);
    this.solve = solve;
  }

  /** @param {Call} call @returns {RequestInit & import('./simple.js').Dressed} */
  #dress({ method = 'GET', body, proof, anonymous }) {
    const token = anonymous ? undefined : this.keep.get('token');
    /** @type {Record<string, string>} */
    const headers = { 'Accept-Language': this.locale };
    if (body !== undefined) headers['Content-Type'] = 'application/json';
    if (token) headers.Authorization = `Bearer ${token}`;
    if (proof) headers.Altcha = proof;
    return { method, headers, credentials: 'omit', signal: AbortSignal.timeout(PATIENCE_MS), body: body === undefined ? undefined : JSON.stringify(body) };
  }

  /** @param {string} path @param {Call} call @returns {Promise<any>} */
  async #send(path, call) {
    const gone = () => { throw new Problem(0, 'offline'); };
    const dressed = this.#dress(call);
    const sent = globalThis.origin === 'null' ? import('./simple.js').then(({ simplify }) => simplify(dressed)) : Promise.resolve(dressed);
    const response = await sent.then((request) => this.fetch(this.base + path, request)).catch(gone);
    if (!response.ok) throw await problemOf(response);
    return response.status === 204 ? null : response.json().catch(gone);
  }

  /** Sends, and works for a proof when one is asked for. @param {string} path @param {Call} [call] @returns {Promise<any>} */
  async call(path, call = {}) {
    try {
      return await this.#send(path, call);
    } catch (problem) {
      if (!(problem instanceof Problem) || problem.code !== 'proof_required') throw problem;
      return this.#send(path, { ...call, proof: await this.solve(problem.more.challenge) });
    }
  }

  async #becomePlayer() {
    const { player, token } = await this.call('/players', { method: 'POST', body: {}, anonymous: true });
    this.keep.set('token', token);
    this.keep.set('alias', player.alias);
  }

  /** Calls as a player, new or known; a token that the server has forgotten is replaced once. @param {string} path @param {Call} how */
  async asPlayer(path, how) {
    if (!this.keep.get('token')) await this.#becomePlayer();
    try {
      return await this.call(path, how);
    } catch (problem) {
      if (!(problem instanceof Problem) || problem.code !== 'unknown_player') throw problem;
      this.keep.forget('token');
      await this.#becomePlayer();
      return this.call(path, how);
    }
  }

  /** @param {string} slug @returns {Promise<Opened>} */
  openRound(slug) { return this.asPlayer(`/campaigns/${slug}/rounds`, { method: 'POST', body: { source: this.source } }); }

  /** @param {string} id @param {number} wave @param {Shot[]} shots @returns {Promise<WaveAnswer>} */
  submitWave(id, wave, shots) { return this.call(`/rounds/${id}/waves`, { method: 'POST', body: { wave, shots } }); }

  /** @param {string} id @returns {Promise<Present>} */
  present(id) { return this.call(`/rounds/${id}`); }

  /** The texts that the page did not bring along, or those of one thing more. @param {string} slug @param {string} [of] @returns {Promise<Record<string, string>>} */
  async words(slug, of) {
    const response = await this.fetch(`${root}/c/${slug}/words.json?lang=${this.locale}${of ? `&of=${of}` : ''}`, { credentials: 'omit', signal: AbortSignal.timeout(PATIENCE_MS) });
    if (!response.ok) throw await problemOf(response);
    return response.json();
  }

  /** @param {string} slug @returns {Promise<import('./types.js').Campaign>} */
  campaign(slug) { return this.call(`/campaigns/${slug}`); }

  /** @param {string} slug @returns {Promise<import('./types.js').Standings>} */
  standings(slug) { return this.call(`/campaigns/${slug}/standings?limit=20`); }
}

/** The solver is rarely needed, so it is loaded when it is. @param {any} challenge */
async function solveLater(challenge) {
  const { solveChallenge } = await import('./proof.js');
  return solveChallenge(challenge);
}
