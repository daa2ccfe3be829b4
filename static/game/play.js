// @ts-check
/** One round on the screen: the course runs, the view draws it, hits are seen, heard and felt. */
import { byId } from './dom.js';
import { createLoop } from './loop.js';
import { COMBO_STEP, TICKS, TICK_RATE, TOP_MULTIPLIER, WAVES, WAVE_TICKS, WIDTH, multiplier } from './sim/rules.js';

/** @typedef {import('./course.js').Course | import('./calm.js').CalmCourse} Course @typedef {import('./sim/round.js').Event} Event */
/** @typedef {{view: import('./view/view.js').View, hud: import('./hud.js').Hud, speech: import('./speech.js').Speech,
 *   sound: import('./sound.js').Sound, input: import('./input/input.js').Input, texts: import('./texts.js').Texts,
 *   practice: import('./practice.js').Practice}} Stagehands */

const EARLY_SHOT_MS = 200; // a click this much before the next dart is ready still counts
const BANNER_MS = 1000;
const COUNT_MS = 3500; // a wait longer than this is not counted down
const PAUSE_MS = 900; // nor one that begins shorter than this
const SLOW_ANSWER_TICKS = 45; // a wait shorter than this passes unmentioned
const MISS_STREAK = 4; // makes the boss laugh
const GIFT_EDGE = 230; // world pixels: the words over a gift stay on the field
const HURRY_TICKS = 5 * TICK_RATE; // the tune goes up

export class Play {
  /** @param {Course} course @param {Stagehands} hands */
  constructor(course, hands) {
    this.course = course;
    this.hands = hands;
    this.wave = 0;
    this.count = 0;
    this.misses = 0;
    this.hasEnded = false; // the last dart has landed
    /** @type {{x: number, y: number, until: number} | null} */ this.wish = null;
    /** One picture, filled in anew every frame. @type {import('./view/view.js').Picture} */
    this.picture = { sim: course.sim, tick: 0, over: 0, now: 0, aim: hands.input.aim };
    this.frame = createLoop({
      tickAt: () => this.course.moment().tick,
      step: () => this.#react(this.course.step()),
      draw: (tick, now) => this.#draw(tick, now),
    });
  }

  /** Nothing is left to see, the slow end included. */
  get isDone() { return this.course.isDone && !this.hands.view.clock.isSlow(performance.now() / 1000); }

  /** A click, a tap, a key. @param {number} x @param {number} y world pixels */
  shoot(x, y) {
    const refusal = this.course.fire(x, y);
    if (refusal === null) this.#fired();
    else if (refusal === 'reload') this.hands.sound.play('dry');
    this.wish = refusal === 'cooldown' || refusal === 'reload' ? { x, y, until: performance.now() + EARLY_SHOT_MS } : null;
  }

