// @ts-check
/** From the start to the result and round again: which screen shows, and which round is played. */
import { Problem } from './api.js';
import { CalmCourse, showCalmResult } from './calm.js';
import { Course } from './course.js';
import { byId, make, show } from './dom.js';
import { GiftButton } from './gift.js';
import { Hud } from './hud.js';
import { Input } from './input/input.js';
import { showOutcome } from './outcome.js';
import { Pause } from './pause.js';
import { Play } from './play.js';
import { Practice } from './practice.js';
import { SettingsDialog } from './settings_dialog.js';
import { Speech } from './speech.js';
import { showProblem } from './trouble.js';
import { Tutor } from './tutor.js';

/** @typedef {import('./types.js').Opened} Opened @typedef {import('./types.js').Present} Present */
/**
 * @typedef {{boot: import('./types.js').Boot, texts: import('./texts.js').Texts, api: import('./api.js').Api,
 *   keep: import('./keep.js').Keep, settings: import('./settings.js').Settings, sound: import('./sound.js').Sound,
 *   panels: import('./panels.js').Panels, comments: import('./comments.js').Comments,
 *   theatre: import('./theatre.js').Theatre, view: import('./view/view.js').View}} Parts
 */

const WELCOME_MS = 1600;

/** Whether a person has still to look before all is said. @param {import('./types.js').Outcome} outcome */
const isWaiting = ({ verdict, kept_back: keptBack }) => verdict === 'held' || keptBack > 0;

export class Game {
  /** @param {Parts} parts */
  constructor(parts) {
    this.parts = parts;
    /** @type {Play | null} */ this.play = null;
    this.isOpening = false;
    this.isLive = false; // whether standings and stock come by themselves
    const { stage } = parts.theatre;
    this.speech = new Speech(parts.texts, stage);
    this.hud = new Hud(parts.texts);
    this.practice = new Practice();
    this.tutor = new Tutor({ ...parts, stage });
    this.gift = new GiftButton(parts.settings);
    this.dialog = new SettingsDialog(parts, () => this.startCalm());
    this.input = this.#createInput();
    this.input.turn('practice');
    this.pause = this.#createPause();
    for (const id of ['settings-button', 'start-settings']) byId(id).addEventListener('click', () => this.dialog.open());
  }

