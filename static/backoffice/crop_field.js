// @ts-check
/** The cropper's canvas: the picture behind a window of the right shape, moved by hand, wheel, fingers and keys. */
import { HEAD } from '../game/art/head.js';
import { CropView } from './crop_view.js';

/** @typedef {{aspect: number, shape: string, mustFill: boolean}} Wanted */

const ROOM = 0.82; // of the canvas that the window takes at most
const STEP = 12; // CSS pixels a key
const GROWTH = 1.1;
const HEAD_BOX = { x: 52, y: 24, width: 156, height: 178 }; // where static/game/art/head.js puts the picture
const TILE = 10;

/** @type {Record<string, [dx: number, dy: number]>} */
const ARROWS = { ArrowLeft: [STEP, 0], ArrowRight: [-STEP, 0], ArrowUp: [0, STEP], ArrowDown: [0, -STEP] };

export class CropField {
  /** @param {HTMLDialogElement} dialog which shows already @param {ImageBitmap} picture @param {Wanted} wanted */
  constructor(dialog, picture, wanted) {
    this.canvas = /** @type {HTMLCanvasElement} */ (dialog.querySelector('canvas'));
    this.slider = /** @type {HTMLInputElement} */ (dialog.querySelector('input[type=range]'));
    this.picture = picture;
    this.shape = wanted.shape;
    this.width = this.canvas.clientWidth;
    this.height = this.canvas.clientHeight;
    const high = Math.min(this.height * ROOM, (this.width * ROOM) / wanted.aspect);
    this.view = new CropView(picture, { width: high * wanted.aspect, height: high }, wanted.mustFill);
    /** @type {Map<number, {x: number, y: number}>} */ this.fingers = new Map();
    this.leaving = new AbortController();
    this.#listen({ signal: this.leaving.signal });
    this.#draw();
    this.canvas.focus();
  }

  /** What of the picture shows in the window. */
  get part() { return this.view.part; }

  end() { this.leaving.abort(); }

  /** @param {{signal: AbortSignal}} until */
  #listen(until) {
    const { canvas, fingers } = this;
    canvas.addEventListener('pointerdown', (event) => {
      canvas.setPointerCapture(event.pointerId);
      fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    }, until);
    canvas.addEventListener('pointermove', (event) => this.#drag(event), until);
    for (const kind of /** @type {const} */ (['pointerup', 'pointercancel'])) canvas.addEventListener(kind, ({ pointerId }) => fingers.delete(pointerId), until);
    canvas.addEventListener('wheel', (event) => {
      event.preventDefault();
      this.#enlarge(event.deltaY < 0 ? GROWTH : 1 / GROWTH);
    }, { ...until, passive: false });
    canvas.addEventListener('keydown', (event) => this.#press(event), until);
    this.slider.addEventListener('input', () => {
      this.view.zoom = Number(this.slider.value);
      this.#draw();
    }, until);
  }

  /** One finger moves; two also zoom by how far they are apart. @param {PointerEvent} event */
  #drag({ pointerId, clientX: x, clientY: y }) {
    const last = this.fingers.get(pointerId);
    if (!last) return;
    const before = this.#spread();
    this.fingers.set(pointerId, { x, y });
    this.view.move((x - last.x) / this.fingers.size, (y - last.y) / this.fingers.size);
    if (before) this.view.enlarge(this.#spread() / before);
    this.#draw();
  }

  /** How far two fingers are apart; 0 unless there are two. */
  #spread() {
    const [one, two] = [...this.fingers.values()];
    return two ? Math.hypot(one.x - two.x, one.y - two.y) : 0;
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    const arrow = ARROWS[event.key];
    if (arrow) this.view.move(...arrow);
    else if (event.key === '+' || event.key === '=') this.view.enlarge(GROWTH);
    else if (event.key === '-') this.view.enlarge(1 / GROWTH);
    else return;
    event.preventDefault();
    this.#draw();
  }

  /** @param {number} factor */
  #enlarge(factor) {
    this.view.enlarge(factor);
    this.#draw();
  }

  #draw() {
    this.slider.value = String(this.view.zoom);
    const sharpness = devicePixelRatio || 1, { canvas, width, height } = this;
    canvas.width = width * sharpness;
    canvas.height = height * sharpness;
    const pen = canvas.getContext('2d');
    if (!pen) return;
    pen.scale(sharpness, sharpness);
    this.#drawTiles(pen);
    const { scale, x, y } = this.view;
    pen.drawImage(this.picture, width / 2 - x * scale, height / 2 - y * scale, this.picture.width * scale, this.picture.height * scale);
    this.#drawWindow(pen);
  }

  /** What shows where a picture is transparent. @param {CanvasRenderingContext2D} pen */
  #drawTiles(pen) {
    pen.fillStyle = '#eef1f6';
    pen.fillRect(0, 0, this.width, this.height);
    pen.fillStyle = '#d9dfe9';
    for (let row = 0; row * TILE < this.height; row += 1) for (let x = (row % 2) * TILE; x < this.width; x += 2 * TILE) pen.fillRect(x, row * TILE, TILE, TILE);
  }

  /** All around the window is dimmed. @param {CanvasRenderingContext2D} pen */
  #drawWindow(pen) {
    const hole = this.#window(), around = new Path2D();
    around.rect(0, 0, this.width, this.height);
    around.addPath(hole);
    pen.fillStyle = 'rgba(11, 23, 51, .62)';
    pen.fill(around, 'evenodd');
    pen.strokeStyle = '#fff';
    pen.lineWidth = 2;
    pen.stroke(hole);
  }

  #window() {
    const { width, height } = this.view.frame, left = (this.width - width) / 2, top = (this.height - height) / 2;
    const shape = new Path2D();
    if (this.shape !== 'head') shape.roundRect(left, top, width, height, 12);
    else shape.addPath(new Path2D(HEAD), new DOMMatrix().translate(left, top).scale(width / HEAD_BOX.width, height / HEAD_BOX.height).translate(-HEAD_BOX.x, -HEAD_BOX.y));
    return shape;
  }
}
