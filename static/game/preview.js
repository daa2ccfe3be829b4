// @ts-check
/** The campaign page as staff see it beside a form: the real game, which asks nobody, keeps nothing and wears what the form says. */
import { showChances } from './chances.js';
import { offerRoom } from './cramped.js';
import { byId } from './dom.js';
import { createKeep } from './keep.js';
import { setUpMute } from './mute.js';
import { openGame } from './open_game.js';
import { Panels } from './panels.js';
import { House } from './preview/house.js';
import { hearForm } from './preview/messages.js';
import { Wardrobe } from './preview/wear.js';
import { Settings, dress } from './settings.js';
import { Sound } from './sound.js';
import { createTexts } from './texts.js';
import { Theatre } from './theatre.js';
import { showTogether } from './together.js';
import * as wings from './wings.js';

/** @type {import('./types.js').Boot & {preview: {rules: import('./types.js').Rules, words: Record<string, string>}}} */
const boot = JSON.parse(byId('boot').textContent ?? '');
const keep = createKeep([], {}); // nowhere: a preview leaves nothing behind, and knows no player's token
const settings = new Settings(keep, matchMedia('(prefers-reduced-motion: reduce)').matches);
dress(settings);
const texts = createTexts(boot.texts, boot.locale);
const house = new House({ campaign: boot.campaign, rules: boot.preview.rules, address: `${boot.public_url}/c/${boot.slug}` });
const api = /** @type {import('./api.js').Api} */ (/** @type {unknown} */ (house));
const sound = new Sound(settings);
const panels = new Panels({ texts, boot, keep });
const theatre = new Theatre(boot.campaign.theme, settings);

/** @param {import('./game.js').Game} game */
async function loadTheRest(game) {
  offerRoom({ texts, boot });
  panels.showMore = () => showChances({ texts, boot });
  panels.showPrizes();
  showTogether({ texts, boot });
  await game.equip();
  const wardrobe = new Wardrobe({ boot, texts, theatre, settings, words: boot.preview.words });
  hearForm((draft) => wardrobe.wear(draft));
}

async function main() {
  setUpMute({ sound, settings, texts });
  const game = await openGame({ boot, texts, api, keep, settings, sound, panels: () => panels, theatre, wings: async () => wings });
  requestAnimationFrame(() => {
    document.body.dataset.drawn = '';
    void loadTheRest(game);
  });
}

void main();
