// @ts-check
/**
 * Fingers never hide what they aim at: a quick tap shoots right where it taps; a finger that stays or moves pushes the
 * sight out above itself, and lifting it shoots at the sight.
 */

const HOLD_SECONDS = 0.15, MOVE_PX = 12; // from when on a finger aims and is no tap
const ABOVE_PX = 80; // a fingertip covers about half of that
const EASE_SECONDS = 0.16;

/** Places are CSS pixels of the window; `out` is how far the sight has come out, 0 to 1. */
/** @typedef {{x: number, y: number, fromX: number, fromY: number, seconds: number, out: number}} Finger */
/** @typedef {{x: number, y: number}} Point */

export class Fingers {
  /** @param {(clientX: number, clientY: number) => Point} toWorld */
  constructor(toWorld) {
    this.toWorld = toWorld;
    /** @type {Map<number, Finger>} by pointer; the newest comes last */ this.down = new Map();
  }

  /** @param {number} id @param {number} x @param {number} y */
  press(id, x, y) { this.down.set(id, { x, y, fromX: x, fromY: y, seconds: 0, out: 0 }); }

  /** @param {number} id @param {number} x @param {number} y */
  move(id, x, y) { Object.assign(this.down.get(id) ?? {}, { x, y }); }

  /** Where the lifted finger shoots, world pixels; null for one that was not down. @param {number} id */
  lift(id) {
    const finger = this.down.get(id);
    this.down.delete(id);
    return finger ? this.#sightOf(finger) : null;
  }

  /** Taken away by a scroll, a call, a pause. @param {number} [id] all of them without */
  forget(id) {
    if (id === undefined) this.down.clear();
    else this.down.delete(id);
  }

  /** The sight of the newest finger, world pixels; null without one. @param {number} seconds since the last step */
  step(seconds) {
    let newest = null;
    for (const finger of this.down.values()) {
      finger.seconds += seconds;
      const isAiming = finger.out > 0 || finger.seconds >= HOLD_SECONDS || Math.hypot(finger.x - finger.fromX, finger.y - finger.fromY) >= MOVE_PX;
      if (isAiming) finger.out = Math.min(1, finger.out + seconds / EASE_SECONDS);
      newest = finger;
    }
    return newest && this.#sightOf(newest);
  }

  /** @param {Finger} finger */
  #sightOf({ x, y, out }) { return this.toWorld(x, y - ABOVE_PX * (1 - (1 - out) ** 3)); }
}
