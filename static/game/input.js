// @ts-check
/**
 * Pointer, touch and keys become an aim and shots at pixels of the world. A mouse shoots where it is pressed; a finger
 * aims while it is down and shoots where it is lifted; arrow keys move a sight that gathers speed, space shoots.
 */
import { HEIGHT, WIDTH } from './sim/rules.js';

const SLOW = 260, FAST = 1500, GATHER_SECONDS = 0.7; // world pixels a second
/** @type {Record<string, [number, number]>} */
const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** @param {number} value @param {number} end */
const inside = (value, end) => Math.max(0, Math.min(end - 1, value));

export class Input {
  /**
   * @param {HTMLElement} field @param {(clientX: number, clientY: number) => {x: number, y: number}} toWorld
   * @param {(x: number, y: number) => void} shoot
   */
  constructor(field, toWorld, shoot) {
    this.toWorld = toWorld;
    this.shoot = shoot;
    this.isOn = false;
    this.aim = { x: WIDTH / 2, y: 640, isShown: false };
    /** @type {Map<string, number>} key -> seconds held */ this.held = new Map();
    field.addEventListener('pointermove', (event) => this.#point(event));
    field.addEventListener('pointerdown', (event) => this.#press(event));
    field.addEventListener('pointerup', (event) => this.#lift(event));
    field.addEventListener('pointercancel', () => { this.aim.isShown = false; });
    field.addEventListener('contextmenu', (event) => event.preventDefault());
    window.addEventListener('keydown', (event) => this.#key(event));
    window.addEventListener('keyup', (event) => this.held.delete(event.key));
    window.addEventListener('blur', () => this.held.clear());
  }

  /** Let held arrow keys move the sight. @param {number} seconds since the last frame */
  step(seconds) {
    for (const [key, since] of this.held) {
      const speed = SLOW + (FAST - SLOW) * Math.min(1, since / GATHER_SECONDS) ** 2;
      this.aim.x = inside(this.aim.x + WAYS[key][0] * speed * seconds, WIDTH);
      this.aim.y = inside(this.aim.y + WAYS[key][1] * speed * seconds, HEIGHT);
      this.held.set(key, since + seconds);
    }
  }

  /** @param {PointerEvent} event */
  #point(event) {
    const at = this.toWorld(event.clientX, event.clientY);
    Object.assign(this.aim, { x: inside(at.x, WIDTH), y: inside(at.y, HEIGHT), isShown: event.pointerType !== 'touch' || event.buttons > 0 });
  }

  /** @param {PointerEvent} event */
  #press(event) {
    if (!this.isOn) return;
    event.preventDefault();
    this.#point(event);
    if (event.pointerType === 'mouse' && event.button === 0) this.shoot(this.aim.x, this.aim.y);
  }

  /** @param {PointerEvent} event */
  #lift(event) {
    if (!this.isOn || event.pointerType === 'mouse') return;
    this.#point(event);
    this.aim.isShown = false;
    this.shoot(this.aim.x, this.aim.y);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (!this.isOn || event.ctrlKey || event.metaKey || event.altKey || event.target instanceof HTMLTextAreaElement) return;
    if (event.key in WAYS) {
      if (!this.held.has(event.key)) this.held.set(event.key, 0);
    } else if (event.key === ' ' || event.key === 'Enter') {
      if (event.target instanceof HTMLButtonElement || event.target instanceof HTMLAnchorElement) return;
      this.shoot(this.aim.x, this.aim.y);
    } else {
      return;
    }
    this.aim.isShown = true;
    event.preventDefault();
  }
}
