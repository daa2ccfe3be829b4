// @ts-check
/**
 * The gift without aiming, for those who wish it: while one is on the field a button, or the key G, throws a dart that
 * meets it. It costs a dart and opens the very chance that a dart thrown by hand opens.
 */
import { byId } from './dom.js';
import { isTaken } from './input/keys.js';
import { giftOn, leadOn } from './input/marks.js';

/** @typedef {import('./play.js').Play} Play */

export class GiftButton {
  /** @param {import('./settings.js').Settings} settings */
  constructor(settings) {
    this.settings = settings;
    this.button = byId('gift');
    this.isWanted = false;
    this.button.addEventListener('click', () => { this.isWanted = true; });
    window.addEventListener('keydown', (event) => { if (event.key.toLowerCase() === 'g' && !event.repeat && !isTaken(event)) this.press(); });
  }

  press() { this.isWanted = !this.button.hidden; }

  /** Show the button while there is a gift, and throw as soon as a dart is ready. @param {Play | null} play */
  step(play) {
    const course = this.settings.get('gifts') === 'press' && play?.course.isLive ? play.course : null;
    const gift = course && giftOn(course.sim, course.tick);
    if (this.button.hidden === Boolean(gift)) this.button.hidden = !gift;
    if (!gift) this.isWanted = false;
    const spot = this.isWanted && course && gift && course.sim.canFire(course.tick) && leadOn(course.sim, gift, course.tick);
    if (!play || !spot) return;
    this.isWanted = false;
    play.shoot(spot.x, spot.y);
  }
}
