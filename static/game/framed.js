// @ts-check
/**
 * The frame's side of embed.js: tells the page around it how the visit goes, and hears how much room there is there.
 * Nothing that identifies a player, a round or a code is told (docs/embed.md).
 */
import { isFleeting } from './fleeting.js';

/** @typedef {import('./types.js').Outcome} Outcome */

let most = Infinity; // CSS pixels, the height of the window around us
let target = '*'; // listed pages alone may frame us, and what they are told is no secret; an origin once it is known

/** @param {string} type @param {object} [more] */
const tell = (type, more = {}) => parent.postMessage({ popshot: 1, type, ...more }, target);

let asked = 0, due = 0;

/** Ask once for what a card lacks in height, so that nobody has to scroll in a frame. */
function ask() {
  const lacks = Math.max(...[...document.querySelectorAll('.screen')].map((card) => card.scrollHeight - card.clientHeight));
  const height = Math.min(innerHeight + lacks, most);
  if (height > innerHeight && height !== asked) tell('height', { height: asked = height });
}

/** @param {MessageEvent} event */
function hear({ source, origin, data }) {
  if (source !== parent || data?.popshot !== 1 || data.type !== 'room') return;
  if (origin !== 'null') target = origin;
  most = Number(data.most) || most;
  ask();
}

/** @param {CustomEvent<Outcome>} event */
function tellOutcome({ detail: { score, awards } }) {
  tell('finished', { score });
  if (awards.length) tell('won', { prizes: awards.map(({ prize }) => prize.name) });
}

/** Whoever is new where nothing lasts is told before anything else loads: the first click on Play may be quick. */
function forewarn() {
  const note = document.getElementById('fleeting');
  if (!note || !isFleeting() || /"token":/.test(window.name)) return;
  note.hidden = false;
  document.body.dataset.forgets = '';
  document.getElementById('play')?.setAttribute('aria-describedby', note.id);
}

forewarn();
if (parent !== self) {
  addEventListener('message', hear);
  addEventListener('popshot:started', () => tell('started'));
  addEventListener('popshot:ended', (event) => tellOutcome(/** @type {CustomEvent<Outcome>} */ (event)));
  const watcher = new MutationObserver((changes) => {
    if (changes.some(({ type }) => type === 'attributes')) asked = 0; // another card
    due ||= requestAnimationFrame(() => { due = 0; ask(); });
  });
  watcher.observe(document.body, { attributeFilter: ['data-state'] });
  for (const card of document.querySelectorAll('.screen')) watcher.observe(card, { childList: true, subtree: true }); // it may grow later
  tell('ready', { title: document.title });
}
