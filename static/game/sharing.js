// @ts-check
/** What a page fetches when a round is handed on: a file of its own in the bundle, one for all pages. */
export { openMenu } from './sharing/menu.js';
