import {createReadStream} from 'node:fs';
import {readdir} from 'node:fs/promises';
import {join} from 'node:path';

const CHUNK_BYTES = 1 << 22;

/** Files below the folders in which one of the values stands, with the number of the first one found in each. */
export async function searchFiles(
  folders: readonly string[],
  values: readonly string[],
): Promise<{file: string; value: number}[]> {
  if (values.length === 0) return [];
  const needles = values.map((value) => Buffer.from(value));
  const hits: {file: string; value: number}[] = [];
  for (const folder of folders) {
    const entries = await readdir(folder, {recursive: true, withFileTypes: true}).catch(() => []);
    for (const entry of entries) {
      if (!entry.isFile()) continue;
      const file = join(entry.parentPath, entry.name);
      const value = await searchFile(file, needles);
      if (value !== null) hits.push({file, value});
    }
  }
  return hits;
}

async function searchFile(file: string, needles: readonly Buffer[]): Promise<number | null> {
  const overlap = Math.max(...needles.map((needle) => needle.length)) - 1;
  let rest: Buffer = Buffer.alloc(0);
  try {
    for await (const chunk of createReadStream(file, {highWaterMark: CHUNK_BYTES})) {
      const bytes = Buffer.concat([rest, chunk as Buffer]);
      const value = needles.findIndex((needle) => bytes.includes(needle));
      if (value >= 0) return value;
      rest = bytes.subarray(Math.max(0, bytes.length - overlap));
    }
  } catch {
    return null; // gone while we looked: logs are renamed, databases write their journals anew
  }
  return null;
}
