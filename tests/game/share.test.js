// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { share } from '../../static/game/share.js';

const LINK = { title: 'Pop the boss!', text: '12,450 points', url: 'https://play.example/r/abc' };

/** A device whose sheet and clipboard do as told. @param {{sheet?: () => Promise<void>, clipboard?: () => Promise<void>}} ways */
function device({ sheet, clipboard }) {
  /** @type {unknown[]} */ const seen = [];
  const parts = {
    share: sheet && ((/** @type {unknown} */ link) => { seen.push(link); return sheet(); }),
    clipboard: clipboard && { writeText: (/** @type {string} */ text) => { seen.push(text); return clipboard(); } },
  };
  return { seen, parts: /** @type {any} */ (parts) };
}
const works = () => Promise.resolve();
const refuses = (/** @type {string} */ name) => () => Promise.reject(Object.assign(new Error(name), { name }));

test('a device with a sheet of its own opens it, within the click', () => {
  const { seen, parts } = device({ sheet: works, clipboard: works });
  const way = share(LINK, parts);
  assert.deepEqual(seen, [LINK]); // before anything is waited for
  return way.then((done) => assert.equal(done, 'shared'));
});

test('who closes the sheet again finds nothing copied', async () => {
  const { seen, parts } = device({ sheet: refuses('AbortError'), clipboard: works });
  assert.equal(await share(LINK, parts), 'dismissed');
  assert.equal(seen.length, 1);
});

test('without a sheet, or where a frame may not open it, the address is copied', async () => {
  for (const sheet of [undefined, refuses('NotAllowedError')]) {
    const { seen, parts } = device({ sheet, clipboard: works });
    assert.equal(await share(LINK, parts), 'copied');
    assert.equal(seen.at(-1), LINK.url);
  }
});

test('where nothing may be copied the address is left to the hand', async () => {
  assert.equal(await share(LINK, device({ clipboard: refuses('NotAllowedError') }).parts), 'by_hand');
  assert.equal(await share(LINK, device({}).parts), 'by_hand');
});
