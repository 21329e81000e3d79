import {AsyncLocalStorage} from 'node:async_hooks';
import {Context} from '@temporalio/activity';
import type pg from 'pg';
import type {Activities} from '../../activities/index.ts';
import type {Carrier, Mail, PaymentGateway, SupplierChannel} from '../../activities/ports.ts';
import {ProviderError} from '../../domain/provider-error.ts';
import {applyTracking} from '../../store/apply-tracking.ts';
import {makeWave} from '../../store/make-wave.ts';
import {readHeldWord} from '../../store/read-held-words.ts';
import type {RelayParts, RelaySteps} from '../../workers/relay/start-relay.ts';
import type {WorldPorts} from '../support/world.ts';
import type {Cell} from './catalogue.ts';
import {type Armed, arm, type Hooks, InjectedFault, strike} from './strikes.ts';

interface Here {
  cell: ArmedCell;
  boundary: string;
  invocation: string;
}

export interface ArmedCell extends Cell {
  armed: Armed[];
  order_id?: string;
}

/**
 * Stands between the engine and the activities, and between the activities and the neighbours, and does what the plan
 * says: which order, which boundary, which fault. Orders are told apart by the idempotency key they were placed with.
 */
export class FaultBoundary {
  private readonly cells = new Map<string, ArmedCell>();
  private readonly cellOf = new Map<string, Promise<ArmedCell | null>>();
  private readonly here = new AsyncLocalStorage<Here>();
  private readonly late = new Set<Promise<unknown>>();
  private readonly hooks: Hooks;
  private pool: pg.Pool | null = null;

  constructor(cells: readonly Cell[], hooks: Hooks) {
    this.hooks = hooks;
    for (const cell of cells) this.cells.set(cell.id, {...cell, armed: cell.strikes.map(arm)});
  }

  /** The database that knows which order is which cell. */
  attach(pool: pg.Pool): void {
    this.pool = pool;
  }

  get(cellId: string): ArmedCell {
    const cell = this.cells.get(cellId);
    if (!cell) throw new Error(`no cell ${cellId}`);
    return cell;
  }

  /** Takes over what another process, or this one before it was killed, wrote down of faults that struck. */
  remember(lines: string): void {
    for (const line of lines.split('\n').filter((l) => l !== '')) {
      const {cell, index} = JSON.parse(line) as {cell: string; index: number};
      const fault = this.cells.get(cell)?.armed[index];
      if (fault) Object.assign(fault, {fired: true, done: true});
    }
  }

  /** Until late attempts have had their say too. */
  async settled(): Promise<void> {
    while (this.late.size > 0) await Promise.allSettled([...this.late]);
  }

  wrapActivities(real: Activities): Activities {
    const wrapped = Object.entries(real).map(([name, run]) => [
      name,
      (input: never) => this.activity(name, input, () => (run as (i: never) => Promise<unknown>)(input)),
    ]);
    return Object.fromEntries(wrapped) as Activities;
  }

  wrapPorts({payments, carrier, suppliers, runs}: WorldPorts): WorldPorts {
    return {
      payments: this.wrapPayments(payments),
      carrier: this.wrapCarrier(carrier),
      suppliers: this.wrapSuppliers(suppliers),
      runs: {ask: (...args) => this.call('call', () => runs.ask(...args))},
    };
  }

  /** The relay's side: its carrier is asked for trackers, its notifier sends the mails; its steps are its own. */
  wrapRelay<P extends RelayParts>(parts: P): P {
    const {store, carrier, notifier, texts} = parts;
    const track = async (ref: string) => {
      const state = await carrier.track(ref);
      await applyTracking(store, {...state, fact_key: `${state.raw_status}@${new Date(state.at).toISOString()}`});
      return state;
    };
    return {
      ...parts,
      carrier: {
        ...carrier,
        track: async (ref: string) => {
          const cell = await this.find(
            `tracker:${ref}`,
            'SELECT order_id AS id FROM parcels WHERE tracker_ref = $1',
            ref,
          );
          return this.enter(cell, 'track', ref, () => track(ref));
        },
      },
      notifier: {
        send: async (mail: Mail) => {
          const cell = await this.find(`order:${mail.order_id}`, 'SELECT $1 AS id', mail.order_id);
          const tells = await this.lookUp('SELECT order_id AS id FROM messages WHERE told_by = $1 LIMIT 1', mail.id);
          return this.enter(cell, tells ? 'digest' : 'notify', mail.id, () => notifier.send(mail));
        },
      },
      texts: texts && {
        ...texts,
        send: async (text) => {
          const cell = await this.find(`text:${text.id}`, 'SELECT order_id AS id FROM messages WHERE id = $1', text.id);
          return this.enter(cell, 'text', text.id, () => texts.send(text));
        },
        find: async (text) => {
          const cell = await this.find(
            `link:${text.part}`,
            'SELECT order_id AS id FROM messages WHERE link = $1',
            text.part,
          );
          const parked = cell?.armed.find((a) => a.boundary === 'text' && a.parked && !this.hooks.dayPassed(a));
          if (parked) throw new InjectedFault(`${parked.boundary}:${parked.kind} cannot be reached for a day`);
          return texts.find(text);
        },
      },
      steps: this.steps(),
    };
  }

