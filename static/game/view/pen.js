// @ts-check
/** Stamps drawings of the atlas onto the canvas, in world pixels. Called hundreds of times a frame, so nothing is made here. */

export class Pen {
  /**
   * @param {CanvasRenderingContext2D} context @param {import('./atlas.js').Atlas} atlas
   * @param {{zoom: number, left: number, top: number, width: number, height: number}} stage
   */
  constructor(context, atlas, stage) {
    this.context = context;
    this.atlas = atlas;
    this.stage = stage;
    this.zoom = stage.zoom; // as of this picture
    this.shakeX = 0;
    this.shakeY = 0;
  }

  /** Begin a picture. */
  clear() {
    this.zoom = this.stage.zoom;
    this.context.setTransform(1, 0, 0, 1, 0, 0);
    this.context.globalAlpha = 1;
    this.context.clearRect(0, 0, this.context.canvas.width, this.context.canvas.height);
  }

  /**
   * @param {string} name @param {number} x @param {number} y @param {number} [size] @param {number} [turn] radians clockwise
   * @param {number} [alpha] @param {number} [wide] a factor on top of the size; below 0 mirrors @param {number} [tall] likewise
   */
  stamp(name, x, y, size = 1, turn = 0, alpha = 1, wide = 1, tall = 1) {
    const cell = this.atlas.cells[name];
    if (!cell || alpha <= 0.01 || size <= 0.01) return;
    const { context, zoom, stage } = this;
    const cos = Math.cos(turn) * size * zoom, sin = Math.sin(turn) * size * zoom;
    context.globalAlpha = alpha < 1 ? alpha : 1;
    context.setTransform(cos * wide, sin * wide, -sin * tall, cos * tall, (x + this.shakeX - stage.left) * zoom, (y + this.shakeY - stage.top) * zoom);
    context.drawImage(this.atlas.image, cell.sx, cell.sy, cell.sw, cell.sh, -cell.cx, -cell.cy, cell.w, cell.h);
  }

  /** From here on draw only above a height of the world: what stands behind the desk. @param {number} y */
  clipBelow(y) {
    const { context, stage } = this;
    context.save();
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.beginPath();
    context.rect(0, 0, context.canvas.width, (y - stage.top) * this.zoom);
    context.clip();
  }

  unclip() { this.context.restore(); }
}
