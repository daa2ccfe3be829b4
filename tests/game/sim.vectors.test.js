// @ts-check
/** The shared vectors, as JavaScript sees them; tests/simulation/test_vectors.py reads the same files. */
import assert from 'node:assert/strict';
import test from 'node:test';

import { expectedOf, outcomeOf, readVectors, replayVector } from './sim.rounds.js';

for (const vector of [...readVectors('hand_picked.json'), ...readVectors('random.json')]) {
  test(`${vector.name}: the round comes to what its vector says`, () => {
    assert.deepEqual(outcomeOf(replayVector(vector)), expectedOf(vector));
  });
}
