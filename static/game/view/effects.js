// @ts-check
/**
 * What flies about after a hit: each bit is a pure function of its age, so nothing is stepped and nothing can pile up.
 * Bits lie in a ring that is made once: the next one takes the place of the oldest.
 */

const MOST_BITS = 200;
const CALM_SHARE = 1 / 4; // of the bits, for those who asked for less motion
const FADE_SECONDS = 0.2; // a solid bit is whole until then

/** One bit. Speeds and `gravity` in world pixels a second, `life` in seconds, `grow` is the size gained a second. */
export class Bit {
  constructor() {
    this.name = '';
    this.x = this.y = this.vx = this.vy = this.gravity = 0;
    this.turn = this.spin = this.grow = this.born = 0;
    this.life = -1;
    this.size = 1;
    this.wobble = 0; // squash and stretch, as a share of the size
    this.solid = false; // shrinks away at the end instead of fading
    this.dart = false; // a dart sticks in it
  }

  /** @param {string} name @param {number} x @param {number} y @param {number} born @param {number} life */
  begin(name, x, y, born, life) {
    this.name = name;
    this.x = x;
    this.y = y;
    this.born = born;
    this.life = life;
    this.vx = this.vy = this.gravity = this.turn = this.spin = this.grow = this.wobble = 0;
    this.size = 1;
    this.solid = this.dart = false;
    return this;
  }
}

export class Effects {
  constructor(most = MOST_BITS) {
    this.bits = Array.from({ length: most }, () => new Bit());
    this.most = most; // how many of them are used
    this.isCalm = false;
    this.next = 0;
  }

  /** How many bits may fly at once. */
  get room() { return Math.max(8, Math.floor(this.isCalm ? this.most * CALM_SHARE : this.most)); }

  /** How many of so many bits may fly. @param {number} count */
  allowed(count) { return this.isCalm ? Math.ceil(count * CALM_SHARE) : count; }

  /** @param {string} name @param {number} x @param {number} y @param {number} born seconds, may lie ahead @param {number} life @returns {Bit} to be set further */
  add(name, x, y, born, life) {
    this.next = (this.next + 1) % this.room;
    return this.bits[this.next].begin(name, x, y, born, life);
  }

  /**
   * A round burst of bits.
   * @param {number} now @param {readonly string[]} names @param {number} x @param {number} y @param {number} count
   * @param {number} speed @param {number} [life] @param {number} [size] @param {number} [up] share of the speed @param {number} [gravity]
   */
  burst(now, names, x, y, count, speed, life = 0.7, size = 1, up = 0.3, gravity = 900) {
    const many = this.allowed(count);
    for (let i = 0; i < many; i += 1) {
      const angle = (i / many) * 2 * Math.PI + Math.random() * 0.7;
      const fast = speed * (0.45 + Math.random() * 0.75);
      const bit = this.add(names[i % names.length], x, y, now, life * (0.7 + Math.random() * 0.5));
      bit.vx = Math.cos(angle) * fast;
      bit.vy = Math.sin(angle) * fast - speed * up;
      bit.gravity = gravity;
      bit.turn = angle;
      bit.spin = (Math.random() - 0.5) * 16;
      bit.size = size * (0.6 + Math.random() * 0.7);
    }
  }

  /** None is left. */
  clear() { for (const bit of this.bits) bit.life = -1; }

  /** @param {import('./pen.js').Pen} pen @param {number} now */
  draw(pen, now) {
    for (let i = 0; i < this.bits.length; i += 1) {
      const bit = this.bits[i], age = now - bit.born;
      if (age >= 0 && age <= bit.life) drawBit(pen, bit, age);
    }
  }
}

/** @param {import('./pen.js').Pen} pen @param {Bit} bit @param {number} age */
function drawBit(pen, bit, age) {
  const x = bit.x + bit.vx * age, y = bit.y + bit.vy * age + (bit.gravity * age * age) / 2;
  const turn = bit.turn + bit.spin * age, left = bit.life - age, share = age / bit.life;
  const end = bit.solid && left < FADE_SECONDS ? left / FADE_SECONDS : 1;
  const size = Math.max(0, bit.size + bit.grow * age) * end;
  const squash = bit.wobble && bit.wobble * Math.exp(-age * 7) * Math.cos(age * 30);
  pen.stamp(bit.name, x, y, size, turn, bit.solid ? 1 : 1 - share * share, 1 + squash, 1 - squash);
  if (bit.dart) pen.stamp('stuck', x, y, size * 0.8, turn);
}
