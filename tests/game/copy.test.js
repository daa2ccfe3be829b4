// @ts-check
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { copyText } from '../../static/game/copy.js';

/** A page whose browser has these ways to copy; what was copied, and what is selected. @param {{clipboard?: boolean, command?: boolean}} ways */
function page({ clipboard, command }) {
  /** @type {{copied: string, selected: unknown}} */ const seen = { copied: '', selected: null };
  const writeText = async (/** @type {string} */ text) => {
    if (clipboard === false) throw new Error('NotAllowedError');
    seen.copied = text;
  };
  Object.defineProperty(globalThis, 'navigator', { configurable: true, value: clipboard === undefined ? {} : { clipboard: { writeText } } });
  const document = Object.assign(new EventTarget(), { execCommand() {
    const event = Object.assign(new Event('copy'), { clipboardData: { setData: (/** @type {string} */ _, /** @type {string} */ text) => { seen.copied = text; } } });
    if (command) document.dispatchEvent(event);
    return Boolean(command);
  } });
  Object.assign(globalThis, { document, getSelection: () => ({ selectAllChildren: (/** @type {unknown} */ what) => { seen.selected = what; } }) });
  return seen;
}
const shown = /** @type {any} */ ('the element');
afterEach(() => { Object.assign(globalThis, { document: undefined, getSelection: undefined }); });

test('the clipboard takes it where it may', async () => {
  const seen = page({ clipboard: true });
  assert.equal(await copyText('CODE', shown), true);
  assert.deepEqual(seen, { copied: 'CODE', selected: null });
});

for (const [where, ways] of /** @type {const} */ ([['in a frame of another site', { clipboard: false, command: true }], ['on plain http', { command: true }]])) {
  test(`${where} the older command does`, async () => {
    const seen = page(ways);
    assert.equal(await copyText('CODE', shown), true);
    assert.equal(seen.copied, 'CODE');
  });
}

test('where nothing may copy, what is shown is selected', async () => {
  const seen = page({});
  assert.equal(await copyText('CODE', shown), false);
  assert.deepEqual(seen, { copied: '', selected: shown });
});
