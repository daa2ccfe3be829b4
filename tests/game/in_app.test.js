// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hostOf } from '../../static/game/in_app.js';

const BARE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148';

test('a view in an app that says nothing is one, our own app on the home screen is none', () => {
  assert.equal(hostOf(BARE, false), 'app');
  assert.equal(hostOf(BARE, true), '');
  assert.equal(hostOf(`${BARE} Instagram 357.0`, true), 'Instagram');
});
