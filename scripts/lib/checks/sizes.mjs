import {readFileSync} from 'node:fs';
import {join, relative} from 'node:path';
import {ROOT, SOURCES} from '../paths.mjs';
import {filesBelow} from '../stamps.mjs';

const MOST_LINES = 400;

/** Notices about files that have grown beyond what one reader takes in. */
export function checkSizes() {
  return filesBelow(...[...SOURCES, 'scripts'].map((folder) => join(ROOT, folder)))
    .filter((file) => /\.(ts|tsx|mjs|cjs)$/.test(file) && !file.includes('/generated/'))
    .map((file) => [relative(ROOT, file), readFileSync(file, 'utf8').split('\n').length - 1])
    .filter(([, lines]) => lines > MOST_LINES)
    .map(([file, lines]) => `${file} has ${lines} lines (${MOST_LINES} are plenty)`);
}
