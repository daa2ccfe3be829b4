// @ts-check
/** What flies about after a hit: each bit is a pure function of its age, so nothing is stepped and nothing can pile up. */

/**
 * `gravity` and speeds in world pixels a second, `life` in seconds; `grow` is the size it gains a second.
 * @typedef {{name: string, x: number, y: number, vx?: number, vy?: number, gravity?: number, turn?: number, spin?: number,
 *   size?: number, grow?: number, life: number, delay?: number, solid?: boolean}} Bit
 */

const MOST_BITS = 200;

export class Effects {
  constructor(most = MOST_BITS) {
    this.most = most;
    /** @type {(Required<Bit> & {born: number})[]} */ this.bits = [];
  }

  /** @param {number} now seconds @param {Bit} bit */
  add(now, { delay = 0, ...bit }) {
    if (this.bits.length >= this.most) this.bits.shift();
    this.bits.push({ vx: 0, vy: 0, gravity: 0, turn: 0, spin: 0, size: 1, grow: 0, solid: false, delay, ...bit, born: now + delay });
  }

  /**
   * A round burst of bits.
   * @param {number} now @param {string[]} names @param {number} x @param {number} y
   * @param {{count: number, speed: number, gravity?: number, life?: number, size?: number, up?: number}} how
   */
  burst(now, names, x, y, { count, speed, gravity = 900, life = 0.7, size = 1, up = 0.3 }) {
    for (let i = 0; i < count; i += 1) {
      const angle = (i / count) * 2 * Math.PI + Math.random() * 0.7;
      const fast = speed * (0.45 + Math.random() * 0.75);
      this.add(now, {
        name: names[i % names.length], x, y, vx: Math.cos(angle) * fast, vy: Math.sin(angle) * fast - speed * up, gravity,
        turn: angle, spin: (Math.random() - 0.5) * 16, size: size * (0.6 + Math.random() * 0.7), life: life * (0.7 + Math.random() * 0.5),
      });
    }
  }

  /** @param {import('./pen.js').Pen} pen @param {number} now */
  draw(pen, now) {
    let kept = 0;
    for (const bit of this.bits) {
      const age = now - bit.born;
      if (age > bit.life) continue;
      this.bits[kept++] = bit;
      if (age < 0) continue;
      const fade = bit.solid ? 1 : 1 - (age / bit.life) ** 2;
      pen.stamp(bit.name, bit.x + bit.vx * age, bit.y + bit.vy * age + (bit.gravity * age * age) / 2,
        { turn: bit.turn + bit.spin * age, size: Math.max(0, bit.size + bit.grow * age), alpha: fade });
    }
    this.bits.length = kept;
  }
}