  #createInput() {
    const { stage, canvas } = this.parts.theatre;
    return new Input({
      canvas, settings: this.parts.settings,
      toWorld: (x, y) => stage.toWorld(x, y),
      shoot: (x, y) => this.#shoot(x, y),
      seen: () => this.#seen(),
      start: () => this.pause.toggle(),
      act: () => this.#act(),
      greet: () => this.speech.announce('', this.parts.texts.say('pad.hello'), performance.now() + WELCOME_MS),
    });
  }

  #createPause() {
    return new Pause({
      texts: this.parts.texts, speech: this.speech, dialog: this.dialog,
      course: () => this.play?.course,
      halt: () => this.input.turn('nothing'),
      goOn: () => this.#takeAim(),
      leave: () => this.#walkOut(),
    });
  }

  /** The hands are on the field. */
  #takeAim() {
    this.input.turn('play');
    this.parts.theatre.canvas.focus({ preventScroll: true });
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

  /** A calm round: slower, on this device alone, for nothing but the fun of it. */
  startCalm() {
    if (this.isOpening || this.play) return;
    this.parts.sound.wake();
    this.#perform(new CalmCourse({ now: () => performance.now() }));
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
    this.#practise(now);
    if (this.play?.isDone) this.#finish(this.play.course);
    if (this.play) {
      this.pause.step();
      this.play.frame(now);
      this.tutor.step({ course: this.play.course, input: this.input });
      this.gift.step(this.play);
      return;
    }
    view.draw({ sim: this.practice.sim, tick: this.practice.moment, over: 0, now: now / 1000, aim: this.input.aim });
    this.speech.step(now, view.boss.x);
  }

  /** Before the first wave there is practice. */
  get #isWarmingUp() { return !this.play || this.play.course.moment().over < 0; }

  /** @param {number} now milliseconds */
  #practise(now) {
    const { view, sound } = this.parts;
    for (const event of this.practice.step(now)) {
      view.react(event, now / 1000);
      sound.play(event.kind === 'hit' ? event.target : event.kind);
      if (event.kind === 'boss') this.speech.say('hit', now);
    }
  }

  /** @param {number} x @param {number} y world pixels */
  #shoot(x, y) {
    const { sound, view } = this.parts;
    if (!this.#isWarmingUp) {
      this.play?.shoot(x, y);
      return;
    }
    sound.wake();
    const shot = this.practice.fire(x, y);
    if (shot < 0) return;
    view.fire(shot, performance.now() / 1000);
    sound.play('shoot');
  }

  /** What is on the field now, for those who aim without pointing. @returns {import('./input/input.js').Seen | null} */
  #seen() {
    if (!this.play) return null;
    const { sim, tick } = this.#isWarmingUp ? this.practice : this.play.course;
    return { field: sim, tick };
  }

  /** The pad's A outside a round: what has the focus, else Play. */
  #act() {
    const { activeElement } = document;
    if (activeElement instanceof HTMLButtonElement || activeElement instanceof HTMLAnchorElement) activeElement.click();
    else void this.start();
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
    const { api, keep, comments } = this.parts;
    const sleep = (/** @type {number} */ ms) => new Promise((wake) => { setTimeout(wake, ms); });
    const course = new Course({ api, now: () => performance.now(), sleep, opened });
    keep.set('round', course.id);
    comments.roundId = course.id;
    this.#perform(course);
  }

  /** @param {Play['course']} course */
  #perform(course) {
    const { view, sound, texts } = this.parts;
    view.reset();
    show('playing');
    scrollTo({ top: 0 });
    this.#takeAim();
    this.practice.close(course.moment().waitMs ?? 0);
    this.play = new Play(course, { view, sound, texts, input: this.input, hud: this.hud, speech: this.speech, practice: this.practice });
  }

  /** @param {string} state the screen that follows the round */
  #leave(state) {
    this.play = null;
    this.input.turn(state === 'start' ? 'practice' : 'nothing');
    this.practice.open();
    this.pause.close();
    this.tutor.hide();
    this.gift.step(null);
    this.parts.keep.forget('round');
    show(state);
    scrollTo({ top: 0 });
  }

  /** @param {unknown} problem */
  #fail(problem) {
    this.#leave('problem');
    showProblem(problem, { ...this.parts, practise: () => this.startCalm() }, () => { void this.start(); });
  }

  /** @param {Play['course']} course */
  #finish(course) {
    if (course instanceof CalmCourse) this.#finishCalm(course);
    else if (course.outcome) this.#finishRanked(course.outcome, course);
    else this.#fail(course.problem);
  }

  /** @param {CalmCourse} course */
  #finishCalm({ sim }) {
    this.#leave('over');
    this.parts.sound.play('over');
    showCalmResult(sim, this.parts.texts, { ranked: () => { void this.start(); }, again: () => this.startCalm() });
  }

  /** @param {import('./types.js').Outcome} outcome @param {Course} course */
  #finishRanked(outcome, course) {
    this.tutor.graduate();
    this.#leave('over');
    this.parts.sound.play(outcome.awards.length ? 'win' : 'over');
    this.speech.say('end', performance.now());
    this.#tell(outcome, course.id);
    if (course.isCutShort) byId('result').querySelector('h1')?.after(make('p', { class: 'note' }, this.parts.texts.say('pause.over')));
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

  /** Out of the pause, back to the start; what was scored counts once the server closes the round. */
  #walkOut() {
    this.#leave('start');
    byId('play').focus({ preventScroll: true });
  }
}
