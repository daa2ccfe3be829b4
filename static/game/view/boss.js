// @ts-check
/** The boss alive: faces, leaning, squash, the knock-out behind the desk. Times are seconds of the view. */
import { BOSS_Y } from '../sim/rules.js';

/** @typedef {import('./pen.js').Pen} Pen */

const DESK_Y = 410;
const FACE_SECONDS = { ouch: 0.55, smug: 1.1, laugh: 1.3, wow: 0.8 };
const SINK = 330; // world pixels down, until nothing of him shows
const STUCK_SECONDS = 1.6;

/** @param {number} share 0..1 */
const ease = (share) => 1 - (1 - Math.max(0, Math.min(1, share))) ** 3;

export class Boss {
  constructor() {
    this.x = 360;
    this.speed = 0; // world pixels a second, smoothed
    this.seenAt = 0;
    this.face = 'neutral';
    this.faceUntil = 0;
    this.hitAt = -9;
    this.downAt = -9;
    this.upAt = -9;
    this.isDown = false;
    /** @type {{dx: number, dy: number, until: number}[]} */ this.stuck = [];
  }

  /** @param {keyof typeof FACE_SECONDS} face @param {number} now */
  pull(face, now) {
    this.face = face;
    this.faceUntil = now + FACE_SECONDS[face];
  }

  /** A dart lands on him. @param {number} now @param {number} x @param {number} y */
  takeHit(now, x, y) {
    this.pull('ouch', now);
    this.hitAt = now;
    if (this.stuck.length > 5) this.stuck.shift();
    this.stuck.push({ dx: x - this.x, dy: y - BOSS_Y, until: now + STUCK_SECONDS });
  }

  /** @param {number} now @param {number} x @param {boolean} isDown */
  move(now, x, isDown) {
    const passed = Math.max(0.004, now - this.seenAt);
    if (passed < 0.2) this.speed += ((x - this.x) / passed - this.speed) * Math.min(1, passed * 10);
    this.x = x;
    this.seenAt = now;
    if (isDown !== this.isDown) {
      this.isDown = isDown;
      if (isDown) this.downAt = now;
      else this.upAt = now;
      this.stuck.length = 0;
    }
  }

  /** How far he has slid behind the desk. @param {number} now */
  sunk(now) {
    if (this.isDown) return SINK * ease((now - this.downAt - 0.9) / 0.5);
    return SINK * (1 - ease((now - this.upAt) / 0.4));
  }

  /** @param {number} now */
  faceAt(now) {
    if (this.isDown) return 'dizzy';
    if (now < this.faceUntil) return this.face;
    return now % 3.6 < 0.13 || (now + 1.1) % 5.3 < 0.11 ? 'blink' : 'neutral';
  }

  /** @param {Pen} pen @param {number} now @param {{x: number, y: number}} aim what his eyes follow */
  draw(pen, now, aim) {
    const sunk = this.sunk(now), age = now - this.hitAt;
    const squash = Math.exp(-age * 8) * Math.cos(age * 26) * 0.1;
    const pose = { wide: 1 + squash, tall: 1 - squash + Math.sin(now * 2.6) * 0.008, turn: this.#lean(now) };
    const y = BOSS_Y + sunk + squash * 60;
    pen.above(DESK_Y + 40, () => {
      if (sunk > 120) pen.stamp('flag', this.x, DESK_Y + 60 - (sunk - 120) * 0.35, { turn: Math.sin(now * 7) * 0.24, size: 1.25 });
      if (sunk < SINK - 1) this.#drawBody(pen, now, y, pose, aim);
    });
    pen.stamp('papers', 130, 412);
    pen.stamp('mug', 596, 412);
    pen.stamp('desk', 360, DESK_Y);
    if (sunk < 60) for (const side of [-1, 1]) pen.stamp('hand', this.x + side * 110 + sunk * side * 0.2, 404 + sunk * 0.4, { wide: -side });
  }

  /** @param {Pen} pen @param {number} now @param {number} y @param {import('./pen.js').How} pose @param {{x: number, y: number}} aim */
  #drawBody(pen, now, y, pose, aim) {
    const face = this.faceAt(now);
    pen.stamp('bust', this.x, y, pose);
    pen.stamp(`face-${face}`, this.x, y, pose);
    if (face === 'neutral' || face === 'wow') {
      const dx = aim.x - this.x, dy = aim.y - y, far = Math.hypot(dx, dy) || 1;
      pen.stamp('pupils', this.x + (dx / far) * 7, y + (dy / far) * 7, pose);
    }
    this.stuck = this.stuck.filter(({ until }) => now < until);
    for (const { dx, dy, until } of this.stuck) pen.stamp('stuck', this.x + dx, y + dy, { size: 0.8 * Math.min(1, (until - now) * 5) });
    if (this.isDown) for (let i = 0; i < 4; i += 1) this.#drawDizzyStar(pen, now, y, i);
  }

  /** @param {Pen} pen @param {number} now @param {number} y @param {number} i */
  #drawDizzyStar(pen, now, y, i) {
    const angle = now * 5 + (i * Math.PI) / 2;
    pen.stamp('spark', this.x + Math.cos(angle) * 120, y - 120 + Math.sin(angle) * 26, { size: 1 + Math.sin(angle) * 0.25, turn: angle });
  }

  /** @param {number} now */
  #lean(now) {
    if (this.isDown) return Math.sin(now * 9) * 0.09;
    return Math.max(-0.16, Math.min(0.16, this.speed * 0.0004)) + Math.sin(now * 1.3) * 0.012;
  }
}
