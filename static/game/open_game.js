// @ts-check
import { byId } from './dom.js';
import { Game } from './game.js';

/** A game on its stage; a press on Play may be quicker than the drawings. @param {Omit<import('./game.js').Parts, 'view'>} parts @returns {Promise<Game>} */
export async function openGame(parts) {
  const { theatre, sound, settings } = parts;
  const made = theatre.open().then((view) => new Game({ ...parts, view }));
  byId('play').addEventListener('click', () => {
    sound.wake(); // within the press
    void made.then((game) => game.start(), () => undefined);
  });
  const game = await made;
  settings.onChange((wish, value) => { if (wish === 'colours') void theatre.repaint(value); });
  theatre.run((now, seconds) => game.frame(now, seconds));
  return game;
}
