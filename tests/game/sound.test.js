// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Settings } from '../../static/game/settings.js';
import { SOUNDS, Sound, numbersOf } from '../../static/game/sound.js';

Object.assign(globalThis, { AudioContext: class {} }); // ZzFX opens one when it is loaded
const { ZZFX } = await import(String(new URL('../../node_modules/zzfx/ZzFX.js', import.meta.url)));

/** @param {Record<string, string>} [kept] */
function makeSettings(kept = {}) {
  return new Settings({ get: (name) => kept[name], set: (name, value) => { kept[name] = value; }, forget: (name) => { delete kept[name]; } });
}

for (const [name, recipe] of Object.entries(SOUNDS)) {
  test(`${name} is heard, is short, and does not crackle`, () => {
    const samples = /** @type {number[]} */ (ZZFX.buildSamples(...numbersOf(recipe)));
    const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    assert.ok(samples.every(Number.isFinite));
    assert.ok(peak > 0.02 && peak <= 0.6, `peak ${peak}`);
    assert.ok(samples.length < 1.3 * ZZFX.sampleRate, `${samples.length} samples`);
    assert.ok(Math.abs(samples.at(-1) ?? 0) < 0.05, 'it ends with a click');
  });
}

test('a player without sound keeps it so at the next visit', () => {
  const kept = {}, sound = new Sound(makeSettings(kept));
  sound.toggle();
  assert.equal(sound.isMuted, true);
  assert.equal(new Sound(makeSettings(kept)).isMuted, true);
});

test('the tune is switched by itself', () => {
  const settings = makeSettings(), sound = new Sound(settings);
  settings.set('tune', 'off');
  assert.deepEqual([sound.hasTune, sound.isMuted], [false, false]);
});
