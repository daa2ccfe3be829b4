// @ts-check
/**
 * A whole practice in one file: for advertisers' players and webviews, and for who is offline. The real game on a scene
 * of its own, with the rules in the page: it asks nobody, keeps nothing, and nothing can be won in it.
 */
import { CalmCourse } from './calm.js';
import { offerRoom } from './cramped.js';
import { byId } from './dom.js';
import { GiftButton } from './gift.js';
import { createKeep } from './keep.js';
import { setUpMute } from './mute.js';
import { openGame } from './open_game.js';
import { PracticeEnding } from './playable/ending.js';
import { setUpWay } from './playable/way.js';
import { House } from './preview/house.js';
import { Settings, dress } from './settings.js';
import { SettingsDialog } from './settings_dialog.js';
import { Sound } from './sound.js';
import { createTexts } from './texts.js';
import { Theatre } from './theatre.js';
import { Tutor } from './tutor.js';

/** @type {import('./types.js').Boot & {practice: import('./playable/way.js').Practice}} */
const boot = JSON.parse(byId('boot').textContent ?? '');
const settings = new Settings(createKeep([], {}), matchMedia('(prefers-reduced-motion: reduce)').matches);
dress(settings);
const texts = createTexts(boot.texts, boot.locale);
const house = new House({ campaign: boot.campaign, rules: boot.practice.rules });
const sound = new Sound(settings);
// @ts-expect-error it has no types; the bundle takes it in, since nothing is fetched
sound.synthesiser = () => import('zzfx');
const { picture = '', ...boss } = boot.campaign.theme?.boss ?? {};
const theatre = new Theatre({ ...boot.campaign.theme, boss }, settings);
theatre.picture = Promise.resolve(picture); // it came along
const wings = /** @type {typeof import('./wings.js')} */ (/** @type {unknown} */ ({ CalmCourse, Ending: PracticeEnding, GiftButton, SettingsDialog, Tutor }));

async function main() {
  setUpMute({ sound, settings, texts });
  setUpWay(boot.practice);
  const game = await openGame({
    boot, texts, settings, sound, theatre,
    api: /** @type {import('./api.js').Api} */ (/** @type {unknown} */ (house)),
    keep: settings.keep, wings: async () => wings,
    panels: () => { throw new Error('nothing stands beside a practice'); },
  });
  requestAnimationFrame(() => {
    document.body.dataset.drawn = '';
    offerRoom({ texts, boot });
    void game.equip();
  });
}

if (!('old' in document.documentElement.dataset)) void main(); // old.js has looked
