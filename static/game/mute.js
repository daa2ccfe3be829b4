// @ts-check
/** The button that silences the page. */
import { byId } from './dom.js';

/** @param {{sound: import('./sound.js').Sound, settings: import('./settings.js').Settings, texts: import('./texts.js').Texts}} parts */
export function setUpMute({ sound, settings, texts }) {
  const button = byId('mute');
  const tell = () => {
    button.setAttribute('aria-pressed', String(sound.isMuted));
    button.setAttribute('aria-label', texts.say(sound.isMuted ? 'hud.sound_on' : 'hud.sound_off'));
  };
  button.addEventListener('click', () => { sound.wake(); sound.toggle(); });
  settings.onChange(tell);
  tell();
}
