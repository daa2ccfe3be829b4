// @ts-check
/** Passkeys: a button that makes one or shows one. The page says for what; our answers say where to go on. */

const API = '/backoffice/api/staff';
const DEEDS = {
  register: { ask: `${API}/registration`, tell: `${API}/passkeys` },
  prove: { ask: `${API}/challenge?for=prove`, tell: `${API}/prove` },
  'sign-in': { ask: `${API}/challenge?for=sign-in`, tell: `${API}/sign-in` },
};

for (const found of document.querySelectorAll('[data-passkey]')) {
  const button = /** @type {HTMLButtonElement} */ (found);
  button.addEventListener('click', () => void act(button));
}

/** @param {HTMLButtonElement} button */
async function act(button) {
  const deed = DEEDS[/** @type {keyof typeof DEEDS} */ (button.dataset.passkey)];
  const said = document.querySelector('[data-passkey-said]');
  say(said, '');
  button.disabled = true;
  try {
    const options = await ask(deed.ask);
    const credential = button.dataset.passkey === 'register' ? await make(options) : await show(options);
    const name = /** @type {HTMLInputElement | null} */ (document.querySelector('[data-passkey-name]'))?.value ?? '';
    const { to } = await ask(deed.tell + location.search, { credential, name });
    location.assign(to);
  } catch (error) {
    button.disabled = false;
    say(said, error instanceof Refusal ? error.message : (button.dataset.failed ?? ''));
  }
}

/** What the server refused, in its own words. */
class Refusal extends Error {}

/**
 * @param {string} address
 * @param {unknown} [body] sent when there is one
 * @returns {Promise<any>} what was answered; throws Refusal
 */
async function ask(address, body) {
  const answer = await fetch(address, body === undefined ? {} : {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body),
  });
  const told = await answer.json();
  if (!answer.ok) throw new Refusal(told.detail ?? '');
  return told;
}

/** @param {any} options @returns {Promise<unknown>} a new passkey, as JSON */
async function make(options) {
  const made = await navigator.credentials.create({
    publicKey: {
      ...options,
      challenge: bytes(options.challenge),
      user: { ...options.user, id: bytes(options.user.id) },
      excludeCredentials: (options.excludeCredentials ?? []).map(known),
    },
  });
  const { rawId, type, response } = /** @type {PublicKeyCredential} */ (made);
  const given = /** @type {AuthenticatorAttestationResponse} */ (response);
  return {
    id: text(rawId), rawId: text(rawId), type,
    response: {
      clientDataJSON: text(given.clientDataJSON),
      attestationObject: text(given.attestationObject),
    },
  };
}

/** @param {any} options @returns {Promise<unknown>} what a passkey signed, as JSON */
async function show(options) {
  const shown = await navigator.credentials.get({
    publicKey: {
      ...options,
      challenge: bytes(options.challenge),
      allowCredentials: (options.allowCredentials ?? []).map(known),
    },
  });
  const { rawId, type, response } = /** @type {PublicKeyCredential} */ (shown);
  const given = /** @type {AuthenticatorAssertionResponse} */ (response);
  return {
    id: text(rawId), rawId: text(rawId), type,
    response: {
      clientDataJSON: text(given.clientDataJSON),
      authenticatorData: text(given.authenticatorData),
      signature: text(given.signature),
      userHandle: given.userHandle ? text(given.userHandle) : null,
    },
  };
}

/** @param {{id: string, type: string}} one */
function known(one) {
  return { ...one, id: bytes(one.id) };
}

/** @param {string} written base64url @returns {ArrayBuffer} */
function bytes(written) {
  const plain = atob(written.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0)).buffer;
}

/** @param {ArrayBuffer} raw @returns {string} base64url */
function text(raw) {
  const plain = Array.from(new Uint8Array(raw), (byte) => String.fromCharCode(byte)).join('');
  return btoa(plain).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** @param {Element | null} place @param {string} sentence nothing puts it away */
function say(place, sentence) {
  if (!place) return;
  place.textContent = sentence;
  place.classList.toggle('d-none', sentence === '');
}

export {};
