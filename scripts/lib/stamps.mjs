import {createHash} from 'node:crypto';
import {existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';

export function sha256(...parts) {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\0');
  return hash.digest('hex');
}

/** Every file below the folders, sorted; missing folders count as empty. */
export function filesBelow(...folders) {
  const found = [];
  for (const folder of folders) {
    if (!existsSync(folder)) continue;
    for (const entry of readdirSync(folder, {withFileTypes: true, recursive: true})) {
      if (entry.isFile()) found.push(join(entry.parentPath ?? entry.path, entry.name));
    }
  }
  return found.sort();
}

/** Changes when a file appears, goes or is written; does not read contents. */
export function hashOfTimes(files) {
  return sha256(
    ...files.map((file) => {
      const {size, mtimeMs} = statSync(file, {throwIfNoEntry: false}) ?? {size: 0, mtimeMs: 0};
      return `${file}:${size}:${mtimeMs}`;
    }),
  );
}

export function hashOfContents(files) {
  return sha256(...files.flatMap((file) => [file, existsSync(file) ? readFileSync(file) : '']));
}

export function readStamp(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}

export function writeStamp(file, value) {
  mkdirSync(dirname(file), {recursive: true});
  writeFileSync(file, value);
}

export function dropStamp(file) {
  rmSync(file, {force: true});
}
