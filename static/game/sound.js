// @ts-check
/** Short sounds, made on the spot: no file is loaded. Nothing sounds before a player's first touch, or when muted. */

/**
 * A tone that slides, or noise; `at` and `for` in seconds, frequencies in Hz.
 * @typedef {{wave?: OscillatorType | 'noise', from: number, to?: number, at?: number, for: number, loud?: number}} Note
 */

/** @type {Record<string, Note[]>} */
const SOUNDS = {
  shoot: [{ wave: 'noise', from: 2600, to: 500, for: 0.09, loud: 0.5 }, { wave: 'triangle', from: 340, to: 90, for: 0.1, loud: 0.5 }],
  dry: [{ wave: 'square', from: 190, to: 150, for: 0.04, loud: 0.14 }],
  reload: [{ wave: 'square', from: 300, to: 420, for: 0.04, loud: 0.14 }, { wave: 'square', from: 460, to: 640, at: 0.07, for: 0.05, loud: 0.14 }],
  can: [{ wave: 'square', from: 980, to: 720, for: 0.12, loud: 0.16 }, { wave: 'triangle', from: 1720, to: 1500, for: 0.24, loud: 0.22 }],
  balloon: [{ wave: 'noise', from: 5200, to: 900, for: 0.07, loud: 0.8 }, { wave: 'sine', from: 700, to: 120, for: 0.08, loud: 0.5 }],
  duck: [{ wave: 'sawtooth', from: 520, to: 360, for: 0.09, loud: 0.24 }, { wave: 'sawtooth', from: 560, to: 330, at: 0.11, for: 0.12, loud: 0.24 }],
  star: [0, 1, 2, 3, 4].map((i) => ({ wave: /** @type {const} */ ('sine'), from: 880 * 2 ** ([0, 4, 7, 12, 16][i] / 12), at: i * 0.055, for: 0.22, loud: 0.3 })),
  chime: [{ wave: 'sine', from: 1568, for: 0.3, loud: 0.16 }, { wave: 'sine', from: 2093, at: 0.09, for: 0.4, loud: 0.16 }],
  plant: [{ wave: 'sawtooth', from: 210, to: 90, for: 0.3, loud: 0.3 }],
  gift: [0, 1, 2, 3].map((i) => ({ wave: /** @type {const} */ ('triangle'), from: 660 * 2 ** ([0, 5, 9, 12][i] / 12), at: i * 0.08, for: 0.2, loud: 0.34 })),
  boss: [{ wave: 'sine', from: 260, to: 110, for: 0.13, loud: 0.7 }, { wave: 'noise', from: 900, to: 300, for: 0.06, loud: 0.3 }],
  dodge: [{ wave: 'sine', from: 420, to: 900, for: 0.16, loud: 0.2 }],
  'knock-out': [{ wave: 'sine', from: 900, to: 90, for: 0.7, loud: 0.5 }, { wave: 'noise', from: 700, to: 120, at: 0.55, for: 0.25, loud: 0.7 }],
  miss: [{ wave: 'noise', from: 600, to: 240, for: 0.08, loud: 0.16 }],
  count: [{ wave: 'triangle', from: 440, for: 0.12, loud: 0.4 }],
  go: [{ wave: 'triangle', from: 880, for: 0.3, loud: 0.45 }],
  wave: [{ wave: 'triangle', from: 523, for: 0.1, loud: 0.3 }, { wave: 'triangle', from: 784, at: 0.1, for: 0.18, loud: 0.3 }],
  win: [0, 1, 2, 3, 4, 5].map((i) => ({ wave: /** @type {const} */ ('triangle'), from: 523 * 2 ** ([0, 4, 7, 12, 7, 12][i] / 12), at: i * 0.11, for: 0.24, loud: 0.4 })),
  over: [{ wave: 'triangle', from: 659, for: 0.16, loud: 0.4 }, { wave: 'triangle', from: 523, at: 0.16, for: 0.16, loud: 0.4 }, { wave: 'triangle', from: 392, at: 0.32, for: 0.4, loud: 0.4 }],
};
const LOUD = 0.35;

export class Sound {
  /** @param {import('./settings.js').Settings} settings */
  constructor(settings) {
    this.settings = settings;
    /** @type {AudioContext | null} */ this.context = null;
  }

  /** To be called within a touch or a click: browsers allow no sound before one. */
  wake() {
    if (!('AudioContext' in window)) return;
    this.context ??= new AudioContext();
    if (this.context.state === 'suspended') void this.context.resume();
  }

  get isMuted() { return this.settings.get('sound') === 'off'; }

  toggle() { this.settings.set('sound', this.isMuted ? 'on' : 'off'); }

  /** @param {string} name @param {number} [combo] hits in a row: each lifts the sound by a semitone */
  play(name, combo = 0) {
    const { context } = this;
    if (!context || this.isMuted || context.state !== 'running') return;
    for (const note of SOUNDS[name] ?? []) this.#play(context, note, 2 ** (Math.min(combo, 16) / 12));
  }

  /** @param {AudioContext} context @param {Note} note @param {number} lift */
  #play(context, { wave = 'sine', from, to = from, at = 0, for: length, loud = 0.4 }, lift) {
    const start = context.currentTime + at, end = start + length;
    const gain = context.createGain();
    gain.gain.setValueAtTime(loud * LOUD, start);
    gain.gain.exponentialRampToValueAtTime(0.0006, end);
    gain.connect(context.destination);
    const source = wave === 'noise' ? this.#noise(context, gain, from, to, start, end) : this.#tone(context, gain, wave, from * lift, to * lift, start, end);
    source.start(start);
    source.stop(end);
  }

  /** @param {AudioContext} context @param {GainNode} gain @param {OscillatorType} type @param {number} from @param {number} to @param {number} start @param {number} end */
  #tone(context, gain, type, from, to, start, end) {
    const tone = context.createOscillator();
    tone.type = type;
    tone.frequency.setValueAtTime(from, start);
    tone.frequency.exponentialRampToValueAtTime(to, end);
    tone.connect(gain);
    return tone;
  }

  /** @param {AudioContext} context @param {GainNode} gain @param {number} from @param {number} to @param {number} start @param {number} end */
  #noise(context, gain, from, to, start, end) {
    const buffer = context.createBuffer(1, Math.ceil(context.sampleRate * (end - start)), context.sampleRate);
    const samples = buffer.getChannelData(0);
    for (let i = 0; i < samples.length; i += 1) samples[i] = Math.random() * 2 - 1;
    const source = context.createBufferSource(), filter = context.createBiquadFilter();
    source.buffer = buffer;
    filter.type = 'lowpass';
    filter.frequency.setValueAtTime(from, start);
    filter.frequency.exponentialRampToValueAtTime(to, end);
    source.connect(filter).connect(gain);
    return source;
  }
}
