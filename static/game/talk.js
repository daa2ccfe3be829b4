// @ts-check
/** What a page fetches when its reader comes near the comments: a file of its own in the bundle, one for all pages. */
export { Talk } from './talk/talk.js';
