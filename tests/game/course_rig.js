// @ts-check
/** A course on a clock of its own, with a server that says what a test wants. */
import { Course } from '../../static/game/course.js';

export const SEED = (/** @type {number} */ wave) => `${wave}`.padStart(32, '0');
export const OUTCOME = { verdict: 'accepted', score: 1, shots: 1, hits: 0, best_combo: 0, awards: [], secret: '', replay_url: '', standing: null };

/**
 * A course on a clock of its own, and a server that answers as `answer` says (a number is the next start in ms).
 * @param {(wave: number, call: number) => any} answer
 * @param {any} [opened]
 */
export function rig(answer, opened = { round: { id: 'r' }, rules: { version: 1 }, wave: { number: 1, seed: SEED(1), starts_in_ms: 3000 } }) {
  const world = { now: 0, sent: /** @type {any[]} */ ([]), waits: /** @type {number[]} */ ([]), present: /** @type {any} */ (null) };
  const api = {
    submitWave: async (/** @type {string} */ id, /** @type {number} */ wave, /** @type {any[]} */ shots) => {
      world.sent.push({ id, wave, shots, at: world.now });
      const said = answer(wave, world.sent.length);
      if (said instanceof Error) throw said;
      return typeof said === 'number' ? { wave: { number: wave + 1, seed: SEED(wave + 1), starts_in_ms: said } } : said;
    },
    present: async () => (typeof world.present === 'function' ? world.present() : world.present),
  };
  /** @type {{at: number, wake: () => void}[]} */ let sleepers = [];
  const sleep = (/** @type {number} */ ms) => new Promise((wake) => {
    world.waits.push(ms);
    sleepers.push({ at: world.now + ms, wake: () => wake(undefined) });
  });
  const course = new Course({ api, now: () => world.now, sleep, opened });
  const settle = async () => { for (let i = 0; i < 30; i += 1) await Promise.resolve(); };
  /** Let the clock run to a moment, a frame every 10 ms. @param {number} until */
  const run = async (until) => {
    while (world.now < until) {
      world.now += 10;
      for (const { wake } of sleepers.filter(({ at }) => at <= world.now)) wake();
      sleepers = sleepers.filter(({ at }) => at > world.now);
      await settle();
      course.step();
      await settle();
    }
  };
  return { world, course, run };
}

/** The server's word on a round in which the first wave has come. @param {number[][]} shots @param {number} startsInMs */
export const presentOfTwo = (shots, startsInMs) => ({
  round: { id: 'r' }, rules: { version: 1 }, waves: [1, 2].map((number) => ({ number, seed: SEED(number) })), shots,
  voids: [], submitted: 1, wave: { number: 2, seed: SEED(2), starts_in_ms: startsInMs },
});

/** What is left until the seamless start of the next wave, for waves that begin 3 s after the opening. */
export const seamless = (/** @type {number} */ now, /** @type {number} */ wave) => 3000 + wave * 5000 - now;

/** When the first wave's shots are due. */
export const CUT_1 = 3000 + 4400;

/** A server that strikes out what comes more than 1.5 s after its cut, as ours does. @param {() => ReturnType<typeof rig>} ask */
export const strict = (ask) => (/** @type {number} */ wave) => {
  const { world, course } = ask();
  const due = course.clock.startOf(wave) + (wave === 9 ? 5000 : 4400);
  const isVoid = world.now - due > 1500;
  if (wave === 9) return { outcome: OUTCOME, ...(isVoid && { void: true }) };
  return { wave: { number: wave + 1, seed: SEED(wave + 1), starts_in_ms: isVoid ? 3000 : seamless(world.now, wave) }, ...(isVoid && { void: true }) };
};
