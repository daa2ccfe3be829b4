// @ts-check
/** How much a machine can take: where frames come late for a second, it gets fewer pixels, then fewer bits. */

const SECOND_MS = 1000;
const SLOW_MS = 20; // where the slowest tenth of a second's frames takes longer, less is drawn
const AWAY_MS = 250; // longer than this is no slow frame: the tab was hidden
const FEWEST = 4; // frames from which something can be told
const MOST = 256;

/** From the best to the least: device pixels a CSS pixel, and bits in the air. */
export const LEVELS = Object.freeze([{ sharpness: 2, bits: 200 }, { sharpness: 1.5, bits: 200 }, { sharpness: 1, bits: 200 }, { sharpness: 1, bits: 80 }]);

export class Pace {
  /** @param {number} [sharpness] that the screen has; levels that are no less are skipped */
  constructor(sharpness = LEVELS[0].sharpness) {
    this.sharpness = sharpness;
    this.level = 0;
    this.times = new Float64Array(MOST);
    this.count = 0;
    this.sum = 0;
  }

  /**
   * One more frame.
   * @param {number} passed milliseconds since the last one
   * @returns {boolean} whether the level has changed
   */
  add(passed) {
    if (passed > AWAY_MS) this.#forget();
    else this.#keep(passed);
    if (this.sum < SECOND_MS) return false;
    const isSlow = this.count >= FEWEST && this.#slowestTenth() > SLOW_MS;
    this.#forget();
    return isSlow && this.#lower();
  }

  #lower() {
    const before = this.level;
    let next = before + 1;
    while (next < LEVELS.length - 1 && LEVELS[next].bits === LEVELS[before].bits && LEVELS[next].sharpness >= this.sharpness) next += 1;
    this.level = Math.min(next, LEVELS.length - 1);
    return this.level !== before;
  }

  /** @param {number} passed */
  #keep(passed) {
    if (this.count < MOST) this.times[this.count++] = passed;
    this.sum += passed;
  }

  /** Nine tenths of the frames came sooner. */
  #slowestTenth() {
    const times = this.times.subarray(0, this.count).sort();
    return times[Math.floor(this.count * 0.9)];
  }

  #forget() {
    this.count = 0;
    this.sum = 0;
  }
}
