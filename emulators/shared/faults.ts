import {openBooks} from './books.ts';
import {seededRandom} from './random.ts';

export const FAULT_MODES = [
  'error_before',
  'error_after',
  'delay',
  'drop',
  'status',
  'garbage',
  'duplicate',
  'shuffle',
] as const;
export type FaultMode = (typeof FAULT_MODES)[number];

/** What POST /_control/faults takes. */
export interface FaultSpec {
  /** An operation of the emulator such as `payment_intents.capture`, `webhook`, or `*` for every API operation. */
  operation: string;
  mode: FaultMode;
  /** For drop, status, garbage and delay: does it strike before the effect (default) or after it? */
  when?: 'before' | 'after';
  /** HTTP status of error_before, error_after (default 500), status (default 503) and garbage (default 200). */
  status?: number;
  /** Real milliseconds; default 1000. */
  delay_ms?: number;
  /** How often it strikes at most; default 1, or without limit when `probability` is given. */
  count?: number;
  /** 0 to 1, default 1. */
  probability?: number;
  /** Seeds the draws of `probability`; default 1. */
  seed?: number;
  /** The body of garbage and status; by default garbage is JSON cut off in the middle. */
  body?: string;
  /** How often an event is sent with mode duplicate; default 2. */
  copies?: number;
  /** Seconds, sent as Retry-After with mode status. */
  retry_after?: number;
  /**
   * Does the provider keep the answer under the call's idempotency key and give it again? By default it does for
   * error_before and error_after, which come from the endpoint itself, and does not for status, which comes from
   * somewhere in front of it: there the key keeps the true answer, if the effect took place.
   */
  sticky?: boolean;
}

export interface Fault extends FaultSpec {
  id: number;
  /** Calls of the operation that looked at this fault, and how often it struck. */
  seen: number;
  fired: number;
}

export interface Faults {
  /** Throws a FaultError with a sentence when the spec makes no sense. */
  add(spec: unknown): Fault;
  /** The fault that strikes this call of `operation`, if any; counts it as fired. */
  take(operation: string): Fault | undefined;
  /** All faults since the last clear, spent ones too. */
  list(): Fault[];
  clear(): void;
}

export interface OpenFaults extends Faults {
  close(): void;
}

export class FaultError extends Error {}

export const GARBAGE_BODY = '{"id": "cut_off_in_the_mi';

/** Before or after the effect? */
export function faultPhase(fault: Fault): 'before' | 'after' {
  if (fault.mode === 'error_after') return 'after';
  if (fault.mode === 'error_before') return 'before';
  return fault.when ?? 'before';
}

type Line = {add: Fault} | {fired: number; seen: number; times: number};

/**
 * The faults of one emulator, kept in `dir/faults.jsonl`: a restarted emulator goes on being as bad as it was. Looks
 * at a fault that did not strike are counted in memory only, so that a few draws may come twice after kill -9.
 */
export function openFaults(dir: string): OpenFaults {
  const books = openBooks<Line>(dir, 'faults');
  let active: {fault: Fault; random: () => number}[] = [];
  let nextId = 1;

  const restore = (line: Line) => {
    if ('add' in line) {
      active.push({fault: line.add, random: seededRandom(line.add.seed ?? 1)});
      nextId = line.add.id + 1;
    } else {
      const entry = active.find(({fault}) => fault.id === line.fired);
      if (!entry) return;
      while (entry.fault.seen < line.seen) {
        entry.fault.seen += 1;
        entry.random();
      }
      entry.fault.fired = line.times;
    }
  };
  books.replay(restore);

  const strikes = ({fault, random}: (typeof active)[number]) => {
    if (fault.fired >= (fault.count ?? Number.POSITIVE_INFINITY)) return false;
    fault.seen += 1;
    if (random() >= (fault.probability ?? 1)) return false;
    fault.fired += 1;
    books.append({fired: fault.id, seen: fault.seen, times: fault.fired});
    return true;
  };
  return {
    add: (spec) => {
      const checked = checkSpec(spec);
      const count = checked.count ?? (checked.probability === undefined ? 1 : undefined);
      const fault: Fault = {...checked, ...(count !== undefined && {count}), id: nextId++, seen: 0, fired: 0};
      books.append({add: fault});
      active.push({fault, random: seededRandom(fault.seed ?? 1)});
      return {...fault};
    },
    take: (operation) => active.find((entry) => matches(entry.fault.operation, operation) && strikes(entry))?.fault,
    list: () => active.map(({fault}) => ({...fault})),
    clear: () => {
      active = [];
      books.reset();
    },
    close: books.close,
  };
}

function matches(pattern: string, operation: string): boolean {
  return pattern === operation || (pattern === '*' && operation !== 'webhook');
}

const WEBHOOK_ONLY = new Set<unknown>(['duplicate', 'shuffle']);
const API_ONLY = new Set<unknown>(['error_before', 'error_after', 'status', 'garbage']);
const OPTIONAL_NUMBERS = ['status', 'delay_ms', 'count', 'probability', 'seed', 'retry_after', 'copies'] as const;
const KEYS = new Set<string>(['operation', 'mode', 'when', 'body', 'sticky', ...OPTIONAL_NUMBERS]);

function checkSpec(spec: unknown): FaultSpec {
  if (typeof spec !== 'object' || spec === null) throw new FaultError('a fault is a JSON object');
  const fault = spec as Record<string, unknown>;
  for (const key of Object.keys(fault)) if (!KEYS.has(key)) throw new FaultError(`a fault has no field ${key}`);
  if (typeof fault['operation'] !== 'string') throw new FaultError('a fault needs an operation');
  if (!FAULT_MODES.includes(fault['mode'] as FaultMode)) {
    throw new FaultError(`mode must be one of ${FAULT_MODES.join(', ')}`);
  }
  const forWebhooks = fault['operation'] === 'webhook';
  if (forWebhooks ? API_ONLY.has(fault['mode']) : WEBHOOK_ONLY.has(fault['mode'])) {
    throw new FaultError(`mode ${String(fault['mode'])} does not apply to ${fault['operation']}`);
  }
  if (![undefined, 'before', 'after'].includes(fault['when'] as string)) {
    throw new FaultError('when must be before or after');
  }
  if (![undefined, true, false].includes(fault['sticky'] as boolean)) throw new FaultError('sticky is true or false');
  for (const key of OPTIONAL_NUMBERS) {
    const value = fault[key];
    if (value !== undefined && !(Number.isFinite(value) && Number(value) >= 0)) {
      throw new FaultError(`${key} must be a number, 0 or more`);
    }
  }
  return spec as FaultSpec;
}
