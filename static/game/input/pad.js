// @ts-check
/** A gamepad: the left stick or the cross moves the sight, A or the right trigger shoots, Start pauses. */
import { speedAfter } from './speed.js';

const DEAD = 0.18; // a stick at rest is rarely quite at rest
const A = 0, RIGHT_TRIGGER = 7, START = 9, UP = 12, DOWN = 13, LEFT = 14, RIGHT = 15; // the standard layout

/** @typedef {Pick<Gamepad, 'axes' | 'buttons'>} Held */

/** @param {Held} pad @param {number} button */
const isDown = (pad, button) => (pad.buttons[button]?.value ?? 0) > 0.5 || (pad.buttons[button]?.pressed ?? false);

/** @returns {(Held | null)[]} none where a page's owner forbids it */
function getPads() {
  try {
    return navigator.getGamepads();
  } catch {
    return [];
  }
}

export class Pad {
  /** @param {{nudge: (dx: number, dy: number) => void, fire: () => void, start: () => void}} acts */
  constructor(acts) {
    this.acts = acts;
    this.isThere = false; // nothing is asked of the browser before one shows up
    this.since = 0; // seconds that the stick has been pushed
    this.wasFiring = false;
    this.wasStarting = false;
  }

  /** @param {number} seconds since the last step @param {(Held | null)[]} [pads] */
  step(seconds, pads = this.isThere ? getPads() : []) {
    for (const pad of pads) {
      if (!pad) continue;
      this.#push(pad, seconds);
      this.#press(pad);
      return;
    }
  }

  /** @param {Held} pad @param {number} seconds */
  #push(pad, seconds) {
    const x = (pad.axes[0] ?? 0) + Number(isDown(pad, RIGHT)) - Number(isDown(pad, LEFT));
    const y = (pad.axes[1] ?? 0) + Number(isDown(pad, DOWN)) - Number(isDown(pad, UP));
    const reach = Math.hypot(x, y);
    if (reach < DEAD) {
      this.since = 0;
      return;
    }
    const way = (speedAfter(this.since) * seconds * Math.min(1, (reach - DEAD) / (1 - DEAD))) / reach;
    this.since += seconds;
    this.acts.nudge(x * way, y * way);
  }

  /** A button counts once, when it goes down. @param {Held} pad */
  #press(pad) {
    const isFiring = isDown(pad, A) || isDown(pad, RIGHT_TRIGGER), isStarting = isDown(pad, START);
    if (isFiring && !this.wasFiring) this.acts.fire();
    if (isStarting && !this.wasStarting) this.acts.start();
    this.wasFiring = isFiring;
    this.wasStarting = isStarting;
  }
}
