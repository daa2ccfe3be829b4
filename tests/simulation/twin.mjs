// @ts-check
/** What JavaScript makes of the vectors on its standard input, one outcome a line. For test_twins.py. */
import { readFileSync } from 'node:fs';

import { outcomeOf, replayVector } from '../game/sim.rounds.js';

for (const vector of JSON.parse(readFileSync(0, 'utf8'))) {
  process.stdout.write(`${JSON.stringify(outcomeOf(replayVector(vector)))}\n`);
}
