// @ts-check
/** The door: the pass in the link's fragment, which no server has seen, is sent once and becomes a cookie. */
import { byId } from '../game/dom.js';
import { createTexts } from '../game/texts.js';

const boot = JSON.parse(byId('boot').textContent ?? '');
const texts = createTexts(boot.texts, boot.locale);

/** @param {string} key */
function refuse(key) {
  byId('way-in').textContent = texts.say('desk.enter.text');
  byId('refused').textContent = texts.say(key);
  byId('refused').hidden = false;
}

/** @param {string} pass */
async function enter(pass) {
  byId('way-in').textContent = texts.say('desk.enter.opening');
  const init = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ pass }) };
  const answer = await fetch('/backoffice/api/enter', init).catch(() => null);
  if (answer?.ok) location.replace('/backoffice/moderation');
  else refuse(answer ? 'desk.enter.failed' : 'desk.enter.offline');
}

function arrive() {
  const pass = location.hash.slice(1);
  if (!pass) return;
  history.replaceState(null, '', location.pathname + location.search); // out of the address bar and the history
  void enter(pass);
}

addEventListener('hashchange', arrive);
arrive();
