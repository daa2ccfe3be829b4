// @ts-check
/** Where the world lies on the screen: the canvas covers it and, where there is room, some of what is around. */
import { HEIGHT, WIDTH } from '../sim/rules.js';

const MARGIN = 150; // world pixels left and right, so that the boss is whole at the edge of his sway
const ABOVE = 60; // world pixels, for what flies up
const SHARPEST = 2; // device pixels a CSS pixel; more costs time and shows nothing

export class Stage {
  /** @param {HTMLCanvasElement} canvas @param {HTMLElement} world @param {HTMLElement} theatre */
  constructor(canvas, world, theatre) {
    this.canvas = canvas;
    this.world = world;
    this.theatre = theatre;
    this.sharpest = SHARPEST;
    this.scale = 1; // CSS pixels a world pixel
    this.left = 0; // what the canvas covers, in world pixels
    this.top = 0;
    this.width = WIDTH;
    this.height = HEIGHT;
  }

  /** Device pixels a CSS pixel. */
  get sharpness() { return Math.min(globalThis.devicePixelRatio || 1, this.sharpest); }

  /** Device pixels a world pixel. */
  get zoom() { return this.scale * this.sharpness; }

  /** The world's y where the page's first screen ends. */
  get bottom() { return this.top + this.height; }

  /** Measure the page and lay the canvas over it. */
  fit() {
    const at = this.world.getBoundingClientRect();
    const around = this.theatre.getBoundingClientRect();
    this.scale = at.width / WIDTH || 1;
    const side = clamp(Math.min(at.left - around.left, around.right - at.right) / this.scale, MARGIN);
    this.left = -side;
    this.top = -clamp((at.top - around.top) / this.scale, ABOVE);
    this.width = WIDTH + 2 * side;
    this.height = HEIGHT + clamp((around.bottom - at.bottom) / this.scale, HEIGHT) - this.top;
    this.#size();
  }

  /** Fewer pixels, for a machine that is slow with them. @param {number} sharpest device pixels a CSS pixel */
  soften(sharpest) {
    if (sharpest >= this.sharpness) return; // sizing a canvas empties it
    this.sharpest = sharpest;
    this.#size();
  }

  #size() {
    const { canvas, scale } = this;
    canvas.width = Math.round(this.width * this.zoom);
    canvas.height = Math.round(this.height * this.zoom);
    Object.assign(canvas.style, {
      left: `${this.left * scale}px`, top: `${this.top * scale}px`,
      width: `${this.width * scale}px`, height: `${this.height * scale}px`,
    });
  }

  /**
   * The world's pixel under a point of the window.
   * @param {number} clientX @param {number} clientY
   */
  toWorld(clientX, clientY) {
    const at = this.canvas.getBoundingClientRect();
    return { x: (clientX - at.left) / this.scale + this.left, y: (clientY - at.top) / this.scale + this.top };
  }
}

/** @param {number} value @param {number} most */
const clamp = (value, most) => Math.max(0, Math.min(most, value));
