import {type ChildProcess, spawn} from 'node:child_process';
import {readdirSync, readFileSync} from 'node:fs';
import {createServer} from 'node:net';
import {join} from 'node:path';

const ROOT = process.env.WAYBILL_ROOT ?? process.cwd();
const READY_MS = 300_000;
const SERVES = /^ready http/m;
const DEMO_PLAYED = /demo orders are at the door/;
const DEMO_FAILED = /the demo (orders did not get through|catalogue could not be made).*/;

export interface Started {
  /** Ends `npm start` and everything it started with kill -9, without a chance to say goodbye; returns the names. */
  killAll(): string[];
  /** Stops it as Ctrl-C does, and waits until it is gone. */
  stop(): Promise<void>;
}

interface StartOptions {
  dataDir: string;
  port: number;
  /** the folder's own, 1 at first, unless given */
  speed?: number;
  workers?: number;
  /** with the demo shop; then it is waited for until the demo's orders have come as far as they shall */
  demo?: boolean;
}

/** Starts a system as `npm start` does, in a process of its own; resolves once it is ready. */
export async function startCommand({dataDir, port, speed, workers = 1, demo = false}: StartOptions): Promise<Started> {
  const args = ['--data-dir', dataDir, '--port', String(port)];
  if (speed) args.push('--speed', String(speed));
  if (!demo) args.push('--no-demo');
  const {npm_lifecycle_event: _, ...environment} = process.env;
  const env = {...environment, WORKERS: String(workers), DATA_DIR: dataDir};
  const child = spawn(process.execPath, [join(ROOT, 'scripts', 'start.mjs'), ...args], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  try {
    await ready(child, demo ? DEMO_PLAYED : SERVES);
  } catch (error) {
    await stopInOrder(child);
    throw error;
  }
  return {killAll: () => killAll(child, dataDir), stop: () => stopInOrder(child)};
}

function ready(child: ChildProcess, line: RegExp): Promise<void> {
  let said = '';
  return new Promise((resolve, reject) => {
    const late = setTimeout(
      () => reject(new Error(`npm start was not ready after ${READY_MS / 1000} s:\n${said}`)),
      READY_MS,
    );
    const read = (chunk: Buffer) => {
      said = (said + chunk.toString('utf8')).slice(-20_000);
      const failed = DEMO_FAILED.exec(said)?.[0];
      if (failed === undefined && !line.test(said)) return;
      clearTimeout(late);
      if (failed === undefined) resolve();
      else reject(new Error(failed));
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', (code) => {
      clearTimeout(late);
      reject(new Error(`npm start ended with ${code}:\n${said}`));
    });
  });
}

function killAll(child: ChildProcess, dataDir: string): string[] {
  if (child.pid) killHard(child.pid);
  const run = join(dataDir, 'run');
  const names: string[] = [];
  for (const file of readdirSync(run).filter((name) => name.endsWith('.json'))) {
    const {program, guard} = JSON.parse(readFileSync(join(run, file), 'utf8')) as Record<
      'program' | 'guard',
      {pid: number} | null
    >;
    if (!program) continue;
    for (const victim of [guard, program]) if (victim) killHard(victim.pid);
    names.push(file.replace('.json', ''));
  }
  return names;
}

function killHard(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // gone already: that is what is wanted
  }
}

async function stopInOrder(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGINT');
  await gone;
}

/**
 * A free port below the range the system hands to outgoing connections: one of those could otherwise take it while the
 * system is down.
 */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < 200; tries += 1) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    if (await isFree(port)) return port;
  }
  throw new Error('no free port between 20000 and 32000');
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
