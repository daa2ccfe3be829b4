// @ts-check
/** The campaign page comes alive: start, round, result, again. */
import { Api } from './api.js';
import { byId, fetchStyle } from './dom.js';
import { createKeep } from './keep.js';
import { homeward } from './language.js';
import { insist } from './line.js';
import { listen } from './live.js';
import { setUpMute } from './mute.js';
import { openGame } from './open_game.js';
import { Panels } from './panels.js';
import { Settings, dress } from './settings.js';
import { Sound } from './sound.js';
import { createTexts } from './texts.js';
import { Theatre } from './theatre.js';

/** @type {import('./types.js').Boot} */
const boot = JSON.parse(byId('boot').textContent ?? '');
const keep = createKeep();
const settings = new Settings(keep, matchMedia('(prefers-reduced-motion: reduce)').matches);
dress(settings);
const texts = createTexts(boot.texts, boot.locale);
const source = { query: location.search, referrer: document.referrer.split('/')[2], framed: self !== top };
const api = new Api({ base: boot.api, locale: boot.locale, keep, source });
const sound = new Sound(settings);
/** @type {Panels | undefined} */ let beside;
const panels = () => beside ??= new Panels({ texts, boot, keep }); // not before the first picture
const theatre = new Theatre(boot.campaign.theme, settings);

/** @typedef {typeof import('./wings.js')} Wings */
/** @type {Promise<Wings> | null} */ let fetched = null;

/** What comes after the first picture. @returns {Promise<Wings>} */
async function fetchWings() {
  const [opened, words] = await Promise.all([import('./wings.js'), api.words(boot.slug), fetchStyle('wings')]);
  texts.learn(words);
  return opened;
}

const wings = () => fetched ??= insist(fetchWings);

/** What the first picture does not need. @param {import('./game.js').Game} game */
async function loadTheRest(game) {
  const { Door, foresee, forewarn, offerRoom, showChances, showTogether } = await wings();
  const isFramed = boot.embed || window.self !== window.top, isClosed = boot.campaign.state === 'closed';
  const talk = new Door({ texts, slug: boot.slug, api, keep, isFramed, isClosed, roundId: null, about: () => game.roundId });
  offerRoom({ texts, boot });
  panels().showMore = () => showChances({ texts, boot });
  panels().showPrizes();
  showTogether({ texts, boot });
  await game.equip();
  void forewarn(game.parts).catch(() => undefined);
  await game.resume();
  void foresee({ ...game.parts, panels: panels(), practise: () => game.startCalm() }, () => { void game.start(); }).catch(() => undefined);
  void api.standings(boot.slug).then((standings) => panels().showStandings(standings), () => undefined);
  void listen(boot.slug, (update) => {
    if (update.standings) panels().showStandings(update.standings);
    if (update.boss_life) showTogether({ texts, boot }, update.boss_life);
    if (update.prizes) panels().showPrizes(update.prizes);
    talk.hear(update);
  }, (connected) => {
    talk.meet(connected);
    game.isLive = connected;
    byId('live').hidden = !connected;
  });
}

async function main() {
  setUpMute({ sound, settings, texts });
  const game = await openGame({ boot, texts, api, keep, settings, sound, panels, theatre, wings });
  requestAnimationFrame(() => {
    document.body.dataset.drawn = '';
    requestAnimationFrame(() => { // by now the screen has shown it
      performance.mark('first-frame');
      panels();
      void loadTheRest(game);
    });
  });
}

const elsewhere = homeward(location.href, keep.get('lang'), boot);
if (elsewhere) location.replace(elsewhere);
else if (!('old' in document.documentElement.dataset)) void main(); // old.js has looked
