// @ts-check
/** Pictures of the studio: chosen, cut in a dialog, sent, shown. Faults stand next to the field, in the server's words. */
import { CropField } from './crop_field.js';

const MOST_BYTES = 8 * 1024 * 1024;

const words = /** @type {HTMLTemplateElement | null} */ (document.querySelector('template[data-cropper]'));
/** @type {HTMLDialogElement | null} */ let dialog = null;

document.addEventListener('change', (event) => {
  const input = /** @type {HTMLInputElement} */ (event.target);
  const file = input.matches('[data-picture-file]') ? input.files?.[0] : undefined;
  if (!file) return;
  void choose(boxOf(input), file);
  input.value = ''; // the same file may be chosen again
});

document.addEventListener('click', (event) => {
  const button = /** @type {Element} */ (event.target).closest('[data-picture-remove]');
  if (button) void remove(boxOf(button));
});

/** @param {Element} within @returns {HTMLElement} */
const boxOf = (within) => /** @type {HTMLElement} */ (within.closest('[data-picture]'));

/** @param {HTMLElement} box @param {string} [fault] @param {string} [kept] */
function tell(box, fault = '', kept = '') {
  /** @type {HTMLElement} */ (box.querySelector('[data-picture-fault]')).textContent = fault;
  /** @type {HTMLElement} */ (box.querySelector('[data-picture-kept]')).textContent = kept;
  box.querySelector('[data-picture-file]')?.toggleAttribute('aria-invalid', Boolean(fault));
}

/** @param {HTMLElement} box @param {File} file */
async function choose(box, file) {
  tell(box);
  if (file.size > MOST_BYTES) return void tell(box, words?.dataset.large);
  const picture = await createImageBitmap(file).catch(() => null);
  if (!picture) return void await send(box, file); // only the server can say what is wrong with it
  const part = await cut(box, picture, (chosen) => send(box, file, chosen));
  picture.close();
  if (!part) /** @type {HTMLElement | null} */ (box.querySelector('[data-picture-file]'))?.focus();
}

/**
 * Let the part be chosen; resolves to whether one was kept.
 * @param {HTMLElement} box @param {ImageBitmap} picture @param {(part: Record<string, number>) => Promise<unknown>} keep
 */
function cut(box, picture, keep) {
  dialog = /** @type {HTMLDialogElement} */ (words?.content.firstElementChild?.cloneNode(true));
  document.body.append(dialog);
  const shown = dialog, button = /** @type {HTMLButtonElement} */ (shown.querySelector('[data-crop-keep]'));
  shown.showModal();
  const field = new CropField(shown, picture, { aspect: Number(box.dataset.aspect), shape: box.dataset.shape ?? '', mustFill: 'mustFill' in box.dataset });
  let isKept = false;
  button.addEventListener('click', async () => {
    button.disabled = true;
    button.textContent = button.dataset.keeping ?? '';
    isKept = true;
    await keep(field.part);
    shown.close();
  });
  shown.querySelector('[data-crop-cancel]')?.addEventListener('click', () => shown.close());
  return new Promise((resolve) => {
    shown.addEventListener('close', () => { field.end(); shown.remove(); resolve(isKept); }, { once: true });
  });
}

/** @param {HTMLElement} box @param {File} file @param {Record<string, number>} [part] */
async function send(box, file, part = {}) {
  const form = new FormData();
  for (const [name, value] of Object.entries(part)) form.set(name, String(value));
  form.set('picture', file);
  await ask(box.dataset.address ?? '', box, form, words?.dataset.kept);
}

/** @param {HTMLElement} box */
const remove = (box) => ask(`${box.dataset.address}/remove`, box, new URLSearchParams(), words?.dataset.removed);

/** @param {string} address @param {HTMLElement} box @param {FormData | URLSearchParams} body @param {string} [done] */
async function ask(address, box, body, done) {
  box.setAttribute('aria-busy', 'true');
  try {
    const answer = await fetch(address, { method: 'POST', body });
    if (answer.status === 413) tell(box, words?.dataset.large);
    else {
      const { id, detail } = await answer.json();
      if (answer.ok) show(box, id, done);
      else tell(box, detail);
    }
  } catch { // no line, or a page for people: the visit is over, or something broke
    tell(box, words?.dataset.failed);
  }
  box.removeAttribute('aria-busy');
}

/** @param {HTMLElement} box @param {string | null} id @param {string} [done] */
function show(box, id, done) {
  const now = /** @type {HTMLElement} */ (box.querySelector('.office-picture-now'));
  const picture = document.createElement('img');
  picture.alt = '';
  if (id) picture.src = `/pictures/${id}`;
  now.replaceChildren(...(id ? [picture] : []));
  const word = /** @type {HTMLElement} */ (box.querySelector('[data-picture-word]'));
  word.textContent = (id ? word.dataset.next : word.dataset.first) ?? '';
  /** @type {HTMLElement} */ (box.querySelector('[data-picture-remove]')).hidden = !id;
  if (!id) /** @type {HTMLElement | null} */ (box.querySelector('[data-picture-file]'))?.focus();
  tell(box, '', done);
  const kept = /** @type {HTMLInputElement | null} */ (box.querySelector('[data-picture-id]'));
  if (!kept) return;
  kept.value = id ?? '';
  kept.dispatchEvent(new Event('input', { bubbles: true })); // the preview listens
}
