import {spawn} from 'node:child_process';
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join, resolve} from 'node:path';
import type {Example} from './examples.ts';

export interface Played {
  status: number;
  body: unknown;
}

interface Ground {
  /** an empty folder that stands for the clone */
  folder: string;
  api: string;
  keys: object;
  urls: object;
  /** real milliseconds for all of it */
  patience: number;
}

/** Runs the blocks in one bash, in their order, as a reader would; what the last call of each was answered. */
export async function playExamples(examples: readonly Example[], ground: Ground): Promise<Played[]> {
  const {folder, api, keys, urls} = ground;
  for (const name of ['.data/run', 'out']) mkdirSync(join(folder, name), {recursive: true});
  writeFileSync(join(folder, '.data/keys.json'), JSON.stringify(keys));
  writeFileSync(join(folder, '.data/run/urls.json'), JSON.stringify(urls));
  const blocks = examples.map(({script}, i) => `echo ${i}\n{\n${script}} > out/${i} 2> out/${i}.err\n`);
  const curl = `command -v curl > /dev/null || curl() { node '${resolve('test/docs/curl.mjs')}' "$@"; }\n`;
  writeFileSync(join(folder, 'story.sh'), curl + blocks.join(''));
  await runBash(examples, {...ground, api});
  return examples.map(({answer}, i) => (answer ? readOutcome(join(folder, `out/${i}`)) : NOTHING));
}

function runBash(examples: readonly Example[], {folder, api, patience}: Ground): Promise<void> {
  // a group of its own: a call that waits in vain ends with it
  const child = spawn('bash', ['story.sh'], {cwd: folder, detached: true, env: {...process.env, API: api, KEY: ''}});
  let begun = '0';
  child.stdout.on('data', (data: Buffer) => {
    begun = data.toString('utf8').trim().split('\n').at(-1) ?? begun;
  });
  return new Promise((resolve, reject) => {
    const stop = setTimeout(() => {
      if (child.pid) process.kill(-child.pid, 'SIGKILL');
      const {err, out} = said(join(folder, `out/${begun}`));
      reject(new Error(`${examples[Number(begun)]?.where} did not end:\n${err.slice(-500)}\n${out.slice(-1_500)}`));
    }, patience);
    child.once('error', reject);
    child.once('close', () => {
      clearTimeout(stop);
      resolve();
    });
  });
}

const said = (file: string) => ({out: readFileSync(file, 'utf8'), err: readFileSync(`${file}.err`, 'utf8')});

const NOTHING: Played = {status: 0, body: null};

function readOutcome(file: string): Played {
  const {out, err} = said(file);
  const status = Number(err.match(/^\d{3}$/gm)?.at(-1) ?? 0);
  const last = out.trim().split('\n').at(-1) ?? '';
  return {status, body: JSON.parse(last) as unknown};
}

/** Where an answer is of another kind than the one that is printed; times, ids and the like differ each time. */
export function differences(printed: unknown, seen: unknown, path = ''): string[] {
  const other = [`${path || '/'}: printed ${JSON.stringify(printed)}, seen ${JSON.stringify(seen)}`];
  if (printed === null || seen === null) return [];
  if (typeof printed === 'string' && typeof seen === 'string') {
    const made = [printed, seen].some((text) => /[\d…]/.test(text));
    return made || printed === seen ? [] : other;
  }
  if (typeof printed !== 'object' || typeof seen !== 'object') return printed === seen ? [] : other;
  const [told, found] = [printed, seen] as [Record<string, unknown>, Record<string, unknown>];
  if (Object.keys(told).sort().join() !== Object.keys(found).sort().join()) return other;
  return Object.keys(told).flatMap((key) => differences(told[key], found[key], `${path}/${key}`));
}

const WIDTH = 150;

/** JSON that breaks its lines only where it must. */
export function layOutJson(value: unknown, indent = ''): string {
  const flat = oneLine(value);
  if (typeof value !== 'object' || value === null || flat.length + indent.length <= WIDTH) return flat;
  const inner = `${indent}  `;
  const list = Array.isArray(value);
  const parts = Object.entries(value).map(([name, part]) => {
    return `${inner}${list ? '' : `${JSON.stringify(name)}: `}${layOutJson(part, inner)}`;
  });
  return `${list ? '[' : '{'}\n${parts.join(',\n')}\n${indent}${list ? ']' : '}'}`;
}

function oneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(oneLine).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const parts = Object.entries(value).map(([name, part]) => `${JSON.stringify(name)}: ${oneLine(part)}`);
  return `{${parts.join(', ')}}`;
}

const SECRET = /secret$|^key$/;

/** Nothing that is shown once is printed in a page. */
export function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, part]) => {
    const hidden = SECRET.test(name) && typeof part === 'string';
    return [name, hidden ? `${part.slice(0, 6)}…` : withoutSecrets(part)];
  });
  return Object.fromEntries(entries) as unknown;
}
