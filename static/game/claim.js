// @ts-check
/** The claim page: a code, a name, an address to write to. */
import { Api, Problem } from './api.js';
import { byId } from './dom.js';
import { createKeep } from './keep.js';
import { createTexts } from './texts.js';

const boot = JSON.parse(byId('boot').textContent ?? '');
const texts = createTexts(boot.texts, boot.locale);
const api = new Api({ base: boot.api, locale: boot.locale, keep: createKeep() });
const button = /** @type {HTMLButtonElement} */ (byId('claim-send'));
/** @param {string} name @returns {HTMLInputElement} */
const field = (name) => /** @type {HTMLInputElement} */ (byId(`claim-${name}`));

/** @param {string} key */
function complain(key) {
  const note = byId('claim-note');
  note.textContent = texts.say(key);
  note.className = 'note bad';
  note.setAttribute('role', 'alert');
}

/** The first field that is empty or cannot be right. */
const findMissing = () => ['code', 'name', 'email'].find((name) => !field(name).value.trim() || !field(name).validity.valid);

async function claim() {
  const missing = findMissing();
  if (missing) {
    complain(`claim.need.${missing}`);
    field(missing).focus();
    return;
  }
  button.disabled = true;
  button.textContent = texts.say('claim.sending');
  const [claim_code, name, email] = ['code', 'name', 'email'].map((one) => field(one).value.trim());
  try {
    const { claim: claimed } = await api.call('/claims', { method: 'POST', body: { claim_code, name, email } });
    byId('claimed-text').textContent = texts.say('claim.done.text', { prize: claimed.prize.name, email });
    byId('claim').hidden = true;
    byId('claimed').hidden = false;
    byId('claimed').focus();
  } catch (problem) {
    const key = `claim.${problem instanceof Problem ? problem.code : ''}`;
    complain(texts.has(key) ? key : 'claim.failed');
  }
  button.disabled = false;
  button.textContent = texts.say('claim.send');
}

button.addEventListener('click', () => { void claim(); });
for (const name of ['code', 'name', 'email']) {
  field(name).addEventListener('keydown', (event) => { if (event.key === 'Enter') void claim(); });
}
