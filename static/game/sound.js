// @ts-check
/**
 * Sounds by ZzFX, a synthesiser of one small file that is fetched at a player's first touch: browsers allow no sound
 * before one. Each sound is made once from its numbers, then played at the pitch that is wanted.
 */
import { Tune } from './tune.js';

const SYNTHESISER = '/static/vendor/zzfx/ZzFX.js';
const LOUD = 1.2;
const TUNE_LOUD = 0.34; // of a sound: it stays behind them
const TOP_LIFT = 16; // semitones that a combo may lift a sound

export class Sound {
  /** @param {import('./settings.js').Settings} settings */
  constructor(settings) {
    this.settings = settings;
    this.isMuted = false;
    this.hasTune = true;
    /** @type {AudioContext | null} */ this.context = null;
    /** @type {GainNode | null} */ this.out = null;
    /** @type {Map<string, AudioBuffer>} */ this.made = new Map();
    this.tune = new Tune((name, at, semitones, loud) => this.#strike(name, at, semitones, loud * TUNE_LOUD));
    settings.onChange(() => this.#learn());
    this.#learn();
  }

  #learn() {
    this.isMuted = this.settings.get('sound') === 'off';
    this.hasTune = this.settings.get('tune') === 'on';
  }

  /** To be called within a touch or a click. */
  wake() {
    if (this.context) {
      if (this.context.state !== 'running') void this.context.resume(); // suspended, or interrupted by a call
      return;
    }
    try {
      this.context = new AudioContext();
    } catch {
      return; // there is none, or none to be had in a view inside an app: the round is played without
    }
    this.out = this.context.createGain();
    this.out.gain.value = LOUD;
    this.out.connect(this.context.destination);
    this.#make(this.context).catch(() => undefined); // a lost line costs the sounds, not the round
  }

  /** @returns {Promise<any>} */
  synthesiser() { return import(SYNTHESISER); }

  /** One sound after the other, with room for frames in between. @param {AudioContext} context */
  async #make(context) {
    const [{ ZZFX }, { SOUNDS, numbersOf }] = await Promise.all([this.synthesiser(), import('./sounds.js')]);
    void ZZFX.audioContext.close(); // its own; ours was made within the touch, as some browsers want
    for (const [name, recipe] of Object.entries(SOUNDS)) {
      const samples = ZZFX.buildSamples(...numbersOf(recipe));
      const buffer = context.createBuffer(1, samples.length, ZZFX.sampleRate);
      buffer.getChannelData(0).set(samples);
      this.made.set(name, buffer);
      await new Promise((wake) => { setTimeout(wake); });
    }
  }

  toggle() { this.settings.set('sound', this.isMuted ? 'on' : 'off'); }

  /** @param {string} name @param {number} [combo] hits in a row before it: each lifts the sound by a semitone */
  play(name, combo = 0) { this.#strike(name, 0, Math.min(combo, TOP_LIFT), 1); }

  /** The tune goes on; called every frame of a round. @param {boolean} isHurried up a tone, near the end */
  playTune(isHurried) {
    if (!this.context || !this.hasTune || this.isMuted || this.context.state !== 'running') return;
    this.tune.isHurried = isHurried;
    this.tune.play(this.context.currentTime);
  }

  /** @param {string} name @param {number} at the context's seconds; now when they have passed @param {number} semitones @param {number} loud */
  #strike(name, at, semitones, loud) {
    const { context, out } = this, buffer = this.made.get(name);
    if (!context || !out || !buffer || this.isMuted || context.state !== 'running') return;
    const source = context.createBufferSource(), gain = context.createGain();
    source.buffer = buffer;
    source.playbackRate.value = 2 ** (semitones / 12);
    gain.gain.value = loud;
    source.connect(gain).connect(out);
    source.start(at);
  }
}
