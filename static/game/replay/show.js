// @ts-check
/** A stored round on the stage: what the playhead passes is seen, as it was when it was played. */
import { LAST_TICK, TICKS, submissionOf, waveOf } from '../sim/rules.js';
import { aimAt, drawAim } from './aim.js';
import { Reel } from './reel.js';

/** @typedef {import('../sim/round.js').Event} Event */
/**
 * @typedef {{view: import('../view/view.js').View, hud: import('../hud.js').Hud, speech: import('../speech.js').Speech,
 *   texts: import('../texts.js').Texts, theatre: import('../theatre.js').Theatre, playhead: import('./playhead.js').Playhead}} Stagehands
 */

const BANNER_MS = 1000;
const CUT_SECONDS = 60; // at a cut this much time passes on the stage, so that what flew about is long gone

/** What the boss says to it. @type {Partial<Record<Event['kind'], string>>} */
const SAYS = { dodge: 'dodge', 'knock-out': 'down', respawn: 'back', plant: 'laugh' };

export class Show {
  /** @param {import('./record.js').Kept} record @param {Stagehands} hands */
  constructor(record, hands) {
    this.reel = new Reel(record);
    this.hands = hands;
    this.seconds = performance.now() / 1000; // the stage's own time: it stands still in a pause and goes as fast as the round
    this.wave = 0;
  }

  /** A cut to where the playhead is. */
  cut() {
    const tick = Math.floor(this.hands.playhead.tick);
    this.reel.wind(tick);
    this.hands.view.reset();
    this.seconds += CUT_SECONDS;
    this.wave = waveOf(tick);
  }

  /** From the first tick. */
  begin() {
    this.cut();
    this.wave = 0;
  }

  /** One picture of the round. @param {number} seconds of the round that went by since the last one */
  frame(seconds) {
    const { view, hud, speech, theatre, playhead: { tick } } = this.hands;
    const { reel } = this, { shots } = reel;
    this.seconds += seconds;
    const now = this.seconds, ms = now * 1000;
    if (Math.floor(tick) > reel.tick) this.#play(Math.floor(tick), ms);
    const aim = aimAt(shots, tick);
    theatre.lookAt(aim.x);
    view.draw({ sim: reel.sim, tick, over: 0, now, aim });
    drawAim(view.pen, shots, tick);
    hud.show(reel.sim, tick, Math.min(tick, TICKS));
    this.#announce(tick, ms);
    speech.step(ms, view.boss.x);
  }

  /** The idle stage, before the round and after it. @param {number} seconds @param {{x: number, y: number}} aim */
  idle(seconds, aim) {
    const { view, speech } = this.hands;
    this.seconds += seconds;
    view.draw({ sim: null, tick: 0, over: 0, now: this.seconds, aim });
    speech.step(this.seconds * 1000, view.boss.x);
  }

  /** @param {number} tick @param {number} ms */
  #play(tick, ms) {
    const { view, speech, texts } = this.hands;
    const { events, thrown } = this.reel.run(tick);
    for (const shot of thrown) view.fire(shot, ms / 1000);
    for (const event of events) {
      const { x, y } = view.react(event, ms / 1000);
      const look = event.points >= 500 ? 'best' : event.points < 0 ? 'bad' : '';
      if (event.points) speech.float(`${event.points > 0 ? '+' : '−'}${texts.number(Math.abs(event.points))}`, look, x, y - 50);
      const line = SAYS[event.kind];
      if (line) speech.say(line, ms);
    }
  }

  /** @param {number} tick @param {number} ms */
  #announce(tick, ms) {
    const { speech, texts } = this.hands;
    const submission = submissionOf(Math.min(Math.floor(tick), TICKS - 1)), wave = waveOf(Math.floor(tick));
    if (tick < TICKS && this.reel.voids.includes(submission)) {
      speech.announce(texts.say('replay.void'), texts.say('replay.void.text', { number: submission }), ms + 1);
    } else if (wave !== this.wave && tick < LAST_TICK) {
      speech.announce(texts.say('wave.name', { number: wave }), '', ms + BANNER_MS);
    }
    this.wave = wave;
  }
}

