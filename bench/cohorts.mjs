// @ts-check
/**
 * What made-up players score under the rules: `node bench/cohorts.mjs [rounds a cohort]`, 400 unless told.
 *
 * The model is a model of noise, not of people: aim error (standard deviation, pixels), the pause between darts
 * (ticks, and up to half as much again), how much of lead, drop and wind is made up for (0 to 1), the reaction to a
 * new target (ticks). Some of it chooses at random, experts take stars first, the clever bot takes what is worth most
 * and never throws twice at one target. DESIGN section 4 has the medians that the rules are tuned towards.
 */
import { impactPoint } from '../static/game/sim/flight.js';
import { createRound } from '../static/game/sim/round.js';
import { BOSS_Y, FAR, FLIGHT_TICKS, HEIGHT, LAST_TICK, POINTS, TICKS, WAVES, WIDTH, waveOf } from '../static/game/sim/rules.js';

/** @typedef {{error: number, pause: number, lead: number, reaction: number, isClever?: boolean}} Cohort */
/** @typedef {{x: number, y: number, worth: number, name: string}} Aim pixels */

/** @type {Record<string, Cohort>} */
const COHORTS = {
  'first-timer': { error: 70, pause: 56, lead: 0, reaction: 15 },
  casual: { error: 45, pause: 44, lead: 0.5, reaction: 13 },
  good: { error: 28, pause: 34, lead: 0.85, reaction: 12 },
  expert: { error: 16, pause: 26, lead: 0.97, reaction: 11 },
  'naive aim-bot': { error: 0, pause: 12, lead: 1, reaction: 0 },
  'clever bot': { error: 0, pause: 12, lead: 1, reaction: 0, isClever: true },
  'clever bot, human-like': { error: 12, pause: 24, lead: 1, reaction: 14, isClever: true },
};

/**
 * A generator of numbers from 0 to 1 for the players' whims; a seed gives the same whims again.
 * @param {number} seed
 */
