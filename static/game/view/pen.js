// @ts-check
/** Stamps drawings of the atlas onto the canvas, in world pixels. */

/** How a stamp is set: sizes as factors, turn in radians clockwise. @typedef {{size?: number, wide?: number, tall?: number, turn?: number, alpha?: number}} How */

export class Pen {
  /**
   * @param {CanvasRenderingContext2D} context @param {import('./atlas.js').Atlas} atlas
   * @param {{zoom: number, left: number, top: number, width: number, height: number}} stage
   */
  constructor(context, atlas, stage) {
    this.context = context;
    this.atlas = atlas;
    this.stage = stage;
    this.shakeX = 0;
    this.shakeY = 0;
  }

  clear() {
    this.context.setTransform(1, 0, 0, 1, 0, 0);
    this.context.globalAlpha = 1;
    this.context.clearRect(0, 0, this.context.canvas.width, this.context.canvas.height);
  }

  /** @param {string} name @param {number} x @param {number} y @param {How} [how] */
  stamp(name, x, y, { size = 1, wide = 1, tall = 1, turn = 0, alpha = 1 } = {}) {
    const cell = this.atlas.cells[name];
    if (!cell || alpha <= 0.01 || size <= 0.01) return;
    const { zoom, left, top } = this.stage;
    const cos = Math.cos(turn) * size * zoom, sin = Math.sin(turn) * size * zoom;
    this.context.globalAlpha = Math.min(1, alpha);
    this.context.setTransform(cos * wide, sin * wide, -sin * tall, cos * tall, (x + this.shakeX - left) * zoom, (y + this.shakeY - top) * zoom);
    this.context.drawImage(this.atlas.image, cell.sx, cell.sy, cell.sw, cell.sh, -cell.cx, -cell.cy, cell.w, cell.h);
  }

  /** Draw only above a height of the world: what stands behind the desk. @param {number} y @param {() => void} draw */
  above(y, draw) {
    const { context, stage } = this;
    context.save();
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.beginPath();
    context.rect(0, 0, context.canvas.width, (y - stage.top) * stage.zoom);
    context.clip();
    draw();
    context.restore();
  }
}
