// @ts-check
/** The stage set up in the page: canvas, drawings, hills that follow the aim, and the one loop of frames. */
import { lookOf } from './art/look.js';
import { byId } from './dom.js';
import { createAtlas } from './view/atlas.js';
import { createCast } from './view/cast.js';
import { Pen } from './view/pen.js';
import { Stage } from './view/stage.js';
import { View } from './view/view.js';

const SLOW_FRAME_MS = 24, PATIENCE_FRAMES = 90;
const REDRAW_AT = 1.2; // drawings are made anew when they would be stretched by more than this
/** How far each layer follows the aim, world pixels. @type {[string, number][]} */
const DEPTHS = [['far', 5], ['middle', 10], ['near', 18]];

export class Theatre {
  /** @param {import('./types.js').Campaign['theme']} theme @param {import('./settings.js').Settings} settings */
  constructor(theme, settings) {
    this.theme = theme;
    this.look = lookOf(theme);
    this.isCalm = settings.hasLessMotion;
    this.canvas = /** @type {HTMLCanvasElement} */ (byId('field'));
    this.stage = new Stage(this.canvas, byId('world'), byId('theatre'));
    this.layers = DEPTHS.map(([name, depth]) => ({ depth, element: /** @type {SVGElement} */ (document.querySelector(`.layer.${name}`)) }));
    this.lean = 0;
    this.slow = 0;
    this.drawnAt = 0; // the zoom that the drawings were made for
  }

  /** Draw everything once; after this the view may draw. @returns {Promise<View>} */
  async open() {
    this.stage.fit();
    this.drawnAt = this.stage.zoom;
    const context = this.canvas.getContext('2d', { desynchronized: true });
    if (!context) throw new Error('no canvas');
    this.pen = new Pen(context, await createAtlas(createCast(this.look), this.drawnAt), this.stage);
    this.view = new View(this.pen, this.stage, this.isCalm);
    addEventListener('resize', () => { void this.#refit(); });
    return this.view;
  }

  /** The drawings once more. */
  async repaint() {
    this.look = lookOf(this.theme);
    if (this.pen) this.pen.atlas = await createAtlas(createCast(this.look), this.drawnAt);
  }

  async #refit() {
    this.stage.fit();
    const { zoom } = this.stage;
    if (!this.pen || Math.max(zoom / this.drawnAt, this.drawnAt / zoom) < REDRAW_AT) return;
    this.drawnAt = zoom;
    this.pen.atlas = await createAtlas(createCast(this.look), zoom);
  }

  /**
   * Call `frame` for every picture the screen takes.
   * @param {(now: number, seconds: number) => void} frame
   */
  run(frame) {
    let last = performance.now();
    const next = (/** @type {number} */ now) => {
      const passed = Math.max(0, now - last);
      last = now;
      requestAnimationFrame(next); // asked for first: a fault in one picture must not stop the next
      frame(now, Math.min(passed, 100) / 1000);
      this.#watch(passed);
    };
    requestAnimationFrame(next);
  }

  /** A machine that is slow for a while gets fewer pixels and fewer bits. @param {number} passed */
  #watch(passed) {
    this.slow = Math.max(0, this.slow + (passed > SLOW_FRAME_MS && passed < 250 ? 1 : -1));
    if (this.slow < PATIENCE_FRAMES || !this.view) return;
    this.slow = 0;
    this.stage.soften();
    this.view.effects.most = 80;
  }

  /** The hills follow the aim a little. @param {number} x world pixels */
  lookAt(x) {
    if (this.isCalm) return;
    const lean = this.lean + ((x - 360) / 360 - this.lean) * 0.06;
    if (Math.abs(lean - this.lean) < 0.002) return;
    this.lean = lean;
    for (const { element, depth } of this.layers) element.style.transform = `translate3d(${-lean * depth * this.stage.scale}px, 0, 0)`;
  }
}
