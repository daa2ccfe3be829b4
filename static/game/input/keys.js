// @ts-check
/**
 * The keyboard: arrows move a sight that gathers speed, space and enter shoot, 1 to 9 jump to the n-th target from the
 * left and 0 to the boss, where they are now. With one button, every key shoots.
 */
import { speedAfter } from './speed.js';

/** @type {Record<string, [number, number]>} */
const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const DIGIT = /^(?:Digit|Numpad)(\d)$/; // by its place: in France a digit needs shift
const SILENT = ['Escape', 'Tab', 'Shift', 'CapsLock', 'Dead', 'Process', 'Unidentified'];

/** Whether the key belongs to the browser, or to what has the focus. @param {KeyboardEvent} event */
export function isTaken({ key, target, ctrlKey, metaKey, altKey }) {
  if (ctrlKey || metaKey || altKey) return true;
  if (!(target instanceof Element)) return false;
  if (target.closest('input, select, textarea, dialog')) return true;
  return (key === ' ' || key === 'Enter') && target.closest('button, a') !== null;
}

export class Keys {
  /** @param {{nudge: (dx: number, dy: number) => void, fire: () => void, jump: (n: number) => void, isOneButton: () => boolean}} acts */
  constructor(acts) {
    this.acts = acts;
    /** @type {Map<string, number>} key -> seconds held */ this.held = new Map();
  }

  /** What a key does; whether it does anything. @param {KeyboardEvent} event @returns {boolean} */
  press(event) {
    const { key, code, repeat } = event;
    if (isTaken(event)) return false;
    if (this.acts.isOneButton()) return this.#pressAny(key, repeat);
    const digit = DIGIT.exec(code)?.[1];
    if (key in WAYS) this.held.set(key, this.held.get(key) ?? 0);
    else if (key === ' ' || key === 'Enter') this.acts.fire();
    else if (digit) this.acts.jump(Number(digit));
    else return false;
    return true;
  }

  /** @param {string} key @param {boolean} isRepeat */
  #pressAny(key, isRepeat) {
    if (SILENT.includes(key) || /^F\d+$/.test(key)) return false;
    if (!isRepeat) this.acts.fire();
    return true;
  }

  /** @param {string} key */
  lift(key) { this.held.delete(key); }

  forget() { this.held.clear(); }

  /** @param {number} seconds since the last step */
  step(seconds) {
    for (const [key, since] of this.held) {
      const way = speedAfter(since) * seconds;
      this.acts.nudge(WAYS[key][0] * way, WAYS[key][1] * way);
      this.held.set(key, since + seconds);
    }
  }
}
