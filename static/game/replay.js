// @ts-check
/** A round watched again: played from its secret and its shots by the same rules, in the reader's own browser. */
import { Api } from './api.js';
import { badgeOf, medal } from './badge.js';
import { byId, make } from './dom.js';
import { Door } from './door.js';
import { Hud } from './hud.js';
import { createKeep } from './keep.js';
import { listen } from './live.js';
import { Deck } from './replay/deck.js';
import { Playhead, readMoment } from './replay/playhead.js';
import { judge } from './replay/record.js';
import { Sheet } from './replay/sheet.js';
import { Show } from './replay/show.js';
import { root } from './root.js';
import { Settings, dress } from './settings.js';
import { TICKS, TICK_RATE } from './sim/rules.js';
import { makeShareButton, offersOf } from './share.js';
import { shareAddress } from './share_address.js';
import { Speech } from './speech.js';
import { createTexts } from './texts.js';
import { Theatre } from './theatre.js';

/** @typedef {import('./replay/record.js').Kept} Kept @typedef {import('./replay/record.js').Judged} Judged */
/**
 * @typedef {{slug: string, brand: string, title: string, state: string, theme: any}} Around
 * @typedef {{round: string, look: string, is_public: boolean, takes_comments?: boolean, campaign: Around | null, locale: string, api: string,
 *   locales: string[], public_url: string, texts: Record<string, string>}} ReplayBoot
 */

/** @type {ReplayBoot} */
const boot = JSON.parse(byId('boot').textContent ?? '');
const { campaign } = boot;
const texts = createTexts(boot.texts, boot.locale);
const keep = createKeep();
const api = new Api({ base: boot.api, locale: boot.locale, keep });
const settings = new Settings(keep, matchMedia('(prefers-reduced-motion: reduce)').matches);
const theatre = new Theatre(campaign?.theme ?? null, settings);
const playhead = new Playhead();

/** @param {string} text @param {boolean} [isBad] */
function note(text, isBad = false) {
  const element = byId('replay-note');
  element.textContent = text;
  element.classList.toggle('bad', isBad);
  element.hidden = false;
}

/** @param {Kept} record @param {Judged | null} judged */
function warn({ score, hits }, judged) {
  const why = judged ? texts.say('replay.differs', { mine: judged.score, hits: judged.hits.length, theirs: score, told: hits }) : texts.say('replay.broken');
  const banner = byId('replay-forged');
  banner.hidden = false;
  banner.append(make('strong', {}, texts.say('replay.forged')), make('span', {}, why)); // after it shows: so it is read out
  document.body.classList.add('is-forged');
  new ResizeObserver(() => { // the stage gives way, so that the controls stay on the first screen
    document.body.style.setProperty('--warning', `${banner.offsetHeight}px`);
    dispatchEvent(new Event('resize'));
  }).observe(banner);
}

/** Only a round that is public and holds is handed on, or dares anybody. @param {Kept} record */
function handOn(record) {
  const offers = offersOf({ id: boot.round, score: record.score }, { texts, api, boot }).reverse(); // who watches hands on what they watch
  for (const [id, size] of [['replay-tools', 'tool'], ['replay-actions', 'button small']]) {
    const dare = campaign?.state === 'open' && make('a', { class: `${size} beat`, href: shareAddress(root, `/c/${campaign.slug}`, { beat: boot.round }) }, texts.say('replay.beat'));
    byId(id).append(...[dare, makeShareButton(offers, { texts, api, boot }, size === 'tool' ? 'tool' : `${size} plain`)].filter((part) => part !== false));
  }
}

/** @param {Kept} record @param {Judged} judged */
function listFacts(record, { hits, thrown, bestCombo }) {
  const share = thrown ? hits.length / thrown : 0;
  const facts = [['result.hits', texts.number(hits.length)], ['replay.misses', texts.number(thrown - hits.length)],
    ['result.accuracy', texts.percent(share)], ['result.combo', texts.number(bestCombo)]];
  byId('replay-facts').replaceChildren(...facts.map(([key, value]) => make('div', {}, make('dt', {}, texts.say(key)), make('dd', {}, value))));
  byId('replay-when').textContent = [campaign?.title, campaign?.brand, record.played_at && texts.date(record.played_at)].filter(Boolean).join(' · ');
}

/** @param {number} score */
function showBadge(score) {
  const badge = badgeOf(score), line = byId('replay-badge');
  if (!badge) return;
  line.append(medal(badge.name), texts.say(`badge.${badge.name}`));
  line.hidden = false;
}

/** Who played, and whether the darts come to what is on record. @param {Kept} record @param {Judged | null} judged */
function introduce(record, judged) {
  const by = texts.say('replay.by', { alias: record.alias ?? texts.say('player.somebody') });
  for (const id of ['replay-title', 'replay-by', 'about-title']) byId(id).textContent = by;
  byId('replay-score').append(texts.number(record.score), make('small', {}, texts.say('result.points')));
  if (!judged?.isHonest) {
    warn(record, judged);
    return;
  }
  const verdict = byId('replay-verdict');
  verdict.textContent = texts.say('replay.same');
  verdict.hidden = false;
  showBadge(record.score);
  note(texts.say(boot.is_public ? 'replay.same' : 'replay.private'));
  if (boot.is_public) handOn(record);
}

