// @ts-check
/** From the start to the result and round again: which screen shows, and which round is played. */
import { Problem } from './api.js';
import { Course } from './course.js';
import { byId, show } from './dom.js';
import { Hud } from './hud.js';
import { Input } from './input.js';
import { showOutcome } from './outcome.js';
import { Play } from './play.js';
import { Speech } from './speech.js';
import { showProblem } from './trouble.js';

/** @typedef {import('./types.js').Opened} Opened @typedef {import('./types.js').Present} Present */
/**
 * @typedef {{boot: import('./types.js').Boot, texts: import('./texts.js').Texts, api: import('./api.js').Api,
 *   keep: import('./keep.js').Keep, sound: import('./sound.js').Sound, panels: import('./panels.js').Panels,
 *   comments: import('./comments.js').Comments, theatre: import('./theatre.js').Theatre,
 *   view: import('./view/view.js').View, settings: import('./settings.js').Settings}} Parts
 */

const WELCOME_MS = 1200;

/** Whether a person has still to look before all is said. @param {import('./types.js').Outcome} outcome */
const isWaiting = ({ verdict, kept_back: keptBack }) => verdict === 'held' || keptBack > 0;

export class Game {
  /** @param {Parts} parts */
  constructor(parts) {
    this.parts = parts;
    /** @type {Play | null} */ this.play = null;
    this.isOpening = false;
    this.isLive = false; // whether standings and stock come by themselves
    const { stage, canvas } = parts.theatre;
    this.speech = new Speech(parts.texts, stage);
    this.hud = new Hud(parts.texts);
    this.input = new Input(canvas, (x, y) => stage.toWorld(x, y), (x, y) => this.play?.shoot(x, y));
    document.addEventListener('visibilitychange', () => this.#welcomeBack());
  }

  /** Open a round and play it; a second click while one opens, or is played, changes nothing. */
  async start() {
    if (this.isOpening || this.play) return;
    this.isOpening = true;
    const { sound, texts } = this.parts;
    const button = /** @type {HTMLButtonElement} */ (byId('play'));
    sound.wake();
    button.disabled = true;
    button.textContent = texts.say('start.loading');
    try {
      this.#begin(await this.#open());
    } catch (problem) {
      this.#fail(problem);
    }
    button.disabled = false;
    button.textContent = texts.say('start.play');
    this.isOpening = false;
  }

  /** What the page begins with, before anybody clicks. */
  async resume() {
    const { state } = this.parts.boot.campaign;
    await this.#comeBack();
    const isFree = !this.isOpening && document.body.dataset.state === 'start';
    if (isFree && state !== 'open') this.#fail(new Problem(423, `campaign_${state}`));
  }

  /** Go on with the round where it is now, see how it ended, or hear what a person said of one that had to wait. */
  async #comeBack() {
    const { keep, api } = this.parts;
    const unfinished = keep.get('round');
    const id = unfinished ?? keep.get('waiting');
    if (!id) return;
    const present = await api.present(id).catch(() => null);
    if (this.isOpening || this.play) return; // a click on Play was faster
    keep.forget('round');
    if (present?.wave) this.#begin(present);
    else if (present?.outcome && (unfinished || !isWaiting(present.outcome))) this.#tell(present.outcome, id);
  }

  /** @param {number} now milliseconds @param {number} seconds since the last frame */
  frame(now, seconds) {
    const { theatre, view } = this.parts;
    this.input.step(seconds);
    theatre.lookAt(this.input.aim.x);
    if (this.play?.isDone) this.#finish(this.play.course);
    if (this.play) {
      this.play.frame(now);
      return;
    }
    view.draw({ sim: null, tick: 0, over: 0, now: now / 1000, aim: this.input.aim });
    this.speech.step(now, view.boss.x);
  }

  /** A round to play: a new one, or the one that was left open. @returns {Promise<Opened | Present>} */
  async #open() {
    const { api, boot } = this.parts;
    try {
      return await api.openRound(boot.slug);
    } catch (problem) {
      if (problem instanceof Problem && problem.code === 'round_open') return api.present(problem.more.round_id);
      throw problem;
    }
  }

  /** @param {Opened | Present} opened */
  #begin(opened) {
    const { api, keep, comments, view, sound, texts, theatre } = this.parts;
    const sleep = (/** @type {number} */ ms) => new Promise((wake) => { setTimeout(wake, ms); });
    const course = new Course({ api, now: () => performance.now(), sleep, opened });
    keep.set('round', course.id);
    comments.roundId = course.id;
    view.reset();
    show('playing');
    scrollTo({ top: 0 });
    theatre.canvas.focus({ preventScroll: true });
    this.input.isOn = true;
    this.play = new Play(course, { view, sound, texts, input: this.input, hud: this.hud, speech: this.speech });
  }

  /** @param {string} state the screen that follows the round */
  #leave(state) {
    this.play = null;
    this.input.isOn = false;
    this.input.aim.isShown = false;
    this.parts.keep.forget('round');
    show(state);
    scrollTo({ top: 0 });
  }

  /** @param {unknown} problem */
  #fail(problem) {
    this.#leave('problem');
    showProblem(problem, this.parts, () => { void this.start(); });
  }

  /** @param {Course} course */
  #finish({ outcome, problem, id }) {
    if (!outcome) {
      this.#fail(problem);
      return;
    }
    this.#leave('over');
    this.parts.sound.play(outcome.awards.length ? 'win' : 'over');
    this.speech.say('end', performance.now());
    this.#tell(outcome, id);
  }

  /** The result on the screen; one that waits for a person is asked for again at the next visit. @param {import('./types.js').Outcome} outcome @param {string} id the round's */
  #tell(outcome, id) {
    const { boot, keep, panels, view } = this.parts;
    if (isWaiting(outcome)) keep.set('waiting', id);
    else if (keep.get('waiting') === id) keep.forget('waiting');
    show('over');
    if (outcome.awards.length) view.celebrate(performance.now() / 1000);
    showOutcome(outcome, { ...this.parts, isFramed: boot.embed || window.self !== window.top, again: () => { void this.start(); } });
    if (outcome.verdict === 'accepted') panels.reach(outcome.score);
    this.#refresh();
  }

  /** What a round may have changed, for those without the live line; one's own place is only told here. */
  #refresh() {
    const { api, boot, panels } = this.parts;
    void api.standings(boot.slug).then((standings) => panels.showStandings(standings), () => undefined);
    if (!this.isLive) void api.campaign(boot.slug).then(({ prizes }) => panels.showPrizes(prizes), () => undefined);
  }

  #welcomeBack() {
    if (document.hidden || !this.play) return;
    const { texts } = this.parts;
    this.speech.announce(texts.say('pause.title'), texts.say('pause.text'), performance.now() + WELCOME_MS);
  }
}
