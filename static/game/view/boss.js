// @ts-check
/** The boss alive: faces, leaning, squash, the knock-out behind the desk. Times are seconds of the view. */
import { BOSS_Y } from '../sim/rules.js';
import { FREEZE_SECONDS } from './bursts.js';

/** @typedef {import('./pen.js').Pen} Pen */

const DESK_Y = 410;
const FACE_SECONDS = { ouch: 0.55, smug: 1.1, laugh: 1.3, wow: 0.8 };
const FACES = { neutral: 'face-neutral', blink: 'face-blink', dizzy: 'face-dizzy', ouch: 'face-ouch', smug: 'face-smug', laugh: 'face-laugh', wow: 'face-wow' };
const SINK = 330; // world pixels down, until nothing of him shows
const STUCK_SECONDS = 1.6;
const MOST_STUCK = 6;
const CATCH_UP_SECONDS = 0.12; // after a blink of standing still

/** @param {number} share 0..1 */
const ease = (share) => 1 - (1 - Math.max(0, Math.min(1, share))) ** 3;

export class Boss {
  constructor() {
    this.x = 360;
    this.speed = 0; // world pixels a second, smoothed
    this.seenAt = 0;
    /** @type {keyof typeof FACES} */ this.face = 'neutral';
    this.faceUntil = 0;
    this.hitAt = -9;
    this.hitX = 360; // where he stood then
    this.downAt = -9;
    this.upAt = -9;
    this.isDown = false;
    this.stuck = Array.from({ length: MOST_STUCK }, () => ({ dx: 0, dy: 0, until: 0 }));
    this.nextStuck = 0;
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
    this.hitX = this.x;
    const dart = this.stuck[this.nextStuck++ % MOST_STUCK];
    dart.dx = x - this.x;
    dart.dy = y - BOSS_Y;
    dart.until = now + STUCK_SECONDS;
  }

  /** @param {number} now @param {number} x @param {boolean} isDown */
  move(now, x, isDown) {
    const passed = Math.max(0.004, now - this.seenAt);
    if (passed < 0.2) this.speed += ((x - this.x) / passed - this.speed) * Math.min(1, passed * 10);
    this.x = x;
    this.seenAt = now;
    if (isDown === this.isDown) return;
    this.isDown = isDown;
    if (isDown) this.downAt = now;
    else this.upAt = now;
    for (const dart of this.stuck) dart.until = 0;
  }

  /** How far he has slid behind the desk. @param {number} now */
  sunk(now) {
    if (this.isDown) return SINK * ease((now - this.downAt - 0.9) / 0.5);
    return SINK * (1 - ease((now - this.upAt) / 0.4));
  }

  /** @param {number} now @returns {keyof typeof FACES} */
  faceAt(now) {
    if (this.isDown) return 'dizzy';
    if (now < this.faceUntil) return this.face;
    return now % 3.6 < 0.13 || (now + 1.1) % 5.3 < 0.11 ? 'blink' : 'neutral';
  }

  /** Where he shows: a hit stops him for a blink, then he catches up with himself. @param {number} now */
  #shownX(now) {
    const late = (now - this.hitAt - FREEZE_SECONDS) / CATCH_UP_SECONDS;
    return late >= 1 ? this.x : this.hitX + (this.x - this.hitX) * ease(late);
  }

  /** @param {Pen} pen @param {number} now @param {number} aimX @param {number} aimY what his eyes follow */
  draw(pen, now, aimX, aimY) {
    const x = this.#shownX(now), sunk = this.sunk(now);
    pen.clipBelow(DESK_Y + 40);
    if (sunk > 120) pen.stamp('flag', x, DESK_Y + 60 - (sunk - 120) * 0.35, 1.25, Math.sin(now * 7) * 0.24);
    if (sunk < SINK - 1) this.#drawBody(pen, now, x, sunk, aimX, aimY);
    pen.unclip();
    pen.stamp('papers', 130, 412);
    pen.stamp('mug', 596, 412);
    pen.stamp('desk', 360, DESK_Y);
    if (sunk >= 60) return;
    for (let side = -1; side <= 1; side += 2) pen.stamp('hand', x + side * (110 + sunk * 0.2), 404 + sunk * 0.4, 1, 0, 1, -side);
  }

  /** @param {Pen} pen @param {number} now @param {number} x @param {number} sunk @param {number} aimX @param {number} aimY */
  #drawBody(pen, now, x, sunk, aimX, aimY) {
    const age = Math.max(0, now - this.hitAt - FREEZE_SECONDS);
    const squash = Math.exp(-age * 8) * Math.cos(age * 26) * 0.1;
    const y = BOSS_Y + sunk + squash * 60, turn = this.#lean(now);
    const wide = 1 + squash, tall = 1 - squash + Math.sin(now * 2.6) * 0.008;
    const face = this.faceAt(now);
    pen.stamp('bust', x, y, 1, turn, 1, wide, tall);
    pen.stamp(FACES[face], x, y, 1, turn, 1, wide, tall);
    if (face === 'neutral' || face === 'wow') {
      const dx = aimX - x, dy = aimY - y, far = Math.hypot(dx, dy) || 1;
      pen.stamp('pupils', x + (dx / far) * 7, y + (dy / far) * 7, 1, turn, 1, wide, tall);
    }
    for (const { dx, dy, until } of this.stuck) if (now < until) pen.stamp('stuck', x + dx, y + dy, 0.8 * Math.min(1, (until - now) * 5));
    if (this.isDown) for (let i = 0; i < 4; i += 1) drawDizzyStar(pen, now, x, y, i);
  }

  /** @param {number} now */
  #lean(now) {
    if (this.isDown) return Math.sin(now * 9) * 0.09;
    return Math.max(-0.16, Math.min(0.16, this.speed * 0.0004)) + Math.sin(now * 1.3) * 0.012;
  }
}

/** @param {Pen} pen @param {number} now @param {number} x @param {number} y @param {number} i */
function drawDizzyStar(pen, now, x, y, i) {
  const angle = now * 5 + (i * Math.PI) / 2;
  pen.stamp('spark', x + Math.cos(angle) * 120, y - 120 + Math.sin(angle) * 26, 1 + Math.sin(angle) * 0.25, angle);
}
