// @ts-check
/** From the start to the result and round again: which screen shows, and which round is played. */
import { Problem } from './api.js';
import { Course } from './course.js';
import { byId, show } from './dom.js';
import { Hud } from './hud.js';
import { Input } from './input/input.js';
import { waitForLine } from './line.js';
import { Pause } from './pause.js';
import { Play } from './play.js';
import { Practice } from './practice.js';
import { Speech } from './speech.js';

/** @typedef {import('./types.js').Opened} Opened @typedef {import('./types.js').Present} Present */
/**
 * @typedef {{boot: import('./types.js').Boot, texts: import('./texts.js').Texts, api: import('./api.js').Api,
 *   keep: import('./keep.js').Keep, settings: import('./settings.js').Settings, sound: import('./sound.js').Sound,
 *   panels: () => import('./panels.js').Panels, theatre: import('./theatre.js').Theatre, view: import('./view/view.js').View,
 *   wings: () => Promise<typeof import('./wings.js')>}} Parts
 */

const WELCOME_MS = 1600;

export class Game {
  /** @param {Parts} parts */
  constructor(parts) {
    this.parts = parts;
    /** @type {Play | null} */ this.play = null;
    /** @type {string | null} the last one that counted here */ this.roundId = null;
    this.isOpening = false;
    this.isLive = false; // whether standings and stock come by themselves
    const { stage } = parts.theatre;
    this.speech = new Speech(parts.texts, stage);
    this.hud = new Hud(parts.texts);
    this.practice = new Practice();
    /** @type {import('./tutor.js').Tutor | null} */ this.tutor = null;
    /** What goes along beside a round. @type {{step: (play: Play | null) => void}[]} */ this.beside = [];
    /** @type {import('./settings_dialog.js').SettingsDialog | null} */ this.dialog = null;
    this.input = this.#createInput();
    this.input.turn('practice');
    this.pause = this.#createPause();
    for (const id of ['settings-button', 'start-settings']) byId(id).addEventListener('click', () => { void this.#openSettings(); });
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

  /** What comes after the first picture. */
  async equip() {
    const { GiftButton, Tutor, meetRival } = await this.parts.wings();
    this.tutor = new Tutor({ ...this.parts, stage: this.parts.theatre.stage });
    this.beside.push(new GiftButton(this.parts.settings));
    if (this.parts.boot.rival) void meetRival(this.parts, this.beside);
  }

  async #ending() {
    const { Ending } = await this.parts.wings();
    return new Ending(this.parts, { start: () => { void this.start(); }, startCalm: () => { void this.startCalm(); }, isLive: () => this.isLive });
  }

  async #openSettings() {
    const { SettingsDialog } = await this.parts.wings();
    if (this.play && !this.play.course.pausing) return; // they came too late: a round runs
    this.dialog ??= new SettingsDialog(this.parts, () => { void this.startCalm(); });
    this.dialog.open();
  }

  #createPause() {
    return new Pause({
      texts: this.parts.texts, speech: this.speech,
      dialog: () => this.dialog,
      openSettings: () => { void this.#openSettings(); },
      course: () => this.play?.course,
      halt: () => this.#halt(),
      goOn: () => this.#takeAim(),
      leave: () => this.#walkOut(),
    });
  }

  /** The hands are off the field, and the tune is silent. */
  #halt() {
    this.input.turn('nothing');
    this.parts.sound.tune.stop();
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
      await this.#fail(problem);
    }
    button.disabled = false;
    button.textContent = texts.say('start.play');
    this.isOpening = false;
  }

  /** A calm round: slower, on this device alone, for nothing but the fun of it. */
  async startCalm() {
    this.parts.sound.wake();
    const { CalmCourse } = await this.parts.wings();
    if (this.isOpening || this.play) return;
    this.#perform(new CalmCourse({ now: () => performance.now() }));
  }

  /** What the page begins with, before anybody clicks. */
  async resume() {
    const { state } = this.parts.boot.campaign;
    await this.#comeBack();
    const isFree = !this.isOpening && document.body.dataset.state === 'start';
    if (isFree && state !== 'open') await this.#fail(new Problem(423, `campaign_${state}`));
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
    else if (present?.outcome) (await this.#ending()).tellLater(present.outcome, id, Boolean(unfinished));
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
      this.tutor?.step({ course: this.play.course, input: this.input });
      this.#goAlong();
      return;
    }
    view.draw({ sim: this.practice.sim, tick: this.practice.moment, over: 0, now: now / 1000, aim: this.input.aim });
    this.speech.step(now, view.boss.x);
  }

  #goAlong() { for (const one of this.beside) one.step(this.play); }

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
    sound.wake(); // here too: a round that goes on after a reload began without a touch
    if (!this.#isWarmingUp) {
      this.play?.shoot(x, y);
      return;
    }
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

  /** The pad's A outside a round: what has the focus, else Play, which the settings do not hide. */
  #act() {
    const { activeElement } = document;
    if (activeElement?.matches('button, a, input')) /** @type {HTMLElement} */ (activeElement).click();
    else if (!this.dialog?.isOpen) void this.start();
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
    const { api, keep } = this.parts;
    const course = new Course({ api, now: () => performance.now(), sleep: waitForLine, opened });
    keep.set('round', course.id);
    dispatchEvent(new Event('popshot:started')); // framed.js tells the page around
    this.#perform(course);
  }

  /** @param {Play['course']} course */
  #perform(course) {
    const { view, sound, texts } = this.parts;
    view.reset();
    this.dialog?.close(); // it would hide the round
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
    this.tutor?.hide();
    this.#goAlong();
    this.parts.keep.forget('round');
    show(state);
    scrollTo({ top: 0 });
  }

  /** @param {unknown} problem what the start card stays for until the line brings the card that tells it */
  async #fail(problem) {
    if (this.play) this.#leave('problem');
    const ending = await this.#ending();
    this.#leave('problem');
    ending.fail(problem);
  }

  /** @param {Play['course']} course */
  #finish(course) {
    if (course.isCalm) void this.#finishCalm(course);
    else if (course.outcome) void this.#finishRanked(course.outcome, course);
    else void this.#fail(course.problem);
  }

  /** @param {import('./calm.js').CalmCourse} course */
  async #finishCalm({ sim }) {
    this.#leave('over');
    this.parts.sound.play('over');
    (await this.#ending()).calm(sim);
  }

  /** @param {import('./types.js').Outcome} outcome @param {Course} course */
  async #finishRanked(outcome, { id, isCutShort }) {
    this.tutor?.graduate();
    this.roundId = outcome.verdict === 'accepted' ? id : null;
    this.#leave('over');
    this.parts.sound.play(outcome.awards.length ? 'win' : 'over');
    this.speech.say('end', performance.now());
    (await this.#ending()).tell(outcome, id, isCutShort);
  }

  /** Out of the pause, back to the start; what was scored counts once the server closes the round. */
  #walkOut() {
    this.#leave('start');
    byId('play').focus({ preventScroll: true });
  }
}
