// @ts-check
/** What shakes the whole picture, and a glow where something big was hit. None of it for those who asked for less motion. */

const MOST_PIXELS = 6; // world pixels
const FLASH_SECONDS = 0.14, GLOW = 0.75, GLOW_SIZE = 13;
const FLASH_GAP_SECONDS = 0.36; // never more than three flashes a second, for eyes that such light hurts

export class Jolts {
  constructor() {
    this.isCalm = false;
    this.shakenAt = -9;
    this.pixels = 0;
    this.seconds = 1;
    this.flashedAt = -9;
    this.x = this.y = 0;
  }

  /** A weaker shake does not cut a stronger one short. @param {number} now @param {number} pixels @param {number} seconds */
  shake(now, pixels, seconds) {
    if (pixels < this.strength(now)) return;
    this.shakenAt = now;
    this.pixels = Math.min(MOST_PIXELS, pixels);
    this.seconds = seconds;
  }

  /** @param {number} now @param {number} x @param {number} y @returns {boolean} whether it flashes */
  flash(now, x, y) {
    if (this.isCalm || now < this.flashedAt + FLASH_GAP_SECONDS) return false;
    this.flashedAt = now;
    this.x = x;
    this.y = y;
    return true;
  }

  /** World pixels that the picture may be off by. @param {number} now */
  strength(now) {
    if (this.isCalm || now < this.shakenAt) return 0;
    return this.pixels * Math.max(0, 1 - (now - this.shakenAt) / this.seconds);
  }

  /** Before the picture. @param {import('./pen.js').Pen} pen @param {number} now */
  shift(pen, now) {
    const strength = this.strength(now);
    pen.shakeX = Math.sin(now * 90) * strength;
    pen.shakeY = Math.cos(now * 76) * strength;
  }

  /** After the picture. @param {import('./pen.js').Pen} pen @param {number} now */
  light(pen, now) {
    const age = now - this.flashedAt;
    if (!this.isCalm && age >= 0 && age < FLASH_SECONDS) pen.stamp('puff', this.x, this.y, GLOW_SIZE, 0, GLOW * (1 - age / FLASH_SECONDS));
  }
}
