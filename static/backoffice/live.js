// @ts-check
/** What others do shows by itself: the head of the queue is asked for every two seconds, mostly answered by "nothing new". */
import { byId } from '../game/dom.js';
import { tellOfAppeals } from './appeal_view.js';

const LOOK_MS = 2000;
const FIGURES_EVERY = 15; // looks
const UNSEEN_EVERY = 15; // looks, while another tab is in front: an alarm must still reach the title
const OPEN_EVERY = 15; // a mark lasts a minute

/**
 * @param {{calls: import('./call.js').Calls, words: import('./words.js').Words, path: () => string,
 *   note: (text: string) => void, seen: (page: import('./call.js').Page) => void, reading: () => string | null,
 *   figures: import('./call.js').Figures}} parts
 */
export function keepLive({ calls, words, path, note, seen, reading, figures }) {
  let tag = '';
  let looks = 0;
  let isAway = false;
  let isLooking = false;

  async function look() {
    if (isLooking) return;
    isLooking = true;
    const asked = path();
    try {
      const found = await calls.look(asked, tag);
      if (found && asked === path()) { tag = found.tag; seen(found.page); }
      isAway = false;
    } catch (problem) {
      const { status } = /** @type {{status?: number}} */ (problem);
      if (!isAway) note(words.say(status === 401 ? 'desk.note.over' : 'desk.note.offline'));
      isAway = true;
    } finally { isLooking = false; }
  }

  async function tick() {
    looks += 1;
    if (document.hidden && looks % UNSEEN_EVERY !== 0) return;
    await look();
    if (document.hidden) return;
    const id = reading();
    if (id && looks % OPEN_EVERY === 0) calls.call('GET', `/comments/${id}`).catch(() => {}); // who reads it is seen by the others for a minute
    if (looks % FIGURES_EVERY === 0) calls.call('GET', '/figures').then(show).catch(() => {});
  }

  /** @param {import('./call.js').Figures} told */
  const show = (told) => showFigures(words, told);
  show(figures);
  setInterval(() => { void tick(); }, LOOK_MS);
  return { look: () => { void look(); }, /** The next look is told everything. */ forget: () => { tag = ''; } };
}

/** @param {import('./words.js').Words} words @param {import('./call.js').Figures} told */
function showFigures(words, told) {
  const age = told.oldest_at === null ? null : (Date.now() - Date.parse(told.oldest_at)) / 1000;
  /** @type {Record<string, string>} */
  const values = { waiting: words.number(told.waiting), oldest: words.span(age), median: words.span(told.median_s),
    p95: words.span(told.p95_s), appeals: words.number(told.appeals), overturned: words.part(told.overturned), agreement: words.part(told.agreement) };
  for (const field of /** @type {NodeListOf<HTMLElement>} */ (byId('figures').querySelectorAll('[data-figure]'))) {
    field.textContent = values[field.dataset.figure ?? ''];
  }
  tellOfAppeals(words, told);
}
