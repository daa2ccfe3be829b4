// @ts-check
/** What a page fetches when a dare brought its player: a file of its own in the bundle, one for all pages. */
export { showDuel } from './duel/end.js';
export { callGhost } from './duel/ghost.js';
