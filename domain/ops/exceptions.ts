/** What a person has to look at, and what may be done about each kind of it. */
export const EXCEPTION_KINDS = [
  'step',
  'address',
  'refund',
  'return',
  'hold',
  'ops',
  'dispute',
  'review',
  'weight',
  'carrier_code',
  'supplier',
  'silent_parcel',
  'pickup',
  'manifest',
] as const;
export type ExceptionKind = (typeof EXCEPTION_KINDS)[number];

export type Severity = 'high' | 'medium' | 'low';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** High as soon as it is that old, milliseconds; until then medium, or low where it may wait. */
const URGENT_AFTER: Readonly<Record<ExceptionKind, number>> = {
  step: 4 * HOUR,
  address: 4 * HOUR,
  refund: DAY,
  return: 3 * DAY,
  hold: DAY,
  ops: 4 * HOUR,
  dispute: 14 * DAY,
  review: 0,
  weight: HOUR,
  carrier_code: 2 * DAY,
  supplier: DAY,
  silent_parcel: 5 * DAY,
  pickup: 4 * HOUR,
  manifest: 2 * HOUR,
};
const MAY_WAIT: ReadonlySet<ExceptionKind> = new Set(['carrier_code', 'return', 'silent_parcel']);
/** Whatever it is: so short before its deadline it comes first. */
const CLOSE = 12 * HOUR;

/** By age and deadline; times are epoch milliseconds. */
export function severityOf(kind: ExceptionKind, at: {now: number; since: number; deadline: number | null}): Severity {
  const {now, since, deadline} = at;
  if (deadline !== null && deadline - now < CLOSE) return 'high';
  if (now - since >= URGENT_AFTER[kind]) return 'high';
  return MAY_WAIT.has(kind) ? 'low' : 'medium';
}

interface Remedy {
  /** the call that does it, where there is one; by its id in the OpenAPI document */
  call: string | null;
  /** where to read on, below docs/ */
  runbook: string;
}

export const REMEDIES: Readonly<Record<ExceptionKind, Remedy>> = {
  step: {call: 'resumeOrder', runbook: 'operations.md#a-step-that-failed-for-good'},
  address: {call: 'acceptAddress', runbook: 'carriers.md'},
  refund: {call: 'resumeOrder', runbook: 'operations.md#refunds-and-disputes'},
  return: {call: 'decideReturn', runbook: 'operations.md#returns-that-stand-still'},
  hold: {call: 'changeOrder', runbook: 'operations.md#stock-sites-suppliers-changes'},
  ops: {call: null, runbook: 'operations.md#what-is-this-order-doing'},
  dispute: {call: null, runbook: 'operations.md#refunds-and-disputes'},
  review: {call: 'decideReview', runbook: 'operations.md#what-is-this-order-doing'},
  weight: {call: 'approveWeight', runbook: 'packing.md'},
  carrier_code: {call: 'putCarrierCodes', runbook: 'carriers.md'},
  supplier: {call: null, runbook: 'operations.md#stock-sites-suppliers-changes'},
  silent_parcel: {call: null, runbook: 'operations.md#what-is-this-order-doing'},
  pickup: {call: 'createPickup', runbook: 'carriers.md#pickups'},
  manifest: {call: 'createManifest', runbook: 'carriers.md#what-the-driver-takes-along'},
};

const RANK: Readonly<Record<Severity, number>> = {high: 0, medium: 1, low: 2};

/** The most severe first, then what waits longest. */
export function compareExceptions(
  a: {severity: Severity; since: string; key: string},
  b: {severity: Severity; since: string; key: string},
): number {
  return (
    RANK[a.severity] - RANK[b.severity] ||
    a.since.localeCompare(b.since) ||
    (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)
  );
}
