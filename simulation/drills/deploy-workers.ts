import {type ChildProcess, execFile, spawn} from 'node:child_process';
import {cpSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {bundleWorkflowCode} from '@temporalio/worker';
import type {System} from '../system.ts';

const ROOT = process.env.WAYBILL_ROOT ?? process.cwd();
const DIST = join(ROOT, 'dist');

/** What version 2 does that version 1 does not: another step in each kind of run, behind `patched` unless reckless. */
const EDITS: readonly [file: string, from: string, to: string][] = [
  [
    'accept-order.js',
    'const reserved = await lockStock',
    'IF await planAgain(run);\n        const reserved = await lockStock',
  ],
  ['fulfil-order.js', 'run.taken += 1;', 'run.taken += 1;\n    IF await sleep(1);'],
  ['sub-order-run.js', "case 'dispatched': {", "case 'dispatched': {\n                IF await sleep(1);"],
];
const SDK = /import \{(.*?)\} from '@temporalio\/workflow';/s;

/** The workflows of a next version, bundled from an edited copy of today's; returns the file. */
export async function nextVersion(guarded: boolean): Promise<{bundle: string; discard: () => void}> {
  const folder = mkdtempSync(join(tmpdir(), 'waybill-next-'));
  for (const name of ['workflows', 'domain']) cpSync(join(DIST, name), join(folder, name), {recursive: true});
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'package.json'), '{"type": "module"}');
  for (const [i, [name, from, to]] of EDITS.entries()) {
    const file = join(folder, 'workflows', name);
    const code = readFileSync(file, 'utf8');
    if (code.split(from).length !== 2) throw new Error(`${name} has not one place that reads ${from}`);
    const guard = guarded ? `if (patched('drill-${i}'))` : '';
    const edited = code
      .replace(from, to.replace('IF', guard))
      .replace(SDK, (_all, names: string) => `import {${withNames(names)}} from '@temporalio/workflow';`);
    writeFileSync(file, edited);
  }
  const {code} = await bundleWorkflowCode({
    workflowsPath: join(folder, 'workflows', 'index.js'),
    logger: {log: () => 0, trace: () => 0, debug: () => 0, info: () => 0, warn: () => 0, error: () => 0},
  });
  const bundle = join(folder, 'bundle.js');
  mkdirSync(folder, {recursive: true});
  writeFileSync(bundle, code);
  return {bundle, discard: () => rmSync(folder, {recursive: true, force: true})};
}

function withNames(names: string): string {
  const have = names.split(',').map((name) => name.trim());
  return [...new Set([...have, 'patched', 'sleep'])].filter(Boolean).join(', ');
}

export interface Build {
  id: string;
  bundle: string;
}

/** The workers of a system that has none of its own, by build, as an operator starts and stops them. */
export class Workers {
  private readonly system: System;
  private readonly running = new Map<string, ChildProcess[]>();

  constructor(system: System) {
    this.system = system;
  }

  async start(build: Build, count: number): Promise<void> {
    const started = await Promise.all(Array.from({length: count}, () => this.startOne(build)));
    this.running.set(build.id, [...(this.running.get(build.id) ?? []), ...started]);
  }

  /** Asks one after the other to stop and waits until each is gone; the seconds that the slowest took. */
  async stop(build: Build): Promise<number> {
    let slowest = 0;
    for (const child of this.running.get(build.id) ?? []) {
      const began = Date.now();
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await gone;
      slowest = Math.max(slowest, (Date.now() - began) / 1_000);
    }
    this.running.delete(build.id);
    return slowest;
  }

  stopAll(): void {
    for (const child of [...this.running.values()].flat()) child.kill('SIGKILL');
  }

  /** What an operator calls; its last line is JSON where the command has figures. */
  async deploy(build: Build, ...args: string[]): Promise<string> {
    const entry = join(DIST, 'workers', 'deploy-main.js');
    const env = this.environment(build);
    const {stdout} = await promisify(execFile)(process.execPath, [entry, ...args], {env, cwd: ROOT});
    return stdout.trim().split('\n').at(-1) ?? '';
  }

  private startOne(build: Build): Promise<ChildProcess> {
    const log = openSync(join(this.system.dataDir, 'logs', `worker-${build.id}.log`), 'a');
    const child = spawn(process.execPath, ['--enable-source-maps', join(DIST, 'workers', 'main.js')], {
      cwd: ROOT,
      env: this.environment(build),
      stdio: ['ignore', log, log, 'ipc'],
    });
    return new Promise((resolve, reject) => {
      child.once('message', () => resolve(child));
      child.once('exit', (code) => reject(new Error(`a worker of ${build.id} ended with ${code}`)));
    });
  }

  private environment({id, bundle}: Build): NodeJS.ProcessEnv {
    return {...process.env, ...this.system.env, WAYBILL_POLICY: 'open', BUILD_ID: id, WORKFLOW_BUNDLE: bundle};
  }
}
