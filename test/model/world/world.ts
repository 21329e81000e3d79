import {createActivities} from '../../../activities/index.ts';
import {createEasypostCarrier} from '../../../adapters/easypost.ts';
import {createStripeGateway} from '../../../adapters/stripe.ts';
import type {Carrier} from '../../../activities/ports.ts';
import type {ApiDeps} from '../../../api/deps.ts';
import type {Turns} from '../../../api/turns.ts';
import type {StoreContext} from '../../../store/context.ts';
import {bindStore} from '../../../store/index.ts';
import {storeWebhook} from '../../../store/store-webhook.ts';
import * as workflows from '../../../workflows/index.ts';
import {seedIds} from '../engine/crypto.ts';
import type {WorkflowFunction} from '../engine/execution.ts';
import {Faults} from '../engine/faults.ts';
import {Scheduler} from '../engine/scheduler.ts';
import {Server} from '../engine/server.ts';
import {Bank, type BankEvent} from '../provider/bank.ts';
import {useOffice} from '../provider/easypost-sdk.ts';
import {PostOffice, type TrackerRecord, trackerBody} from '../provider/post-office.ts';
import {useBank} from '../provider/stripe-sdk.ts';
import {Database, UnknownStatement} from '../tables/database.ts';
import type {TableShape} from '../tables/schema.ts';
import {clientOf} from './client.ts';
import {Relay} from './relay.ts';
import {OPEN_VAULT, openShop, POLICY} from './shop.ts';

/** How one schedule's world is made. */
export interface Setup {
  seed: number;
  /** units on the shelves, by place and sku */
  stock: number[][];
  multicapture: boolean;
  extended: boolean;
  /** runs go on in a fresh history after a few dozen events */
  longRuns: boolean;
  /** how likely any boundary goes wrong, and how often at most */
  faultRate: number;
  faultsAtMost: number;
  /** the activity that they strike; null for everything */
  faultOn: string | null;
  /** at the end the staff works everything off; else everything is left as it is */
  workOff: boolean;
}

export const START = Date.UTC(2026, 0, 5, 12);
const MINUTE = 60_000;

export interface Placed {
  order_id: string;
  again: () => Promise<unknown>;
}

/** Everything of one schedule: engine, tables, providers, and the product's own code between them. */
/** Faults of the code, or of the model, that no fault from outside explains. */
const STUMBLES = [TypeError, ReferenceError, RangeError, UnknownStatement];

export class World {
  readonly scheduler = new Scheduler();
  readonly faults = new Faults(this.scheduler);
  readonly bank: Bank;
  readonly office: PostOffice;
  readonly db: Database;
  readonly server: Server;
  readonly store: StoreContext;
  readonly carrier: Carrier;
  readonly api: ApiDeps;
  readonly relay: Relay;
  readonly placed: Placed[] = [];
  readonly reached = new Map<string, number>();
  /** what must never happen and did */
  readonly broken: string[] = [];
  readonly setup: Setup;

  constructor(setup: Setup, shapes: ReadonlyMap<string, TableShape>) {
    this.setup = setup;
    const {scheduler, faults} = this;
    scheduler.now = START;
    scheduler.random.reseed(setup.seed);
    seedIds(setup.seed);
    faults.rate = setup.faultRate;
    faults.left = setup.faultsAtMost;
    faults.target = setup.faultOn;
    const reached = (what: string) => this.count(what);
    this.bank = new Bank(scheduler, faults, reached);
    this.bank.multicapture = setup.multicapture;
    this.bank.extended = setup.extended;
    this.office = new PostOffice(scheduler, faults, reached);
    this.db = new Database(shapes, faults, () => new Date(scheduler.now));
    openShop(this.db, setup.stock, setup.longRuns ? 30 : 2_000);
    this.store = storeOn(this.db);
    const payments = createStripeGateway({secretKey: 'sk_model'});
    this.carrier = createEasypostCarrier({apiKey: 'model'});
    this.server = new Server(scheduler, faults, workflows as unknown as Record<string, WorkflowFunction>);
    const clock = {now: () => scheduler.now};
    // no schedule of the model has a supplier
    const suppliers = {send: () => Promise.reject(new Error('there is no supplier'))};
    const store = bindStore(this.store);
    // nor does any act on many orders at once
    const runs = {ask: () => Promise.reject(new Error('there is no bulk act'))};
    const activities = createActivities({store, payments, carrier: this.carrier, suppliers, runs, clock});
    this.server.register(activities as never);
    this.server.onError = (name, error) => this.stumbled(name, error);
    const client = clientOf(this.server, faults);
    this.api = apiOn(this.store, client);
    this.relay = new Relay(this, client);
    this.hearProviders();
  }

