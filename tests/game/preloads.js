// @ts-check
/** Prints the links that fetch the boot path at once: `node tests/game/preloads.js > server/templates/preload.html`. */
import { readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/**
 * Every module that the first round needs: what an entry imports, and what that imports.
 * @param {string} entry path in the repository @returns {string[]} paths in the repository, the entry first
 */
export function bootPath(entry = 'static/game/main.js') {
  const found = [resolve(ROOT, entry)];
  for (const file of found) {
    for (const [, to] of readFileSync(file, 'utf8').matchAll(/^(?:import|export) [^;]*?from '(\.[^']+)';/gms)) {
      const path = resolve(dirname(file), to);
      if (!found.includes(path)) found.push(path);
    }
  }
  return found.map((path) => relative(ROOT, path));
}

/** @returns {string} */
export const preloads = () => bootPath().map((path) => `<link rel="modulepreload" crossorigin href="/${path}">\n`).join('');

if (process.argv[1]?.endsWith('preloads.js')) process.stdout.write(preloads());
