import {type ChildProcess, fork} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import type {Mail} from '../../activities/ports.ts';
import type {Policy} from '../../domain/policy/policy.ts';
import type {SharedClock} from '../../domain/time/shared-clock.ts';
import {TEST_KEYS} from '../support/api.ts';
import type {World} from '../support/world.ts';
import type {FaultBoundary} from './boundary.ts';
import type {Cell} from './catalogue.ts';

/** All that a worker or relay of its own needs to know. */
export interface ChildPlan {
  role: 'worker' | 'relay';
  cells: readonly Cell[];
  taskQueue: string;
  databaseUrl: string;
  stripeUrl: string;
  carrierUrl: string;
  smsUrl: string;
  publicUrl: string;
  temporal: string;
  bundle: string;
  keys: typeof TEST_KEYS;
  clock: SharedClock;
  policy: Policy;
  firedFile: string;
  mailsFile: string;
}

export type CancelFor = (cellId: string, orderId: string) => Promise<unknown>;

const MAIN = fileURLToPath(new URL(`./child-main.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`, import.meta.url));

/** The processes of one world: each is started again when it dies, until it is stopped. */
export class Children {
  /** processes that were killed at their boundary */
  kills = 0;
  private readonly folder = mkdtempSync(join(tmpdir(), 'waybill-faults-'));
  private readonly world: World;
  private readonly boundary: FaultBoundary;
  private readonly cancel: CancelFor;
  private readonly policy: Policy;
  private readonly running = new Map<string, {child: ChildProcess; stopping: boolean}>();
  private readonly firedFile = join(this.folder, 'fired.jsonl');
  private readonly mailsFile = join(this.folder, 'mails.jsonl');

  constructor(world: World, boundary: FaultBoundary, policy: Policy, cancel: CancelFor) {
    this.world = world;
    this.boundary = boundary;
    this.policy = policy;
    this.cancel = cancel;
    for (const file of [this.firedFile, this.mailsFile]) writeFileSync(file, '');
  }

  /** Resolves once the process is at work. */
  async start(role: ChildPlan['role'], taskQueue: string, cells: readonly Cell[]): Promise<void> {
    const {api, stripeUrl, carrierUrl, smsUrl, clock} = this.world;
    const plan: ChildPlan = {
      role,
      cells,
      taskQueue,
      databaseUrl: api.databaseUrl,
      stripeUrl,
      carrierUrl,
      smsUrl,
      publicUrl: api.deps.publicUrl,
      temporal: process.env['TEST_TEMPORAL_ADDRESS'] ?? '',
      bundle: process.env['TEST_WORKFLOW_BUNDLE'] ?? '',
      keys: TEST_KEYS,
      clock,
      policy: this.policy,
      firedFile: this.firedFile,
      mailsFile: this.mailsFile,
    };
    await this.spawn(`${role} ${taskQueue}`, plan);
  }

  async stop(role: ChildPlan['role'], taskQueue: string): Promise<void> {
    const entry = this.running.get(`${role} ${taskQueue}`);
    if (!entry) return;
    entry.stopping = true;
    this.running.delete(`${role} ${taskQueue}`);
    if (entry.child.exitCode !== null || entry.child.signalCode !== null) return;
    const gone = new Promise((resolve) => entry.child.once('exit', resolve));
    entry.child.kill('SIGTERM');
    const timer = setTimeout(() => entry.child.kill('SIGKILL'), 15_000);
    await gone;
    clearTimeout(timer);
  }

  async close(): Promise<void> {
    await Promise.all([...this.running.keys()].map((name) => this.stop(...(name.split(' ') as ['worker', string]))));
    rmSync(this.folder, {recursive: true, force: true});
  }

  /** What the relays in processes of their own have sent. */
  mails(): Mail[] {
    return readFileSync(this.mailsFile, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Mail);
  }

  private spawn(name: string, plan: ChildPlan): Promise<void> {
    return new Promise((resolve, reject) => {
      const env = {...process.env, FAULT_PLAN: JSON.stringify(plan)};
      const child = fork(MAIN, {env, stdio: ['ignore', 'inherit', 'inherit', 'ipc']});
      const entry = {child, stopping: false};
      this.running.set(name, entry);
      child.on('message', (message: Word) => {
        if (message.ready) resolve();
        if (message.fired) this.readFired();
        if (message.cancel) void this.cancelFor(child, message);
      });
      child.once('exit', (code, signal) => {
        this.readFired();
        if (entry.stopping) return;
        if (signal === 'SIGKILL') this.kills += 1;
        else reject(new Error(`the ${name} ended by itself with ${code ?? signal}`));
        this.spawn(name, plan).then(resolve, reject);
      });
    });
  }

  private readFired(): void {
    this.boundary.remember(readFileSync(this.firedFile, 'utf8'));
  }

  private async cancelFor(child: ChildProcess, {cancel, order_id, ask}: Word): Promise<void> {
    await this.cancel(cancel ?? '', order_id ?? '').catch(() => undefined);
    if (child.connected) child.send({cancelled: ask});
  }
}

interface Word {
  ready?: boolean;
  fired?: boolean;
  cancel?: string;
  order_id?: string;
  ask?: number;
}
