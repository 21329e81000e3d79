import {spawn} from 'node:child_process';
import type {Result} from './run.ts';

/** Nearly all that a schedule makes is short-lived: with more room for it the collector runs seldom. */
const YOUNG = '--max-semi-space-size=64';

interface Work {
  /** the program to run */
  self: string;
  processes: number;
  count: number;
  seed: number;
}

/** Shares the schedules among processes with seeds of their own (seed, seed + 1 …) and adds up what they found. */
export async function share({self, processes, count, seed}: Work, say: (line: string) => void): Promise<Result> {
  const each = Math.ceil(count / processes);
  const parts = Array.from({length: processes}, (_, i) =>
    runPart(self, Math.min(each, count - i * each), seed + i, say),
  );
  const total: Result = {schedules: 0, steps: 0, violations: 0, seed, reached: {}, missed: []};
  for (const part of await Promise.all(parts)) {
    total.schedules += part.schedules;
    total.steps += part.steps;
    total.violations += part.violations;
    for (const [what, n] of Object.entries(part.reached)) total.reached[what] = (total.reached[what] ?? 0) + n;
  }
  return total;
}

function runPart(self: string, count: number, seed: number, say: (line: string) => void): Promise<Result> {
  const args = ['--schedules', String(count), '--seed', String(seed), '--processes', '0', '--json'];
  const child = spawn(process.execPath, [YOUNG, self, ...args], {stdio: ['ignore', 'pipe', 'pipe']});
  let out = '';
  let told = '';
  child.stdout.on('data', (chunk) => {
    out += String(chunk);
  });
  child.stderr.on('data', (chunk) => {
    told += String(chunk);
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => {
      for (const line of told.trimEnd().split('\n')) say(line);
      const last = out.trim().split('\n').at(-1) ?? '';
      if (last.startsWith('{')) resolve(JSON.parse(last) as Result);
      else reject(new Error(`a process of the model ended without a result: ${told}`));
    });
  });
}