  #fired() {
    const { sim } = this.course;
    this.hands.view.fire(sim.log.length - 1, performance.now() / 1000);
    this.hands.sound.play('shoot');
    if (sim.magazineLeft === 8) this.hands.sound.play('reload');
  }

  #granted() {
    if (!this.wish) return;
    const { x, y, until } = this.wish;
    if (performance.now() > until) this.wish = null;
    else if (this.course.fire(x, y) === null) {
      this.wish = null;
      this.#fired();
    }
  }

  /** @param {Event[]} events */
  #react(events) {
    const now = performance.now();
    for (const event of events) {
      const at = this.hands.view.react(event, now / 1000);
      this.#comment(event, at, now);
    }
    this.#granted();
  }

  /** @param {Event} event @param {{x: number, y: number}} at @param {number} now */
  #comment(event, at, now) {
    const { sound, view } = this.hands;
    const name = event.kind === 'hit' ? event.target : event.kind;
    sound.play(name, event.kind === 'hit' || event.kind === 'boss' ? event.combo - 1 : 0);
    if (event.kind === 'boss') navigator.vibrate?.(12);
    if (event.kind === 'knock-out') navigator.vibrate?.([20, 40, 60]);
    this.#float(event, at);
    this.misses = event.kind === 'miss' ? this.misses + 1 : event.kind === 'respawn' ? this.misses : 0;
    if (this.misses >= MISS_STREAK) {
      this.misses = 0;
      view.boss.pull('laugh', view.clock.at(now / 1000));
      this.hands.speech.say('laugh', now);
    }
    const line = SAYS[event.target === 'star' ? 'star' : event.kind];
    if (line && (event.kind !== 'boss' || event.shot % 3 === 0)) this.hands.speech.say(line, now, event.kind === 'gift');
  }

  /** What a dart has brought, and what the next one is multiplied by when that is news. @param {Event} event @param {{x: number, y: number}} at */
  #float({ kind, points, combo }, { x, y }) {
    const { speech, texts } = this.hands;
    if (points) speech.float(`${points > 0 ? '+' : '−'}${texts.number(Math.abs(points))}`, points >= 500 ? 'best' : points < 0 ? 'bad' : '', x, y - 50);
    if (kind === 'gift') {
      speech.float(texts.say('hud.gift'), 'best', Math.max(GIFT_EDGE, Math.min(WIDTH - GIFT_EDGE, x)), y - 60);
      byId('spoken').textContent = texts.say('hud.gift'); // whether it held a prize, the result will tell
    }
    const isStep = combo > 0 && combo % COMBO_STEP === 0 && combo < COMBO_STEP * TOP_MULTIPLIER;
    if (isStep && kind !== 'respawn' && kind !== 'dodge') speech.float(`×${multiplier(combo)}`, 'combo', x, y - 100);
  }

  /** @param {number} tick @param {number} now milliseconds */
  #draw(tick, now) {
    const { view, hud, speech, sound } = this.hands, { picture, course } = this;
    this.#react(course.step());
    const moment = course.moment();
    if (!this.hasEnded && tick >= TICKS && course.sim.darts.length === 0) this.#end(now);
    const warmUp = moment.over < 0 ? this.hands.practice : null; // before the first wave there is practice
    picture.sim = warmUp ? warmUp.sim : course.sim;
    picture.tick = warmUp ? warmUp.moment : tick;
    picture.over = Math.max(0, moment.over);
    picture.now = now / 1000;
    view.draw(picture);
    hud.show(course.sim, tick, course.trouble === 'void' ? tick : tick + moment.over);
    this.#announce(moment, now);
    speech.step(now, view.boss.x);
    if (course.isLive) sound.playTune(tick > TICKS - HURRY_TICKS);
  }

  /** Everything that counts has happened: the eye gets a moment more. @param {number} now */
  #end(now) {
    const { view, speech, sound, texts } = this.hands;
    this.hasEnded = true;
    view.clock.slowDown(now / 1000);
    sound.tune.stop();
    speech.announce(texts.say('wave.over'), '', now + BANNER_MS);
  }

  /** @param {import('./clock.js').Moment} moment @param {number} now */
  #announce(moment, now) {
    const { speech, texts, sound } = this.hands;
    const { trouble, sending } = this.course;
    const wait = moment.waitMs ?? 0;
    const isCounting = !this.course.isLive && wait > 0 && wait <= COUNT_MS && (wait > PAUSE_MS || this.count > 0);
    if ((trouble === 'line' || sending) && moment.over > SLOW_ANSWER_TICKS) speech.announce('', `${texts.say('line.title')}. ${texts.say('line.text')}`, now + 100);
    else if (isCounting) this.#countDown(Math.min(3, Math.ceil(wait / 1000)), now);
    else if (this.course.isLive) this.#announceWave(Math.floor(moment.tick / WAVE_TICKS) + 1, now);
    if (!isCounting && this.count) {
      this.count = 0;
      sound.play('go');
    }
  }

  /** @param {number} seconds @param {number} now */
  #countDown(seconds, now) {
    const { speech, texts, sound } = this.hands;
    const line = this.course.trouble === 'void' && this.course.hasPaused ? texts.say('pause.void') : this.course.trouble === 'void' ? `${texts.say('void.title')}. ${texts.say('void.text')}` : this.wave === 0 ? texts.say('wave.ready') : '';
    speech.announce(String(seconds), line, now + 150);
    if (this.count !== seconds) sound.play('count');
    this.count = seconds;
  }

  /** @param {number} wave @param {number} now */
  #announceWave(wave, now) {
    if (wave === this.wave || wave > WAVES) return;
    const { speech, texts, sound } = this.hands;
    this.wave = wave;
    const line = wave === 1 ? 'wave.first' : wave === WAVES ? 'wave.last' : wave === 2 ? 'wave.wind' : '';
    speech.announce(wave === 1 ? texts.say('wave.go') : texts.say('wave.name', { number: wave }), line ? texts.say(line) : '', now + BANNER_MS);
    if (wave === 1) {
      speech.say('start', now);
      return;
    }
    sound.play('wave');
    byId('spoken').textContent = texts.say('hud.spoken', { score: this.course.sim.score }); // for those who do not see it
  }
}

/** @type {Record<string, string>} */
const SAYS = { dodge: 'dodge', boss: 'hit', 'knock-out': 'down', respawn: 'back', plant: 'plant', star: 'wow', gift: 'gift' };
