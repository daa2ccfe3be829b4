// @ts-check
/** Moving to another device: the code that is shown here, and the question that is asked there. */
import { Problem } from './api.js';
import { makeCopyButton } from './copy_button.js';
import { make, makeButton } from './dom.js';

/** @typedef {import('./me.js').Hands} Hands @typedef {{code: string, alias: string}} Move */

const LOOK_MS = 4000; // how often the old device asks whether it has been left

/** The move that an address brings; its alias is only for the question. @param {string} hash @returns {Move | null} */
export function readMove(hash) {
  const code = /^#move=([\w-]{1,80}\.[0-9a-f]{20}\.\d{1,11}\.[0-9a-f]{32})$/.exec(hash)?.[1];
  return code ? { code, alias: code.split('.')[0].replaceAll('-', ' ') } : null;
}

/** "9:05" @param {number} ms */
export function clockOf(ms) {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** @param {Hands} hands @param {() => void} lose called once the other device has taken over */
export function moveCard(hands, lose) {
  const { texts } = hands;
  const place = make('div', { class: 'move' });
  const button = makeButton(texts.say('move.show'), () => { void offer(place, button, hands, lose); }, 'small');
  return make('section', { class: 'card', 'aria-labelledby': 'move-title' }, make('h2', { id: 'move-title' }, texts.say('move.title')),
    make('p', { class: 'lead' }, texts.say('move.lead')), place, make('p', { class: 'actions' }, button));
}

/** @param {HTMLElement} place @param {HTMLButtonElement} button @param {Hands} hands @param {() => void} lose */
async function offer(place, button, hands, lose) {
  const { texts, api, keep } = hands;
  button.disabled = true;
  try {
    const { address, qr, expires_at } = await api.call('/players/me/moves', { method: 'POST' });
    keep.set('moving', expires_at);
    show(place, address, qr, hands);
    button.textContent = texts.say('move.again');
    watch(place, Date.now() + lasts(expires_at), hands, lose);
  } catch (problem) {
    if (problem instanceof Problem && problem.code === 'unknown_player') lose();
    else place.replaceChildren(make('p', { class: 'note bad', role: 'alert' }, texts.say('move.failed')));
  }
  button.disabled = false;
}

/** Never longer than a code lasts, however wrong this device's clock is. @param {string} expiresAt */
const lasts = (expiresAt) => Math.min(600_000, Math.max(0, Date.parse(expiresAt) - Date.now()) || 600_000);

/** @param {HTMLElement} place @param {string} address @param {string} qr @param {Hands} hands */
function show(place, address, qr, { texts, say }) {
  const shown = make('code', { class: 'address' }, address);
  const copy = makeCopyButton(texts, { label: 'move.copy', text: address, shown, say });
  place.replaceChildren(make('img', { class: 'qr', src: qr, alt: texts.say('move.qr'), width: '220', height: '220' }),
    make('div', {}, make('p', {}, texts.say('move.scan')), make('p', { class: 'note warm' }, texts.say('move.secret')), shown, copy,
      make('p', { class: 'left', role: 'timer' })));
  say(texts.say('move.scan'));
}

/** Count the code's time down, and notice when it has been used. @param {HTMLElement} place @param {number} until @param {Hands} hands @param {() => void} lose */
function watch(place, until, { texts, api }, lose) {
  const left = /** @type {HTMLElement} */ (place.querySelector('.left'));
  let asked = Date.now();
  const tick = setInterval(() => {
    const now = Date.now();
    if (!left.isConnected) { clearInterval(tick); return; }
    if (now >= until) {
      clearInterval(tick);
      place.replaceChildren(make('p', { class: 'note' }, texts.say('move.over')));
      return;
    }
    left.textContent = texts.say('move.left', { time: clockOf(until - now) });
    if (document.hidden || now - asked < LOOK_MS) return;
    asked = now;
    api.call('/players/me').catch((problem) => {
      if (!(problem instanceof Problem) || problem.code !== 'unknown_player' || !left.isConnected) return;
      clearInterval(tick);
      lose();
    });
  }, 250);
}

/** "Take over as Sunny Otter 482?" @param {Move} move @param {Hands} hands */
export function takeOverCard({ code, alias }, hands) {
  const { texts, keep, open } = hands;
  const own = keep.get('token') && keep.get('alias');
  const note = make('p', { class: 'note bad', role: 'alert', hidden: true });
  const move = { code, token: drawToken() }; // the same again at a second try: an answer may be lost on the line
  const take = makeButton(texts.say('move.take.now'), () => { void takeOver(move, take, note, hands); });
  return make('section', { class: 'card' }, make('h1', { tabindex: '-1' }, texts.say('move.take.title', { alias })),
    make('p', { class: 'lead' }, texts.say('move.take.text')),
    own && own !== alias ? make('p', { class: 'note warm' }, texts.say('move.take.own', { alias: own })) : null, note,
    make('p', { class: 'actions' }, take, makeButton(texts.say('move.take.not'), open, 'plain')));
}

/** 32 random bytes in base64url. */
function drawToken() {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replace('=', '');
}

/** @param {{code: string, token: string}} move @param {HTMLButtonElement} button @param {HTMLElement} note @param {Hands} hands */
async function takeOver(move, button, note, { texts, api, keep, say, open }) {
  button.disabled = true;
  try {
    const { player, token } = await api.call('/moves', { method: 'POST', body: move, anonymous: true });
    for (const name of ['round', 'waiting', 'moving']) keep.forget(name);
    keep.set('token', token);
    keep.set('alias', player.alias);
    say(texts.say('move.taken', { alias: player.alias }));
    open();
  } catch (problem) {
    const key = `move.${problem instanceof Problem ? problem.code : ''}`;
    note.textContent = texts.say(texts.has(key) ? key : 'move.failed');
    note.hidden = false;
    button.disabled = false;
  }
}
