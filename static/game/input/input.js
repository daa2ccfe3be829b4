// @ts-check
/**
 * Every way to aim becomes one sight, and shots at pixels of the world: mouse, fingers, keys, gamepad, or a sight that
 * goes by itself and one button. What is logged is the same for all of them, and so is what it is worth.
 */
import { HEIGHT, WIDTH } from '../sim/rules.js';
import { Fingers } from './fingers.js';
import { Keys } from './keys.js';
import { bossNow, nthFromLeft } from './marks.js';
import { Pad } from './pad.js';
import { Sweep } from './sweep.js';

/** @typedef {'mouse' | 'touch' | 'keys' | 'pad'} Hand what a player last aimed with */
/** @typedef {{field: import('./marks.js').Field, tick: number}} Seen the field as it is now */
/**
 * @typedef {{canvas: HTMLElement, toWorld: (clientX: number, clientY: number) => import('./marks.js').Point,
 *   settings: import('../settings.js').Settings, shoot: (x: number, y: number) => void, seen: () => Seen | null,
 *   start: () => void, act: () => void, greet: () => void}} Hands
 * `start` is the pad's pause button, `act` its A outside a round, `greet` is called when one shows up.
 */

const CONTROLS = 'button, a, dialog, input, select, textarea, .screen';

/** @param {number} value @param {number} end */
const inside = (value, end) => Math.max(0, Math.min(end - 1, value));

export class Input {
  /** @param {Hands} hands */
  constructor(hands) {
    this.hands = hands;
    this.isOn = false; // in a round; before one only pointers throw, for practice
    this.isPractice = false;
    /** @type {Hand} */ this.hand = matchMedia('(pointer: coarse)').matches ? 'touch' : 'mouse';
    this.aim = { x: WIDTH / 2, y: 640, isShown: false };
    const nudge = (/** @type {Hand} */ hand) => (/** @type {number} */ dx, /** @type {number} */ dy) => this.#nudge(hand, dx, dy);
    this.fingers = new Fingers(hands.toWorld);
    this.keys = new Keys({ nudge: nudge('keys'), fire: () => this.#fire('keys'), jump: (n) => this.#jump(n), isOneButton: () => this.isOneButton });
    this.pad = new Pad({ nudge: nudge('pad'), fire: () => { if (this.isOn) this.#fire('pad'); else hands.act(); }, start: hands.start });
    this.sweep = new Sweep();
    this.#listenToPointers(hands.canvas);
    this.#listenToTheRest();
  }

  /** Whether the sight goes by itself. */
  get isOneButton() { return this.isOn && this.hands.settings.get('aim') === 'one-button'; }

  /** Take shots, or none. @param {'play' | 'practice' | 'nothing'} use */
  turn(use) {
    this.isOn = use === 'play';
    this.isPractice = use === 'practice';
    this.aim.isShown = false;
    this.keys.forget();
    this.fingers.forget();
  }

  /** @param {HTMLElement} canvas */
  #listenToPointers(canvas) {
    canvas.addEventListener('pointermove', (event) => this.#point(event));
    canvas.addEventListener('pointerdown', (event) => this.#press(event));
    canvas.addEventListener('pointerup', (event) => this.#lift(event));
    canvas.addEventListener('pointercancel', ({ pointerId }) => this.#lose(pointerId));
    canvas.addEventListener('pointerleave', ({ pointerType }) => { if (pointerType === 'mouse' && !this.isOn) this.aim.isShown = false; });
    canvas.addEventListener('contextmenu', (event) => event.preventDefault());
    window.addEventListener('pointerdown', (event) => {
      if (this.isOneButton && event.target instanceof Element && !event.target.closest(CONTROLS)) this.#fire(event.pointerType === 'touch' ? 'touch' : 'mouse');
    });
  }

  #listenToTheRest() {
    window.addEventListener('keydown', (event) => {
      if (!this.isOn || !this.keys.press(event)) return;
      this.#show('keys');
      event.preventDefault();
    });
    window.addEventListener('keyup', ({ key }) => this.keys.lift(key));
    window.addEventListener('blur', () => this.keys.forget());
    window.addEventListener('gamepadconnected', () => {
      this.pad.isThere = true;
      this.hand = 'pad';
      this.hands.greet();
    });
  }

  /** Let held keys, sticks and fingers move the sight, or let it go by itself. @param {number} seconds since the last frame */
  step(seconds) {
    this.pad.step(seconds);
    if (this.isOneButton) {
      const seen = this.hands.seen();
      if (seen) this.#moveTo(this.sweep.step(seen.field, seen.tick, seconds, this.aim));
      this.aim.isShown = true;
      return;
    }
    this.keys.step(seconds);
    const sight = this.fingers.step(seconds);
    if (sight) this.#moveTo(sight);
  }

  /** @param {Hand} hand */
  #show(hand) {
    this.hand = hand;
    this.aim.isShown = true;
  }

  /** @param {import('./marks.js').Point} to world pixels */
  #moveTo({ x, y }) {
    this.aim.x = inside(x, WIDTH);
    this.aim.y = inside(y, HEIGHT);
  }

  /** @param {Hand} hand @param {number} dx @param {number} dy world pixels */
  #nudge(hand, dx, dy) {
    if (!this.isOn || this.isOneButton) return;
    this.#show(hand);
    this.#moveTo({ x: this.aim.x + dx, y: this.aim.y + dy });
  }

  /** @param {number} n 0 is the boss */
  #jump(n) {
    const seen = this.hands.seen();
    const place = seen && (n === 0 ? bossNow(seen.field, seen.tick) : nthFromLeft(seen.field, seen.tick, n));
    if (place) this.#moveTo(place);
  }

  /** @param {Hand} hand */
  #fire(hand) {
    this.#show(hand);
    this.hands.shoot(this.aim.x, this.aim.y);
    this.sweep.leave();
  }

  /** @param {PointerEvent} event */
  #point({ pointerType, pointerId, clientX, clientY }) {
    if (this.isOneButton || !(this.isOn || this.isPractice)) return;
    if (pointerType === 'touch') {
      this.fingers.move(pointerId, clientX, clientY);
      return;
    }
    this.#show('mouse');
    this.#moveTo(this.hands.toWorld(clientX, clientY));
  }

  /** @param {PointerEvent} event */
  #press(event) {
    if (this.isOn) event.preventDefault();
    if (this.isOneButton || !(this.isOn || this.isPractice)) return;
    this.#show(event.pointerType === 'touch' ? 'touch' : 'mouse');
    this.#moveTo(this.hands.toWorld(event.clientX, event.clientY));
    if (event.pointerType === 'touch') this.fingers.press(event.pointerId, event.clientX, event.clientY);
    else if (event.button === 0) this.#fire('mouse');
  }

  /** @param {PointerEvent} event */
  #lift({ pointerId, clientX, clientY }) {
    this.fingers.move(pointerId, clientX, clientY);
    const spot = this.fingers.lift(pointerId);
    if (!spot) return;
    this.#moveTo(spot);
    this.#fire('touch');
    this.aim.isShown = this.fingers.down.size > 0;
  }

  /** @param {number} pointerId */
  #lose(pointerId) {
    this.fingers.forget(pointerId);
    this.aim.isShown = false;
  }
}
