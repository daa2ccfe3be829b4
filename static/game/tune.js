// @ts-check
/** A short tune that goes round while a round is played: sixteen steps a bar, each note one stroke of ZzFX, moved in pitch. */

/** Plays a sound at a moment, so many semitones up, so loud. @typedef {(name: string, at: number, semitones: number, loud: number) => void} Strike */

const STEP_SECONDS = 0.125;
const AHEAD_SECONDS = 0.25; // notes are handed over this early, so that a late frame makes no gap
const UP = 2; // semitones, in the last seconds
const REST = -99;

/** A character a step: semitones over the instrument's own note in base 36, a dot for a rest. @param {string} notes */
const read = (notes) => [...notes.replaceAll(' ', '')].map((note) => (note === '.' ? REST : parseInt(note, 36)));

/** C major, cheeky: two bars of question, two of answer. @type {[instrument: string, notes: number[], loud: number][]} */
const VOICES = [
  ['lead', read('c..c e.g. ..e.g... | h.f. ..h. f.c. .... | c..c e.g. ..j.g... | f.e. c.a. c... ....'.replaceAll('|', '')), 0.4],
  ['bass', read('0... 7... 0... 7... 5... c... 5... 7... 0... 7... 9... 7... 5... 7... 0... 7.0.'), 0.6],
  ['hat', read('..0. ..0. ..0. ..00 ..0. ..0. ..0. ..00 ..0. ..0. ..0. ..00 ..0. ..0. ..0. 0.00'), 0.25],
];
export const STEPS = VOICES[0][1].length;

export class Tune {
  /** @param {Strike} strike */
  constructor(strike) {
    this.strike = strike;
    this.step = 0;
    this.next = -1; // the moment of the next step; below 0 while it is silent
    this.isHurried = false;
  }

  /** From the first note, at the next `play`. */
  stop() {
    this.next = -1;
    this.step = 0;
    this.isHurried = false;
  }

  /** Hand over what is due soon; called every frame. @param {number} now seconds of the sound's clock */
  play(now) {
    if (this.next < now - AHEAD_SECONDS) this.next = now; // the first time, or after an absence
    for (; this.next < now + AHEAD_SECONDS; this.next += STEP_SECONDS) this.#strikeAll();
  }

  #strikeAll() {
    for (const [instrument, notes, loud] of VOICES) {
      const note = notes[this.step % notes.length];
      if (note !== REST) this.strike(instrument, this.next, note + (this.isHurried ? UP : 0), loud);
    }
    this.step += 1;
  }
}