  private steps(): RelaySteps {
    return {
      makeWave: async (context, wish) => {
        // the one order of a warehouse of its own, once there is something to release
        const waits = `SELECT order_id AS id FROM tasks WHERE warehouse_id = $1 AND kind = 'pick' AND state = 'open' LIMIT 1`;
        const cell = await this.lookUp(waits, wish.warehouse);
        return this.enter(cell, 'makeWave', wish.warehouse, () => makeWave(context, wish));
      },
      readHeldWord: async (context, held) => {
        const cell = await this.find(`order:${held.order_id}`, 'SELECT $1 AS id', held.order_id);
        return this.enter(cell, 'readHeldWord', held.parcel_id, () => readHeldWord(context, held));
      },
    };
  }

  private async activity(name: string, input: Record<string, unknown>, run: () => Promise<unknown>): Promise<unknown> {
    const cell = await this.cellOfInput(input);
    if (!cell) return run();
    const {workflowExecution: run_of, activityId} = Context.current().info;
    const invocation = `${run_of?.workflowId}/${run_of?.runId}/${activityId}`;
    const boundary = NAMES[`${name}:${String(input['purpose'])}`] ?? name;
    const parked = cell.armed.find((a) => a.parked && a.invocation === invocation && !this.hooks.dayPassed(a));
    if (parked) throw new InjectedFault(`${parked.boundary}:${parked.kind} cannot be reached for a day`);
    return this.enter(cell, boundary, invocation, () => this.here.run({cell, boundary, invocation}, run));
  }

  private cellOfInput(input: Record<string, unknown>): Promise<ArmedCell | null> {
    const orderId = input['order_id'];
    if (typeof orderId === 'string') return this.find(`order:${orderId}`, 'SELECT $1 AS id', orderId);
    for (const [name, table] of SUBJECTS) {
      const id = input[name];
      if (typeof id === 'string')
        return this.find(`${table}:${id}`, `SELECT order_id AS id FROM ${table} WHERE id = $1`, id);
    }
    const sub = String(input['sub_order_id']);
    return this.find(`sub:${sub}`, 'SELECT order_id AS id FROM sub_orders WHERE id = $1', sub);
  }

  private find(name: string, sql: string, value: string): Promise<ArmedCell | null> {
    const known = this.cellOf.get(name);
    if (known !== undefined) return known;
    const asked = this.lookUp(sql, value);
    this.cellOf.set(name, asked);
    // what could not be read now is asked again
    asked.catch(() => this.cellOf.delete(name));
    return asked;
  }

  private async lookUp(sql: string, value: string): Promise<ArmedCell | null> {
    const found = await this.pool?.query<{key: string; subject_id: string}>(
      `SELECT key, subject_id FROM idempotency_keys WHERE operation LIKE '%orders%' AND subject_id = (${sql})`,
      [value],
    );
    const row = found?.rows.find(({key}) => this.cells.has(key));
    if (!row) return null;
    const cell = this.get(row.key);
    cell.order_id = row.subject_id;
    return cell;
  }

  private wrapPayments(real: PaymentGateway): PaymentGateway {
    return {
      ...real,
      authorize: (request) => this.call('call', () => real.authorize(request)),
      capture: (...args) => this.call('call', () => real.capture(...args)),
      cancel: (...args) => this.call('call', () => real.cancel(...args)),
      refund: (request) => this.call('call', () => real.refund(request)),
      answerDispute: (...args) => this.call('call', () => real.answerDispute(...args)),
    };
  }

  private wrapCarrier(real: Carrier): Carrier {
    return {
      ...real,
      verifyAddress: (address) => this.call('address', () => real.verifyAddress(address)),
      createShipment: (request) => this.call('shipment', () => real.createShipment(request)),
      buy: (...args) => this.call('call', () => real.buy(...args)),
      refund: (...args) => this.call('call', () => real.refund(...args)),
    };
  }

  private wrapSuppliers(real: SupplierChannel): SupplierChannel {
    return {send: (message) => this.call('call', () => real.send(message))};
  }

  private async call<T>(which: string, run: () => Promise<T>): Promise<T> {
    const here = this.here.getStore();
    if (!here) return run();
    try {
      return await this.enter(here.cell, `${here.boundary}.${which}`, here.invocation, run);
    } catch (error) {
      if (error instanceof ProviderError) throw error;
      const message = error instanceof Error ? error.message : String(error);
      throw new ProviderError('connection_reset', message, {retryable: true, unknown: true, cause: error});
    }
  }

  private enter<T>(cell: ArmedCell | null, boundary: string, invocation: string, run: () => Promise<T>): Promise<T> {
    const fault = cell?.armed.find(
      (a) => a.boundary === boundary && !a.done && (a.invocation === null || a.invocation === invocation),
    );
    if (!cell || !fault) return run();
    fault.invocation = invocation;
    fault.entries += 1;
    const attempt = strike(fault, cell, fault.entries, run, this.hooks);
    const ended = attempt.catch(() => undefined).finally(() => this.late.delete(ended));
    this.late.add(ended);
    return attempt;
  }
}

/** What the steps of runs beside an order's own are about. */
const SUBJECTS = [
  ['refund_id', 'refunds'],
  ['return_id', 'returns'],
  ['dispute_id', 'disputes'],
  ['change_id', 'order_changes'],
  ['parcel_id', 'parcels'],
  ['job_id', '(SELECT job_id AS id, order_id FROM bulk_items) AS b'],
] as const;

/** One activity under several names: what it is for tells them apart. */
const NAMES: Readonly<Record<string, string>> = {
  'authorize:initial': 'authorize',
  'authorize:remainder': 'holdRest',
  'authorize:renewal': 'renewHold',
  'authorize:increase': 'holdMore',
};
