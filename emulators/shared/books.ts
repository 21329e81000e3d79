import {closeSync, fstatSync, ftruncateSync, mkdirSync, openSync, readSync, writeSync} from 'node:fs';
import {join} from 'node:path';

/**
 * Append-only journal, one JSON entry a line. An appended entry is in the operating system's hands before `append`
 * returns, so it survives kill -9 of this process (not a power cut: there is no fsync).
 */
export interface Books<Entry> {
  /** Reads all entries in order; call once, before the first append. A torn last line is cut off the file. */
  load(): Entry[];
  /** The same without holding all entries in memory at once. */
  replay(apply: (entry: Entry) => void): void;
  append(entry: Entry): void;
  /** Empties the journal. */
  reset(): void;
  close(): void;
}

const CHUNK_BYTES = 1 << 20;
const NEWLINE = 10;

/** Opens (or creates) `dir/name.jsonl`. */
export function openBooks<Entry>(dir: string, name: string): Books<Entry> {
  mkdirSync(dir, {recursive: true});
  const path = join(dir, `${name}.jsonl`);
  const fd = openSync(path, 'a+');
  let open = true;

  const replay = (apply: (entry: Entry) => void) => {
    const complete = readLines(fd, (line, number) => apply(parseLine<Entry>(line, path, number)));
    if (complete < fstatSync(fd).size) ftruncateSync(fd, complete);
  };
  return {
    replay,
    load: () => {
      const entries: Entry[] = [];
      replay((entry) => entries.push(entry));
      return entries;
    },
    append: (entry) => {
      // A closed number may by now stand for another file.
      if (!open) throw new Error(`${path} is closed`);
      const bytes = Buffer.from(`${JSON.stringify(entry)}\n`);
      for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done);
    },
    reset: () => ftruncateSync(fd, 0),
    close: () => {
      if (open) closeSync(fd);
      open = false;
    },
  };
}

/** Calls `onLine` for every line that ends in a newline; returns the number of bytes those lines take. */
function readLines(fd: number, onLine: (line: string, number: number) => void): number {
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  let rest: Buffer = Buffer.alloc(0);
  let position = 0;
  let complete = 0;
  let number = 0;
  for (
    let read = readSync(fd, chunk, 0, CHUNK_BYTES, 0);
    read > 0;
    read = readSync(fd, chunk, 0, CHUNK_BYTES, position)
  ) {
    position += read;
    rest = Buffer.concat([rest, chunk.subarray(0, read)]);
    let start = 0;
    for (let end = rest.indexOf(NEWLINE); end >= 0; end = rest.indexOf(NEWLINE, start)) {
      number += 1;
      onLine(rest.toString('utf8', start, end), number);
      complete += end + 1 - start;
      start = end + 1;
    }
    rest = rest.subarray(start);
  }
  return complete;
}

function parseLine<Entry>(line: string, path: string, number: number): Entry {
  try {
    return JSON.parse(line) as Entry;
  } catch {
    throw new Error(`${path}:${number} is not a journal line: the books are damaged; reset them or restore the file`);
  }
}
