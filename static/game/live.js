// @ts-check
/**
 * What is told while it happens. The game plays on without it, as in a rehearsal, which has no rooms: then standings
 * are asked for after each round.
 */
import { root } from './root.js';

/** @typedef {{standings?: import('./types.js').Standings, prizes?: import('./types.js').Prize[], boss_life?: import('./types.js').BossLife, comments?: import('./types.js').Comment[], rulings?: string[]}} Update `rulings` are the ids of comments that are not, or no longer, public */

const CLIENT = '/static/vendor/socket.io-client/socket.io.esm.min.js';

/**
 * Loads the client and joins the campaign's room; does nothing when either fails.
 * @param {string} slug @param {(update: Update) => void} hear @param {(isLive: boolean) => void} tell
 */
export async function listen(slug, hear, tell) {
  if (root) {
    tell(false);
    return;
  }
  try {
    const { io } = await import(CLIENT);
    const socket = io({ transports: ['websocket'], auth: { campaign: slug } });
    socket.on('connect', () => tell(true));
    socket.on('disconnect', () => tell(false));
    socket.on('update', hear);
  } catch {
    tell(false);
  }
}
