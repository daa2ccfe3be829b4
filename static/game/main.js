// @ts-check
/** The campaign page comes alive: start, round, result, again. */
import { Api } from './api.js';
import { meetRival } from './beat.js';
import { Comments } from './comments.js';
import { offerRoom } from './cramped.js';
import { byId } from './dom.js';
import { Game } from './game.js';
import { createKeep } from './keep.js';
import { homeward } from './language.js';
import { listen } from './live.js';
import { Panels } from './panels.js';
import { Settings, dress } from './settings.js';
import { Sound } from './sound.js';
import { createTexts } from './texts.js';
import { Theatre } from './theatre.js';
import { foresee } from './trouble.js';

/** @type {import('./types.js').Boot} */
const boot = JSON.parse(byId('boot').textContent ?? '');
const keep = createKeep();
const settings = new Settings(keep, matchMedia('(prefers-reduced-motion: reduce)').matches);
dress(settings);
const texts = createTexts(boot.texts, boot.locale);
const api = new Api({ base: boot.api, locale: boot.locale, keep });
const sound = new Sound(settings);
const panels = new Panels({ texts, boot, keep });
const comments = new Comments({ texts, boot, api, keep });
const theatre = new Theatre(boot.campaign.theme, settings);
const playButton = /** @type {HTMLButtonElement} */ (byId('play'));

function setUpMute() {
  const button = byId('mute');
  const tell = () => {
    button.setAttribute('aria-pressed', String(sound.isMuted));
    button.setAttribute('aria-label', texts.say(sound.isMuted ? 'hud.sound_on' : 'hud.sound_off'));
  };
  button.addEventListener('click', () => { sound.wake(); sound.toggle(); });
  settings.onChange(tell);
  tell();
}

/** What the first picture does not need. @param {Game} game */
function loadTheRest(game) {
  void comments.load().catch(() => undefined);
  void foresee(game.parts, () => { void game.start(); }).catch(() => undefined);
  void api.standings(boot.slug).then((standings) => panels.showStandings(standings), () => undefined);
  void listen(boot.slug, (update) => {
    if (update.standings) panels.showStandings(update.standings);
    if (update.prizes) panels.showPrizes(update.prizes);
    if (update.comments) comments.greet(update.comments);
  }, (connected) => {
    game.isLive = connected;
    byId('live').hidden = !connected;
  });
}

async function main() {
  setUpMute();
  offerRoom({ texts, boot });
  const view = await theatre.open();
  const game = new Game({ boot, texts, api, keep, settings, sound, panels, comments, theatre, view });
  playButton.addEventListener('click', () => { void game.start(); });
  settings.onChange((wish, value) => { if (wish === 'colours') void theatre.repaint(value); });
  theatre.run((now, seconds) => game.frame(now, seconds));
  requestAnimationFrame(() => {
    document.body.dataset.drawn = '';
    requestAnimationFrame(() => performance.mark('first-frame')); // by now the screen has shown it
  });
  meetRival({ boot, texts, api });
  await game.resume();
  loadTheRest(game);
}

const elsewhere = homeward(location.href, keep.get('lang'), boot);
if (elsewhere) location.replace(elsewhere);
else if (!('old' in document.documentElement.dataset)) void main(); // old.js has looked