function whims(seed) {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** @param {() => number} chance */
function gauss(chance) {
  return Math.sqrt(-2 * Math.log(chance() + 1e-9)) * Math.cos(2 * Math.PI * chance());
}

/**
 * Everything this player could aim at now.
 * @param {import('../static/game/sim/round.js').Round} round
 * @param {number} tick
 * @param {Cohort} cohort
 * @param {() => number} chance
 * @returns {Aim[]}
 */
function aims(round, tick, { lead, reaction, isClever }, chance) {
  const wind = round.wind(tick);
  const made = (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ plane) => {
    const [drift, fall] = impactPoint(0, 0, wind, plane);
    return { x: (x - drift * lead) / 256, y: (y - fall * lead) / 256 };
  };
  const seen = round.targetsAt(tick).filter(({ kind, plane, t0, t1 }) => tick >= t0 + reaction
    && tick + FLIGHT_TICKS[plane] < t1 && (kind !== 'plant' || chance() < 0.08 * (1 - lead)));
  const list = seen.map(({ kind, plane, wave, index, x, y, t0 }) => {
    const ahead = Math.floor(FLIGHT_TICKS[plane] * lead);
    const later = ahead ? round.targetsAt(tick + ahead).find((there) => there.wave === wave && there.index === index) : null;
    const worth = isClever ? POINTS[kind] : kind === 'star' ? 9 : 1;
    return { ...made(later?.x ?? x, later?.y ?? y, plane), worth, name: `${wave}/${index}/${t0}` };
  });
  if (!round.isBossDown(tick) && (isClever || !list.length || chance() < 0.4)) {
    const at = isClever ? Math.min(tick + FLIGHT_TICKS[FAR], round.revealedUntil) : tick;
    list.push({ ...made(round.bossX(at), BOSS_Y * 256, FAR), worth: isClever ? 245 : 1, name: '' });
  }
  return list;
}

/**
 * Plays one round to its end.
 * @param {Cohort} cohort
 * @param {number} number
 */
function play(cohort, number) {
  const chance = whims(number);
  const word = () => Math.floor(chance() * 4294967296);
  const round = createRound({ version: 1 });
  /** @type {Map<string, number>} */ const thrownAt = new Map();
  let tick = 40;
  while (tick < TICKS) {
    while (round.revealed < Math.min(waveOf(tick), WAVES)) round.reveal(round.revealed + 1, [word(), word(), word(), word()]);
    round.settle(tick);
    const now = tick;
    const list = aims(round, tick, cohort, chance).filter(({ name }) => !cohort.isClever || now > (thrownAt.get(name) ?? -1));
    if (list.length) {
      const isPicky = cohort.lead > 0.9;
      const aim = isPicky ? list.reduce((best, next) => (next.worth > best.worth ? next : best)) : list[Math.floor(chance() * list.length)];
      const x = Math.max(0, Math.min(WIDTH - 1, Math.round(aim.x + gauss(chance) * cohort.error)));
      const y = Math.max(0, Math.min(HEIGHT - 1, Math.round(aim.y + gauss(chance) * cohort.error)));
      round.fire(tick, x, y);
      if (aim.name) thrownAt.set(aim.name, tick + FLIGHT_TICKS[FAR]);
    }
    tick = Math.max(round.readyAt, tick + (list.length ? cohort.pause : 4)) + Math.floor(chance() * cohort.pause * 0.5);
  }
  while (round.revealed < WAVES) round.reveal(round.revealed + 1, [word(), word(), word(), word()]);
  round.settle(LAST_TICK);
  return round;
}

/** @param {number[]} values */
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** @param {number} value */
const whole = (value) => value.toLocaleString('en');

/**
 * What one cohort's rounds come to. @param {import('../static/game/sim/round.js').Round[]} rounds
 */
function sumUp(rounds) {
  const scores = rounds.map((round) => round.score).sort((a, b) => a - b);
  const [p10, median, p90] = [0.1, 0.5, 0.9].map((share) => scores[Math.floor(rounds.length * share)]);
  return {
    p10, median, p90,
    hits: mean(rounds.map((round) => round.hits / Math.max(1, round.shots))),
    hitsARound: mean(rounds.map((round) => round.hits)),
    combo: mean(rounds.map((round) => round.bestCombo)),
    knockOuts: mean(rounds.map((round) => round.knockOuts)),
    early: mean(rounds.map((round) => (round.spawnHits > 2 ? 1 : 0))),
  };
}

/** What `count` rounds of a cohort come to. @param {string} name @param {number} count */
export const sumOf = (name, count) => sumUp(Array.from({ length: count }, (_, number) => play(COHORTS[name], number + 1)));

/** @param {number} count rounds a cohort */
function print(count) {
  /** @type {Record<string, ReturnType<typeof sumUp>>} */ const sums = {};
  console.log('| cohort | p10 | median | p90 | spread p90/p10 | hits | hits a round | best combo | knock-outs | more than 2 spawn hits |');
  console.log('|---|---|---|---|---|---|---|---|---|---|');
  for (const name of Object.keys(COHORTS)) {
    const sum = sums[name] = sumOf(name, count);
    console.log(`| ${name} | ${whole(sum.p10)} | ${whole(sum.median)} | ${whole(sum.p90)} | ${(sum.p90 / sum.p10).toFixed(1)} | ${(100 * sum.hits).toFixed(0)} %`
      + ` | ${sum.hitsARound.toFixed(1)} | ${sum.combo.toFixed(1)} | ${sum.knockOuts.toFixed(2)} | ${(100 * sum.early).toFixed(1)} % |`);
  }
  const { 'first-timer': first, expert, 'clever bot': clever } = sums;
  console.log('\n| the rules must give | asked | measured |\n|---|---|---|');
  console.log(`| a first-timer's hits | 35 % or more | ${(100 * first.hits).toFixed(0)} % |`);
  console.log(`| a first-timer's median, of an expert's | a tenth or less | ${(first.median / expert.median).toFixed(3)} |`);
  console.log(`| the clever bot's median, of an expert's | twice at most | ${(clever.median / expert.median).toFixed(2)} |`);
}

if (process.argv[1]?.endsWith('cohorts.mjs')) print(Number(process.argv[2] ?? 400));