/** What is painted in a colour of another name, or of its own. @type {Record<string, string>} */
const COLOURS = { boss: theatre.look.skin, 'knock-out': theatre.look.tie, plant: '#ff5d6c' };

/** The colour of a kind of hit in this campaign. @param {string} kind */
const colourOf = (kind) => COLOURS[kind] ?? /** @type {Record<string, string>} */ (theatre.look)[kind];

/** @param {Kept} record @param {Judged} judged @param {import('./view/view.js').View} view */
function setUpShow(record, judged, view) {
  const show = new Show(record, { view, hud: new Hud(texts), speech: new Speech(texts, theatre.stage), texts, theatre, playhead });
  const appear = (/** @type {string} */ state) => { document.body.dataset.state = state; };
  const isOn = () => document.body.dataset.state === 'playing';
  const seek = (/** @type {number} */ tick) => {
    playhead.moveTo(tick);
    show.cut();
    deck.show();
    appear('playing');
  };
  const toggle = () => {
    const isFresh = playhead.isAtEnd || playhead.tick === 0;
    playhead.toggle();
    if (isFresh) show.begin();
    appear('playing');
  };
  const deck = new Deck(texts, playhead, { seek, toggle });
  const sheet = new Sheet(texts, { skins: campaign?.theme?.skins ?? {}, colourOf, seek });
  const watch = (/** @type {number} */ ms) => watchFrom(ms, seek, toggle);
  deck.paint(record, judged, colourOf);
  sheet.fill(record, judged);
  listFacts(record, judged);
  for (const id of ['replay-deck', 'replay-about', 'replay-hits']) byId(id).hidden = false;
  setUpButtons(toggle);
  goWhereAsked(watch);
  openTalk(watch);
  return (/** @type {number} */ seconds) => {
    const before = playhead.tick, passed = playhead.advance(seconds);
    if (playhead.tick < before) show.begin(); // the loop has come round
    if (isOn()) show.frame(passed);
    else show.idle(seconds, IDLE_AIM);
    deck.show();
    sheet.follow(isOn() ? playhead.tick : -1);
    talk?.follow();
    if (isOn() && playhead.isAtEnd && passed > 0) appear('start');
  };
}

/** Where the round is, as comments tell moments: milliseconds, the last one when all is thrown. */
const now = () => Math.round((Math.min(playhead.tick, TICKS) * 1000) / TICK_RATE);

/** Show what a comment is about: it runs from there, unless the reader wants no motion. @param {number} ms @param {(tick: number) => void} seek @param {() => void} toggle */
function watchFrom(ms, seek, toggle) {
  seek((ms * TICK_RATE) / 1000);
  if (!playhead.isPlaying && !playhead.isAtEnd && !settings.hasLessMotion) toggle();
  byId('theatre').scrollIntoView({ block: 'start' });
  byId('replay-toggle').focus({ preventScroll: true });
}

/** An address may name a moment. @param {(ms: number) => void} watch */
function goWhereAsked(watch) {
  const go = () => {
    const at = readMoment(location.hash);
    if (at !== null) watch(at);
  };
  addEventListener('hashchange', go);
  go();
}

/** @type {Door | null} */ let talk = null;

/** What is said about this round; a reviewer, who looks at what is not public, does not write there. @param {(ms: number) => void} watch */
function openTalk(watch) {
  if (!campaign || !boot.takes_comments || (boot.look && !boot.is_public)) return;
  const door = new Door({ texts, slug: campaign.slug, api, keep, isFramed: false, isClosed: campaign.state === 'closed', roundId: boot.round, about: () => boot.round, now, seek: watch });
  byId('comments').hidden = false;
  void listen(campaign.slug, (update) => door.hear(update), (isLive) => door.meet(isLive));
  talk = door;
}

const IDLE_AIM = { x: 360, y: 640 };

/** @param {() => void} toggle */
function setUpButtons(toggle) {
  const button = /** @type {HTMLButtonElement} */ (byId('replay-play'));
  button.disabled = false;
  button.addEventListener('click', () => {
    toggle();
    button.textContent = texts.say('replay.restart');
    byId('replay-toggle').focus();
  });
  theatre.canvas.addEventListener('click', toggle);
}

async function main() {
  dress(settings);
  const look = boot.look ? `?look=${encodeURIComponent(boot.look)}` : ''; // a reviewer's link to a round that is not public
  const asked = api.call(`/rounds/${encodeURIComponent(boot.round)}/replay${look}`).catch(() => null);
  const view = await theatre.open();
  let frame = (/** @type {number} */ seconds, /** @type {number} */ now) => view.draw({ sim: null, tick: 0, over: 0, now: now / 1000, aim: IDLE_AIM });
  theatre.run((now, seconds) => frame(seconds, now));
  requestAnimationFrame(() => { document.body.dataset.drawn = ''; });

  const record = /** @type {Kept | null} */ (await asked);
  if (!record) {
    note(texts.say('replay.missing'), true);
    byId('replay-play').hidden = true;
    return;
  }
  const judged = judge(record);
  introduce(record, judged);
  if (judged) frame = setUpShow(record, judged, view);
  else byId('replay-play').hidden = true;
}

void main();
