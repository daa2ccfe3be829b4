// @ts-check
/** The comments' calls. */

/** @typedef {import('../types.js').Comment} Comment @typedef {import('../types.js').OwnComment} OwnComment @typedef {import('../types.js').MyTalk} MyTalk */
/** @typedef {{text: string, reply_to?: string, round_id?: string, at_ms?: number}} Posting */
/** @typedef {{reason: string, text?: string, name?: string, email?: string, revision?: number}} Told */
/** @typedef {{id: string, state: string, reason?: string, revision: number, editable_until: string | null}} Posted */

export class Wire {
  /** @param {import('../api.js').Api} api @param {string} slug the campaign's */
  constructor(api, slug) {
    this.api = api;
    this.path = `/campaigns/${slug}/comments`;
  }

  /** @param {string} order @param {string | null} before @param {string | null} roundId @returns {Promise<{comments: Comment[], next: string | null}>} */
  page(order, before, roundId) {
    const asked = new URLSearchParams({ ...(order !== 'newest' && { order }), ...(before && { before }), ...(roundId && { round_id: roundId }) }).toString();
    return this.api.call(this.path + (asked && `?${asked}`));
  }

  /** @param {string} id @param {string} after @returns {Promise<{replies: Comment[], next: string | null}>} */
  replies(id, after) { return this.api.call(`/comments/${id}/replies?after=${encodeURIComponent(after)}`); }

  /** @returns {Promise<MyTalk>} */
  mine() { return this.api.call(`${this.path}/mine`); }

  /** @param {Posting} posting @returns {Promise<{comment: Posted}>} */
  post(posting) { return this.api.asPlayer(this.path, { method: 'POST', body: posting }); }

  /** @param {string} id @param {string} text @param {number} revision the one that is replaced @returns {Promise<{comment: Posted}>} */
  edit(id, text, revision) { return this.api.call(`/comments/${id}`, { method: 'PATCH', body: { text, revision } }); }

  /** @param {string} id @returns {Promise<null>} */
  takeBack(id) { return this.api.call(`/comments/${id}`, { method: 'DELETE' }); }

  /** @param {string} id @param {string | null} kind null for none @returns {Promise<{kind: string | null, reactions: Record<string, number>}>} */
  react(id, kind) {
    return this.api.asPlayer(`/comments/${id}/reaction`, kind ? { method: 'PUT', body: { kind } } : { method: 'DELETE' });
  }

  /** Works without a token. @param {string} id @param {Told} told @returns {Promise<{receipt: {id: string, url: string}}>} */
  report(id, told) { return this.api.call(`/comments/${id}/reports`, { method: 'POST', body: told }); }

  /** @param {string} id @param {string} text perhaps empty @returns {Promise<{comment: OwnComment}>} */
  appeal(id, text) { return this.api.call(`/comments/${id}/appeal`, { method: 'POST', body: text ? { text } : {} }); }

  /** @param {string} text perhaps empty @returns {Promise<{appeal: NonNullable<OwnComment['appeal']>}>} */
  appealMute(text) { return this.api.call('/players/me/mute/appeal', { method: 'POST', body: text ? { text } : {} }); }
}