  /** Makes this world the one that the stand-ins answer for. */
  enter(): void {
    useBank(this.bank);
    useOffice(this.office);
    Date.now = () => this.scheduler.now;
  }

  count(what: string): void {
    this.reached.set(what, (this.reached.get(what) ?? 0) + 1);
  }

  /** An error that no answer, fault or refusal explains is a defect: of the product, or of the model. */
  stumbled(where: string, error: unknown): void {
    if (STUMBLES.some((kind) => error instanceof kind))
      this.broken.push(`${where} stumbled: ${(error as Error).stack}`);
  }

  private hearProviders(): void {
    this.bank.onEvent = (event) => this.webhook('stripe', event.type, event.id, stripeBody(event));
    this.office.onNews = (tracker) => {
      const {length} = tracker.details;
      this.webhook('easypost', 'tracker.updated', `${tracker.id}-${length}`, {result: newsOf(tracker)});
    };
  }

  /** Webhooks come late, out of order and twice; those of trackers may never come. */
  private webhook(provider: 'stripe' | 'easypost', type: string, event_id: string, body: unknown): void {
    const {random} = this.scheduler;
    const disturbed = this.faults.left > 0 && this.faults.rate > 0;
    const copies = disturbed && random.chance(0.1) ? (provider === 'stripe' ? 2 : random.pick([0, 2])) : 1;
    for (let i = 0; i < (copies ?? 1); i += 1) {
      const late = disturbed ? (random.pick([0, 0, 2_000, 10 * MINUTE]) ?? 0) : 0;
      this.scheduler.after(late, () =>
        this.scheduler.begin('request', `webhook ${type}`, async () => {
          await this.until(() => storeWebhook(this.store, {provider, type, event_id, body}));
        }),
      );
    }
  }

  /** Providers send a webhook again until it was answered. */
  private async until(work: () => Promise<unknown>): Promise<void> {
    for (let tries = 0; tries < 20; tries += 1) {
      try {
        await work();
        return;
      } catch (error) {
        this.stumbled('webhook', error);
        await this.scheduler.turn('sent again');
      }
    }
  }

  /** Lets so many steps happen. */
  async run(steps: number): Promise<void> {
    for (let i = 0; i < steps; i += 1) {
      this.relay.wake();
      if (!(await this.scheduler.once())) return;
    }
  }

  /** Runs until nothing is ready. */
  async runAll(): Promise<void> {
    for (let i = 0; ; i += 1) {
      this.relay.wake();
      if (!(await this.scheduler.once())) return;
      if (i > 20_000) {
        this.broken.push('it never comes to rest');
        return;
      }
    }
  }

  /** Lets time pass with everybody at work: each timer fires when it is due. */
  async pass(ms: number): Promise<void> {
    const until = this.scheduler.now + ms;
    await this.runAll();
    for (;;) {
      const next = this.nextMoment(until);
      if (next === null) break;
      this.scheduler.moveTo(next);
      await this.runAll();
    }
    this.scheduler.moveTo(until);
    await this.runAll();
  }

  private nextMoment(until: number): number | null {
    const times = [this.scheduler.nextTimer(), this.relay.nextMoment()].filter((t) => t !== undefined);
    const next = Math.min(...times);
    return next <= until && this.broken.length === 0 ? next : null;
  }
}

const stripeBody = ({object}: BankEvent) => {
  const {id, status, amount, currency, metadata} = object;
  return {data: {object: {id, status, amount, currency, metadata}}};
};

const newsOf = (tracker: TrackerRecord): unknown => JSON.parse(JSON.stringify(trackerBody(tracker)));

function storeOn(db: Database): StoreContext {
  return {prisma: db.client(), pool: null, vault: OPEN_VAULT, now: db.now} as unknown as StoreContext;
}

function apiOn(store: StoreContext, temporal: ApiDeps['temporal']): ApiDeps {
  const silent = () => undefined;
  // no queue: who has to wait for whom is the scheduler's affair here
  const turns = {take: (_names: unknown, work: () => Promise<unknown>) => work()} as unknown as Turns;
  return {
    store,
    temporal,
    taskQueue: 'orders',
    clock: {t0: 0, real0: 0, speed: 1},
    logger: {info: silent, warn: silent, error: silent},
    metrics: {} as ApiDeps['metrics'],
    publicUrl: 'http://shop.invalid',
    shopPaymentUrl: null,
    timezone: 'UTC',
    stripeWebhookSecrets: [],
    easypostWebhookSecrets: [],
    twilioAuthTokens: [],
    checkoutLimit: null,
    turns: {checkouts: turns, cancels: turns, scans: turns},
    verdictWait: 10_000,
    policy: async () => ({version: 1, policy: POLICY}),
    draining: () => false,
    temporalUi: null,
    development: null,
  };
}
