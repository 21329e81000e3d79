import {existsSync, readFileSync, statSync} from 'node:fs';
import {join} from 'node:path';

interface Chunk {
  file: string;
  isEntry?: boolean;
  isDynamicEntry?: boolean;
  imports?: string[];
  dynamicImports?: string[];
}

export interface PageSize {
  /** the entry, or the room that is loaded when somebody enters */
  page: string;
  /** bytes of script, compressed as they are sent, until it is there */
  script: number;
}

/** Bytes of script that a page may load before its map. */
export const SCRIPT_LIMIT = 350 * 1_024;

/** What each page and each room of it loads, from the bundler's manifest. */
export function pageSizes(folder: string): PageSize[] {
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Record<string, Chunk>;
  const load = (names: readonly string[], seen = new Set<string>()): Set<string> => {
    for (const name of names.filter((one) => !seen.has(one))) load(manifest[name]?.imports ?? [], seen.add(name));
    return seen;
  };
  const weigh = (names: Iterable<string>) =>
    [...names].reduce((sum, name) => sum + sizeOf(join(folder, manifest[name]?.file ?? '')), 0);
  const entries = Object.keys(manifest).filter((name) => manifest[name]?.isEntry);
  return entries.flatMap((entry) => {
    const rooms = manifest[entry]?.dynamicImports ?? [];
    const whole = (page: string, ...names: string[]) => ({page, script: weigh(load([entry, ...names]))});
    return [whole(entry), ...rooms.map((room) => whole(room, room))];
  });
}

const sizeOf = (file: string): number =>
  !file.endsWith('.js') ? 0 : statSync(existsSync(`${file}.gz`) ? `${file}.gz` : file).size;
