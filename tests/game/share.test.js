// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { offersOf, shareByDevice } from '../../static/game/share.js';
import { shareAddress } from '../../static/game/share_address.js';
import { WAYS } from '../../static/game/sharing/ways.js';

const LINK = { title: 'Pop the boss!', text: '12,450 points', url: 'https://play.example/r/abc' };

/** A device whose sheet does as told. @param {() => Promise<void>} sheet */
function device(sheet) {
  /** @type {unknown[]} */ const seen = [];
  return { seen, parts: /** @type {any} */ ({ share: (/** @type {unknown} */ link) => { seen.push(link); return sheet(); } }) };
}
const works = () => Promise.resolve();
const refuses = (/** @type {string} */ name) => () => Promise.reject(Object.assign(new Error(name), { name }));

test('a device with a sheet of its own opens it, within the click', () => {
  const { seen, parts } = device(works);
  const way = shareByDevice(LINK, parts);
  assert.deepEqual(seen, [LINK]); // before anything is waited for
  return way.then((done) => assert.equal(done, true));
});

test('who closes the sheet again is offered no other', async () => {
  assert.equal(await shareByDevice(LINK, device(refuses('AbortError')).parts), true);
});

test('while the sheet is open, a second one is not asked for in another way', async () => {
  assert.equal(await shareByDevice(LINK, device(refuses('InvalidStateError')).parts), true);
});

test('without a sheet, or where a frame may not open it, the menu is wanted', async () => {
  assert.equal(await shareByDevice(LINK, /** @type {any} */ ({})), false);
  assert.equal(await shareByDevice(LINK, device(refuses('NotAllowedError')).parts), false);
});

/** @param {object} [more] */
const hands = (more) => /** @type {any} */ ({
  texts: { say: (/** @type {string} */ key) => key }, api: {},
  boot: { public_url: 'https://play.example', locale: 'en', locales: ['en', 'fr'], campaign: { slug: 'boss', title: 'Pop!', state: 'open' }, ...more },
});
const round = { id: '0123456789abcdef0123', score: 12450 };

test('a round of an open campaign is a dare first, and its replay', () => {
  assert.deepEqual(offersOf(round, hands()).map(({ kind, link, qr }) => [kind, link.url, qr]), [
    ['dare', 'https://play.example/c/boss?beat=0123456789abcdef0123', '/r/0123456789abcdef0123/qr.svg?beat=1'],
    ['watch', 'https://play.example/r/0123456789abcdef0123', '/r/0123456789abcdef0123/qr.svg'],
  ]);
});

test('of a campaign that is not open, or of none, there is the replay alone', () => {
  for (const campaign of [{ slug: 'boss', title: 'Pop!', state: 'closed' }, null]) assert.deepEqual(offersOf(round, hands({ campaign })).map(({ kind }) => kind), ['watch']);
});

test('what is not the first language goes along, so that the picture of the link speaks it', () => {
  const [{ link, qr }] = offersOf(round, hands({ locale: 'fr' }));
  assert.equal(link.url, 'https://play.example/c/boss?beat=0123456789abcdef0123&lang=fr');
  assert.equal(qr, '/r/0123456789abcdef0123/qr.svg?beat=1&lang=fr');
});

test('an address encodes what it asks for, and leaves out what is not there', () => {
  assert.equal(shareAddress('https://play.example', '/c/boss', { beat: 'a&b=c d#e', via: undefined, lang: '' }), 'https://play.example/c/boss?beat=a%26b%3Dc+d%23e');
  assert.equal(shareAddress('', '/r/x'), '/r/x');
});

const AWKWARD = { title: 'A & B? #1', text: '50 % more + "fun"\r\nBcc: evil@evil.example', url: 'https://play.example/c/boss?beat=1&lang=fr' };

test('every way gets the whole address and the whole text, and nothing of either breaks out', () => {
  for (const { id, to } of WAYS) {
    const address = new URL(to(AWKWARD)), asked = Object.fromEntries(address.searchParams), told = Object.values(asked).join(' ');
    assert.match(address.protocol, /^(https|mailto|sms):$/, id);
    assert.ok(told.includes(AWKWARD.url), `${id} lost the address: ${address.href}`);
    assert.ok(!/[\r\n ]/.test(to(AWKWARD)), id);
    assert.ok(Object.keys(asked).every((name) => ['text', 'url', 'u', 'body', 'subject'].includes(name)), `${id}: ${Object.keys(asked)}`);
    if (!['facebook', 'linkedin'].includes(id)) assert.ok(told.includes(AWKWARD.text), id);
  }
});

test('a way that does not encode would be found out', () => {
  const naive = new URL(`mailto:?body=${AWKWARD.text} ${AWKWARD.url}`);
  assert.notDeepEqual([...naive.searchParams.keys()], ['body']);
});
