// @ts-check
import assert from 'node:assert/strict';
import { createHash, createHmac, pbkdf2Sync } from 'node:crypto';
import { test } from 'node:test';
import { solveChallenge } from '../../static/game/proof.js';
import { fromHex, hmac, pbkdf2, sha256, toHex } from '../../static/game/sha256.js';

const bytes = (/** @type {string} */ text) => new TextEncoder().encode(text);

test('our SHA-256 is SHA-256, at every length around a block', () => {
  for (let length = 0; length < 200; length += 1) {
    const message = bytes('x'.repeat(length));
    assert.equal(toHex(sha256(message)), createHash('sha256').update(message).digest('hex'), `at ${length} bytes`);
  }
});

test('our HMAC is HMAC, also with a key longer than a block', () => {
  for (const key of ['', 'key', 'k'.repeat(64), 'k'.repeat(65)]) {
    assert.equal(toHex(hmac(bytes(key), bytes('message'))), createHmac('sha256', key).update('message').digest('hex'));
  }
});

test('our PBKDF2 is PBKDF2', () => {
  assert.equal(toHex(pbkdf2(bytes('password'), bytes('salt'), 50)), pbkdf2Sync('password', 'salt', 50, 32, 'sha256').toString('hex'));
});

test('hex goes there and back', () => {
  assert.equal(toHex(fromHex('00ff10ab')), '00ff10ab');
});

for (const algorithm of ['PBKDF2/SHA-256', 'SHA-256']) {
  test(`a challenge of the kind ${algorithm} is answered with a key that begins as asked`, async () => {
    const parameters = { algorithm, nonce: '0011', salt: '2233', cost: 3, keyLength: 32, keyPrefix: '0' };
    const answer = JSON.parse(atob(await solveChallenge({ parameters, signature: 's' })));
    const { counter, derivedKey } = answer.solution;
    const password = Buffer.concat([Buffer.from('0011', 'hex'), Buffer.from([counter >>> 24, counter >>> 16, counter >>> 8, counter])]);
    let key = algorithm === 'SHA-256' ? createHash('sha256').update(Buffer.from('2233', 'hex')).update(password).digest() : pbkdf2Sync(password, Buffer.from('2233', 'hex'), 3, 32, 'sha256');
    if (algorithm === 'SHA-256') for (let i = 1; i < 3; i += 1) key = createHash('sha256').update(key).digest();
    assert.equal(derivedKey, key.toString('hex'));
    assert.ok(derivedKey.startsWith('0'));
    assert.deepEqual(answer.challenge, { parameters, signature: 's' });
  });
}

test('a challenge of another kind is refused by name', async () => {
  await assert.rejects(solveChallenge({ parameters: { algorithm: 'SCRYPT', nonce: '00', salt: '00', cost: 1 } }), /SCRYPT/);
});
