// @ts-check
/** The claim page: what stands behind a code, what it needs, and what it hands over; or a keepsake that waits. */
import { Api, Problem } from './api.js';
import { copyText } from './copy.js';
import { makeCopyButton } from './copy_button.js';
import { byId, make } from './dom.js';
import { hostOf } from './in_app.js';
import { createKeep } from './keep.js';
import { showKeepsake } from './keepsake.js';
import { createTexts } from './texts.js';

/** @typedef {{name: string, kind: string, picture?: string | null}} Prize */
/** @typedef {{state: string, claim_before: string, prize: Prize, needs: string[], voucher_code?: string, download?: string}} Found */

const boot = JSON.parse(byId('boot').textContent ?? '');
const texts = createTexts(boot.texts, boot.locale);
const api = new Api({ base: boot.api, locale: boot.locale, keep: createKeep() });
const button = /** @type {HTMLButtonElement} */ (byId('claim-send'));
const FIELDS = ['name', 'address', 'email'];
/** @param {string} name @returns {HTMLInputElement} */
const field = (name) => /** @type {HTMLInputElement} */ (byId(`claim-${name}`));
const code = () => field('code').value.trim();

/** What was found behind the code; the code is asked for until something is. @type {Found | null} */
let found = null;

/** Says it above the button, or below the field that it is about. @param {string} text @param {boolean} [isBad] @param {HTMLElement} [about] */
function note(text, isBad = false, about) {
  const place = byId('claim-note');
  for (const one of document.querySelectorAll('[aria-invalid]')) for (const mark of ['aria-invalid', 'aria-describedby']) one.removeAttribute(mark);
  about?.setAttribute('aria-invalid', 'true');
  about?.setAttribute('aria-describedby', place.id);
  about?.focus();
  if (about) about.after(place);
  else button.parentElement?.before(place);
  place.textContent = text;
  place.className = isBad ? 'note bad' : 'note';
  if (isBad) place.setAttribute('role', 'alert');
  else place.removeAttribute('role');
  place.hidden = !text;
}

/** @param {unknown} problem */
function complain(problem) {
  const key = `claim.${problem instanceof Problem ? problem.code : ''}`;
  note(texts.say(texts.has(key) ? key : 'claim.failed'), true, key === 'claim.claim_not_found' ? field('code') : undefined);
}

/** While something is asked, nothing else is. @param {string} label what the button says meanwhile @param {() => Promise<void>} ask */
async function busy(label, ask) {
  const hadFocus = document.activeElement === button;
  button.disabled = true;
  button.textContent = texts.say(label);
  await ask().catch(complain);
  button.disabled = false;
  button.textContent = texts.say(found ? 'claim.send' : 'claim.next');
  if (hadFocus && document.activeElement === document.body) button.focus(); // disabled, it had to let go
}

/** The prize that waits, and only the fields that it needs. @param {Found} award */
function showPrize(award) {
  found = award;
  const { prize, needs } = award;
  byId('claim-lead').hidden = byId('claim-ask').hidden = true;
  byId('claim-prize').replaceChildren(...[prize.picture && make('img', { src: `/pictures/${prize.picture}`, alt: '' }),
    make('h2', {}, prize.name), make('p', {}, texts.say(`claim.kind.${prize.kind}`)),
    make('p', {}, texts.say('prize.before', { date: texts.date(award.claim_before) }))].filter((one) => one instanceof Node));
  byId('claim-prize').hidden = false;
  for (const name of FIELDS) /** @type {HTMLElement} */ (document.querySelector(`[data-need=${name}]`)).hidden = !needs.includes(name);
  byId('claim-use').hidden = byId('claim-parent').hidden = !needs.length;
  note('');
  (needs.length ? field(FIELDS.filter((name) => needs.includes(name))[0]) : byId('claim-prize')).focus();
}

/** @param {Prize} prize @param {{voucher_code?: string, download?: string}} yields @param {string} email */
function showClaimed(prize, yields, email) {
  byId('claimed-text').textContent = texts.say(`claim.done.${prize.kind}`, { prize: prize.name, email });
  byId('claimed-yield').replaceChildren(...handOver(yields));
  byId('claim').hidden = true;
  byId('claimed').hidden = false;
  byId('claimed').focus();
}

/** @param {{voucher_code?: string, download?: string}} yields @returns {HTMLElement[]} */
function handOver({ voucher_code: voucher, download }) {
  if (download) return [make('p', { class: 'yield' }, make('a', { class: 'button', href: download, download: '' }, texts.say('claim.get')))];
  if (!voucher) return [];
  const shown = make('span', { class: 'code' }, voucher);
  return [make('p', { class: 'yield' }, shown, makeCopyButton(texts, { label: 'prize.copy', text: voucher, shown }))];
}

const look = () => busy('claim.sending', async () => {
  const seen = await api.call('/claims/look', { method: 'POST', body: { claim_code: code() } });
  if (seen.keepsake) {
    byId('claim').hidden = true;
    showKeepsake(byId('keepsake'), seen.keepsake, { ticket: code(), texts, boot });
    return;
  }
  const { award } = seen;
  if (award.state === 'expired' || award.state === 'gone') throw new Problem(410, `claim_${award.state}`);
  if (award.state !== 'open') showClaimed(award.prize, award, '');
  else showPrize(award);
});

const claim = () => busy('claim.sending', async () => {
  if (!found) return;
  const given = Object.fromEntries(found.needs.map((name) => [name, field(name).value.trim()]));
  const { claim: claimed } = await api.call('/claims', { method: 'POST', body: { claim_code: code(), ...given } });
  showClaimed({ ...found.prize, ...claimed.prize }, claimed, given.email ?? '');
});

/** The first field that is empty or cannot be right. */
const findMissing = () => (found ? FIELDS.filter((name) => found?.needs.includes(name)) : ['code']).find((name) => !field(name).value.trim() || !field(name).validity.valid);

function goOn() {
  const missing = findMissing();
  if (!missing) {
    void (found ? claim() : look());
    return;
  }
  note(texts.say(`claim.need.${missing}`), true, field(missing));
}

/** Inside an app neither a file can be saved nor a code be found again: the address is there to be taken elsewhere. */
function leadOut() {
  byId('claim-app').hidden = false;
  const way = byId('claim-app-copy'), address = byId('claim-app-address');
  way.addEventListener('click', async () => {
    const shown = `${boot.public_url}/claim${code() && `/${encodeURIComponent(code())}`}`;
    address.textContent = shown;
    if (await copyText(shown, address)) way.textContent = texts.say('prize.copied');
  });
}

if (hostOf(navigator.userAgent)) leadOut();
button.addEventListener('click', goOn);
for (const name of ['code', 'name', 'email']) field(name).addEventListener('keydown', (event) => { if (event.key === 'Enter') goOn(); });
if (code()) void look();
