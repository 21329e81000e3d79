import {type ChildProcess, spawn} from 'node:child_process';
import {readdirSync, readFileSync} from 'node:fs';
import {createServer} from 'node:net';
import {join} from 'node:path';

const ROOT = process.env.WAYBILL_ROOT ?? process.cwd();
const READY_MS = 180_000;

export interface Started {
  /** Ends `npm start` and everything it started with kill -9, without a chance to say goodbye; returns the names. */
  killAll(): string[];
  /** Asks it to stop in order, and waits until it is gone. */
  stop(): Promise<void>;
}

/** Starts a system as `npm start` does, in a process of its own; resolves at its `ready` line. */
export async function startCommand(given: {
  dataDir: string;
  port: number;
  speed: number;
  workers: number;
}): Promise<Started> {
  const {dataDir, port, speed, workers} = given;
  const args = ['--no-demo', '--data-dir', dataDir, '--port', String(port), '--speed', String(speed)];
  const {npm_lifecycle_event: _, ...environment} = process.env;
  const env = {...environment, WORKERS: String(workers), DATA_DIR: dataDir};
  const child = spawn(process.execPath, [join(ROOT, 'scripts', 'start.mjs'), ...args], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  await ready(child);
  return {killAll: () => killAll(child, dataDir), stop: () => stopInOrder(child)};
}

function ready(child: ChildProcess): Promise<void> {
  let said = '';
  return new Promise((resolve, reject) => {
    const late = setTimeout(
      () => reject(new Error(`npm start was not ready after ${READY_MS / 1000} s:\n${said}`)),
      READY_MS,
    );
    const read = (chunk: Buffer) => {
      said = (said + chunk.toString('utf8')).slice(-20_000);
      if (!/^ready http/m.test(said)) return;
      clearTimeout(late);
      resolve();
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
  child.kill('SIGTERM');
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
