// @ts-check
/** What of a picture shows in the cropper's window: a middle, a scale, and the bounds of both. */

const MOST_LARGER = 8; // times the scale at which the window is just filled
const STEPS = 100; // of the zoom

export class CropView {
  /**
   * @param {{width: number, height: number}} picture its pixels, upright
   * @param {{width: number, height: number}} frame of the window, CSS pixels
   * @param {boolean} mustFill whether nothing beside the picture may show
   */
  constructor(picture, frame, mustFill) {
    this.picture = picture;
    this.frame = frame;
    this.mustFill = mustFill;
    const [wide, high] = [frame.width / picture.width, frame.height / picture.height];
    this.least = mustFill ? Math.max(wide, high) : Math.min(wide, high);
    this.most = Math.max(wide, high) * MOST_LARGER;
    this.scale = this.least; // CSS pixels a pixel of the picture
    this.x = picture.width / 2;
    this.y = picture.height / 2;
  }

  /** How far it is zoomed in, 0 to 100. */
  get zoom() { return Math.round((Math.log(this.scale / this.least) / Math.log(this.most / this.least)) * STEPS); }

  /** @param {number} zoom 0 to 100 */
  set zoom(zoom) {
    const share = Math.min(1, Math.max(0, zoom / STEPS));
    this.scale = this.least * (this.most / this.least) ** share;
    this.#hold();
  }

  /** @param {number} factor */
  enlarge(factor) {
    this.scale = Math.min(this.most, Math.max(this.least, this.scale * factor));
    this.#hold();
  }

  /** The picture follows the hand. @param {number} dx @param {number} dy CSS pixels */
  move(dx, dy) {
    this.x -= dx / this.scale;
    this.y -= dy / this.scale;
    this.#hold();
  }

  /** Along each side the window stays within the picture, or the picture within the window. */
  #hold() {
    const hold = (/** @type {number} */ at, /** @type {number} */ size, /** @type {number} */ shown) => {
      const half = shown / this.scale / 2, [low, high] = [Math.min(half, size - half), Math.max(half, size - half)];
      return Math.min(high, Math.max(low, at));
    };
    this.x = hold(this.x, this.picture.width, this.frame.width);
    this.y = hold(this.y, this.picture.height, this.frame.height);
  }

  /** The part that shows, in whole pixels of the picture. */
  get part() {
    const [width, height] = [this.frame.width / this.scale, this.frame.height / this.scale];
    return { x: Math.round(this.x - width / 2), y: Math.round(this.y - height / 2), width: Math.max(1, Math.round(width)), height: Math.max(1, Math.round(height)) };
  }
}
