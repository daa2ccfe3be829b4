// @ts-check
/** A round watched again: played from its secret and its shots by the same rules, in the reader's own browser. */
import { Api } from './api.js';
import { byId, make } from './dom.js';
import { Hud } from './hud.js';
import { createKeep } from './keep.js';
import { createLoop } from './loop.js';
import { Settings, dress } from './settings.js';
import { fromHex, hmac, toHex } from './sha256.js';
import { replay, resumeRound } from './sim/replay.js';
import { parseSeed } from './sim/rng.js';
import { LAST_TICK, TICKS, TICK_RATE, WAVES } from './sim/rules.js';
import { Speech } from './speech.js';
import { createTexts } from './texts.js';
import { Theatre } from './theatre.js';

/**
 * @typedef {{rules: import('./sim/rules.js').Rules, secret: string, shots: import('./sim/round.js').Shot[], voids?: number[],
 *   score: number, hits: number, alias: string}} Kept
 */

const boot = JSON.parse(byId('boot').textContent ?? '');
const texts = createTexts(boot.texts, boot.locale);
const keep = createKeep();
const settings = new Settings(keep, matchMedia('(prefers-reduced-motion: reduce)').matches);
const api = new Api({ base: boot.api, locale: boot.locale, keep });

/** Every wave's seed follows from the secret: the first 16 bytes of HMAC-SHA256(secret, wave in ASCII). @param {string} secret */
function seedsOf(secret) {
  const key = fromHex(secret), ascii = new TextEncoder();
  return Array.from({ length: WAVES }, (_, i) => parseSeed(toHex(hmac(key, ascii.encode(String(i + 1))).slice(0, 16))));
}

/** @param {string} key @param {boolean} isBad @param {Record<string, number>} [values] */
function note(key, isBad, values = {}) {
  const element = byId('replay-note');
  element.textContent = texts.say(key, values);
  element.classList.toggle('bad', isBad);
  element.hidden = false;
}

/** @param {Kept} record */
function introduce(record) {
  byId('replay-by').textContent = texts.say('replay.by', { alias: record.alias });
  byId('replay-score').append(texts.number(record.score), make('small', {}, texts.say('result.points')));
  const { score } = replay(record.rules, seedsOf(record.secret), record.shots, record.voids);
  if (score === record.score) note('replay.same', false);
  else note('replay.differs', true, { mine: score, theirs: record.score });
}

/**
 * Frame by frame through the whole round; `end` is called after the last dart.
 * @param {Kept} record @param {import('./view/view.js').View} view @param {Hud} hud @param {Speech} speech @param {() => void} end
 */
function createShow(record, view, hud, speech, end) {
  const sim = resumeRound(record.rules, seedsOf(record.secret), [], record.voids ?? [], -1);
  const aim = { x: 360, y: 640, isShown: true };
  const began = performance.now();
  let next = 0;

  /** @param {number} tick */
  function step(tick) {
    const now = performance.now();
    for (let shot = record.shots[next]; shot && shot[0] <= tick; shot = record.shots[next]) {
      Object.assign(aim, { x: shot[1], y: shot[2] });
      if (sim.fire(...shot) === null && sim.darts.at(-1)?.shot === next) view.fire(next, now / 1000);
      next += 1;
    }
    for (const event of sim.settle(tick)) {
      const at = view.react(event, now / 1000);
      if (event.points) speech.float(`${event.points > 0 ? '+' : '−'}${texts.number(Math.abs(event.points))}`, '', at.x, at.y - 50);
    }
  }

  return createLoop({
    tickAt: (now) => Math.max(0, Math.min(LAST_TICK, ((now - began) * TICK_RATE) / 1000)),
    step,
    draw(tick, now) {
      view.draw({ sim, tick, over: 0, now: now / 1000, aim });
      hud.show(sim, tick, Math.min(tick, TICKS));
      speech.step(now, view.boss.x);
      if (tick >= LAST_TICK) end();
    },
    mostSteps: LAST_TICK,
  });
}

async function main() {
  dress(settings);
  const button = /** @type {HTMLButtonElement} */ (byId('replay-play'));
  const theatre = new Theatre(null, settings);
  const view = await theatre.open();
  const hud = new Hud(texts), speech = new Speech(texts, theatre.stage);
  const idle = (/** @type {number} */ now) => view.draw({ sim: null, tick: 0, over: 0, now: now / 1000, aim: { x: 360, y: 640 } });
  let frame = idle;
  theatre.run((now) => frame(now));
  requestAnimationFrame(() => { document.body.dataset.drawn = ''; });

  const look = boot.look ? `?look=${encodeURIComponent(boot.look)}` : ''; // a reviewer's link to a round that is not public
  const record = await api.call(`/rounds/${boot.round}/replay${look}`).catch(() => null);
  if (!record) {
    note('replay.missing', true);
    button.hidden = true;
    return;
  }
  introduce(record);
  const end = () => {
    frame = idle;
    button.textContent = texts.say('replay.restart');
    document.body.dataset.state = 'start';
  };
  button.addEventListener('click', () => {
    view.reset();
    document.body.dataset.state = 'playing';
    frame = createShow(record, view, hud, speech, end);
  });
  button.disabled = false;
}

void main();
