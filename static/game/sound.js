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
const [SINE, TRIANGLE, SAW, NOISE, SQUARE] = [0, 1, 2, 4, 5];

/** ZzFX's parameters in its order; one that a sound does not name is ZzFX's own. Times in seconds, frequencies in Hz. */
const ORDER = /** @type {const} */ (['volume', 'randomness', 'frequency', 'attack', 'sustain', 'release', 'shape', 'curve', 'slide', 'deltaSlide', 'jump', 'jumpTime', 'repeat', 'noise', 'modulation', 'crush', 'delay', 'sustainVolume', 'decay', 'tremolo', 'filter']);

/** @typedef {Partial<Record<typeof ORDER[number], number>>} Recipe */

/** @type {Record<string, Recipe>} */
export const SOUNDS = {
  shoot: { volume: 0.7, frequency: 560, sustain: 0.01, release: 0.09, shape: TRIANGLE, curve: 1.4, slide: -7, noise: 0.8, sustainVolume: 0.6, decay: 0.02 },
  dry: { volume: 0.3, frequency: 160, sustain: 0.01, release: 0.03, shape: SQUARE },
  reload: { volume: 0.4, frequency: 260, sustain: 0.03, release: 0.06, shape: TRIANGLE, jump: 150, jumpTime: 0.06 },
  can: { volume: 0.7, frequency: 1150, sustain: 0.01, release: 0.16, shape: TRIANGLE, curve: 0.7, slide: -1.5, jump: 320, jumpTime: 0.02, sustainVolume: 0.6, decay: 0.03 },
  balloon: { volume: 1.1, frequency: 420, sustain: 0.01, release: 0.08, shape: NOISE, curve: 1.6, slide: -6, noise: 0.6, sustainVolume: 0.7, decay: 0.02 },
  duck: { volume: 0.6, frequency: 480, attack: 0.01, sustain: 0.06, release: 0.08, shape: SAW, curve: 1.6, slide: -3.5, jump: 60, jumpTime: 0.07, modulation: 4 },
  star: { volume: 0.8, frequency: 880, attack: 0.01, sustain: 0.14, release: 0.34, shape: TRIANGLE, curve: 1.5, jump: 220, jumpTime: 0.06, delay: 0.08, sustainVolume: 0.8, decay: 0.05 },
  plant: { volume: 0.7, frequency: 190, attack: 0.01, sustain: 0.12, release: 0.22, shape: SAW, curve: 1.2, slide: -2.4, repeat: 0.09 },
  gift: { volume: 0.8, frequency: 587, attack: 0.01, sustain: 0.12, release: 0.3, shape: TRIANGLE, curve: 1.4, jump: 147, jumpTime: 0.07, delay: 0.06, sustainVolume: 0.8, decay: 0.05 },
  boss: { volume: 1.2, frequency: 210, sustain: 0.03, release: 0.13, shape: SINE, curve: 1.3, slide: -1.6, noise: 0.3, sustainVolume: 0.7, decay: 0.03 },
  dodge: { volume: 0.4, frequency: 380, attack: 0.03, sustain: 0.04, release: 0.12, shape: SINE, curve: 1.2, slide: 7 },
  'knock-out': { volume: 1.2, frequency: 620, attack: 0.02, sustain: 0.32, release: 0.5, shape: SINE, curve: 1.2, slide: -2.2, jump: -90, jumpTime: 0.12, repeat: 0.14, noise: 0.1, delay: 0.05, sustainVolume: 0.8, decay: 0.05 },
  miss: { volume: 0.3, frequency: 150, sustain: 0.01, release: 0.06, shape: NOISE, curve: 0.7, slide: -2, noise: 1 },
  count: { volume: 0.5, frequency: 440, attack: 0.01, sustain: 0.05, release: 0.1, shape: TRIANGLE, curve: 1.5 },
  go: { volume: 0.6, frequency: 880, attack: 0.01, sustain: 0.12, release: 0.22, shape: TRIANGLE, curve: 1.5 },
  wave: { volume: 0.5, frequency: 523, attack: 0.01, sustain: 0.1, release: 0.16, shape: TRIANGLE, curve: 1.5, jump: 261, jumpTime: 0.09 },
  tick: { volume: 0.25, frequency: 1300, sustain: 0.005, release: 0.02, shape: TRIANGLE },
  badge: { volume: 0.6, frequency: 660, attack: 0.01, sustain: 0.12, release: 0.3, shape: TRIANGLE, curve: 1.5, jump: 330, jumpTime: 0.1, delay: 0.07, sustainVolume: 0.8 },
  win: { volume: 0.8, frequency: 523, attack: 0.01, sustain: 0.5, release: 0.5, shape: TRIANGLE, curve: 1.5, jump: 131, jumpTime: 0.11, repeat: 0.55, delay: 0.11, sustainVolume: 0.8, decay: 0.05 },
  over: { volume: 0.6, frequency: 523, attack: 0.01, sustain: 0.3, release: 0.35, shape: TRIANGLE, curve: 1.5, jump: -105, jumpTime: 0.16, delay: 0.08, sustainVolume: 0.8 },
  lead: { volume: 0.5, frequency: 262, attack: 0.005, sustain: 0.06, release: 0.14, shape: TRIANGLE, curve: 1.8, sustainVolume: 0.6, decay: 0.03 },
  bass: { volume: 0.8, frequency: 131, attack: 0.01, sustain: 0.1, release: 0.12, shape: SINE, curve: 0.8, sustainVolume: 0.7, decay: 0.04 },
  hat: { volume: 0.5, frequency: 2600, sustain: 0.005, release: 0.03, shape: NOISE, noise: 2 },
};

/** What ZzFX is given; no randomness: a sound is made once and varied by its pitch. @param {Recipe} recipe */
export const numbersOf = (recipe) => ORDER.map((word) => (word === 'randomness' ? 0 : recipe[word]));

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
    if (!('AudioContext' in window)) return;
    if (this.context) {
      if (this.context.state === 'suspended') void this.context.resume();
      return;
    }
    this.context = new AudioContext();
    this.out = this.context.createGain();
    this.out.gain.value = LOUD;
    this.out.connect(this.context.destination);
    this.#make(this.context).catch(() => undefined); // a lost line costs the sounds, not the round
  }

  /** One sound after the other, with room for frames in between. @param {AudioContext} context */
  async #make(context) {
    const { ZZFX } = await import(SYNTHESISER);
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
