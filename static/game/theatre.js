// @ts-check
/** The stage set up in the page: canvas, drawings, hills that follow the aim, and the one loop of frames. */
import { lookOf } from './art/look.js';
import { fetchPicture } from './art/picture.js';
import { byId } from './dom.js';
import { createAtlas } from './view/atlas.js';
import { createCast } from './view/cast.js';
import { LEVELS, Pace } from './view/pace.js';
import { Pen } from './view/pen.js';
import { Stage } from './view/stage.js';
import { View } from './view/view.js';

const REDRAW_AT = 1.2; // drawings are made anew when they would be stretched by more than this
const LEAST_LEAN = 0.01; // a smaller step is not seen
/** How far each layer follows the aim, world pixels. @type {[string, number][]} */
const DEPTHS = [['far', 5], ['middle', 10], ['near', 18]];

export class Theatre {
  /** @param {import('./types.js').Campaign['theme']} theme @param {import('./settings.js').Settings} settings */
  constructor(theme, settings) {
    this.theme = theme;
    this.settings = settings;
    this.look = lookOf(theme, settings.get('colours'));
    this.picture = fetchPicture(theme);
    this.canvas = /** @type {HTMLCanvasElement} */ (byId('field'));
    this.stage = new Stage(this.canvas, byId('world'), byId('theatre'));
    this.layers = DEPTHS.map(([name, depth]) => ({ depth, element: /** @type {SVGElement} */ (document.querySelector(`.layer.${name}`)) }));
    this.isCalm = settings.hasLessMotion;
    this.lean = 0;
    this.shownLean = 0;
    this.drawnAt = 0; // the zoom that the drawings were made for
    this.drawings = 0; // how often they were begun
    this.pace = new Pace(this.stage.sharpness);
  }

  /** Draw everything once; after this the view may draw. @returns {Promise<View>} */
  async open() {
    this.stage.fit();
    const context = this.canvas.getContext('2d', { desynchronized: true });
    if (!context) throw new Error('no canvas');
    this.pen = new Pen(context, { image: this.canvas, cells: {} }, this.stage);
    await this.#makeDrawings();
    this.view = new View(this.pen, this.stage, this.isCalm);
    addEventListener('resize', () => { void this.#refit(); });
    this.settings.onChange((wish) => { if (wish === 'motion') this.#calm(); });
    return this.view;
  }

  /** The drawings in other colours, while the game goes on with the old ones. @param {string} colours a choice of the wish of that name */
  async repaint(colours) {
    this.look = lookOf(this.theme, colours);
    await this.#makeDrawings();
  }

  async #makeDrawings() {
    if (!this.pen) return;
    const { zoom } = this.stage, drawing = this.drawings += 1;
    const atlas = await createAtlas(createCast({ ...this.look, picture: await this.picture }), zoom);
    if (drawing !== this.drawings) return; // a later wish was quicker
    this.pen.atlas = atlas;
    this.drawnAt = zoom;
  }

  async #refit() {
    this.stage.fit();
    const { zoom } = this.stage;
    if (Math.max(zoom / this.drawnAt, this.drawnAt / zoom) >= REDRAW_AT) await this.#makeDrawings();
  }

  #calm() {
    this.isCalm = this.settings.hasLessMotion;
    this.view?.calm(this.isCalm);
    if (this.isCalm) this.#lean(0);
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
      if (this.pace.add(passed)) this.#slowDown(); // before the picture: it empties the canvas
      frame(now, Math.min(passed, 100) / 1000);
    };
    requestAnimationFrame(next);
  }

  /** A machine that is slow for a while gets fewer pixels, then fewer bits. */
  #slowDown() {
    const { sharpness, bits } = LEVELS[this.pace.level];
    this.stage.soften(sharpness);
    if (this.view) this.view.effects.most = bits;
  }

  /** The hills follow the aim a little. @param {number} x world pixels */
  lookAt(x) {
    if (this.isCalm) return;
    this.lean += ((x - 360) / 360 - this.lean) * 0.06;
    if (Math.abs(this.lean - this.shownLean) >= LEAST_LEAN) this.#lean(this.lean);
  }

  /** @param {number} lean -1 to 1 */
  #lean(lean) {
    this.lean = this.shownLean = lean;
    for (const { element, depth } of this.layers) element.style.transform = `translate3d(${-lean * depth * this.stage.scale}px, 0, 0)`;
  }
}
