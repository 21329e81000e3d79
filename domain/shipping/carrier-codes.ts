import type {ParcelStatus} from './tracking.ts';

/** What a carrier's own code can mean. */
export const CODE_STATUSES = [
  'pending',
  'picked_up',
  'in_transit',
  'on_hold',
  'delivery_delayed',
  'out_for_delivery',
  'ready_for_pickup',
  'delivery_failed',
  'delivered',
  'return_to_sender',
  'cancelled',
] as const;
export type CodeStatus = (typeof CODE_STATUSES)[number];

/** A parcel that is held or late is on its way all the same; the reason tells the rest. */
const PARCEL_STATUS: Readonly<Record<CodeStatus, ParcelStatus>> = {
  pending: 'pre_transit',
  picked_up: 'in_transit',
  in_transit: 'in_transit',
  on_hold: 'in_transit',
  delivery_delayed: 'in_transit',
  out_for_delivery: 'out_for_delivery',
  ready_for_pickup: 'out_for_delivery',
  delivery_failed: 'failure',
  delivered: 'delivered',
  return_to_sender: 'return_to_sender',
  cancelled: 'cancelled',
};

/** Whose code, and the code as the carrier writes it. */
export interface CodeName {
  carrier: string;
  code: string;
}

/** What is written down of a code: several statuses are a contradiction, not a choice. */
export interface CodeMeaning {
  statuses: readonly string[];
  reasons: readonly string[];
}

export type Reading =
  | {kind: 'read'; status: ParcelStatus; reason: string | null}
  /** a person is asked: nothing is guessed */
  | {kind: 'unread'; why: 'unknown' | 'ambiguous'; reason: string | null};

/** What a code says, by what is written down of it. */
export function readCode(meaning: CodeMeaning | null | undefined): Reading {
  const {statuses, reasons} = meaning ?? {statuses: [], reasons: []};
  const reason = reasons.length === 1 ? (reasons[0] ?? null) : null;
  const [status] = statuses;
  if (statuses.length > 1) return {kind: 'unread', why: 'ambiguous', reason};
  return status !== undefined && isCodeStatus(status)
    ? {kind: 'read', status: PARCEL_STATUS[status], reason}
    : {kind: 'unread', why: 'unknown', reason};
}

export function isCodeStatus(word: string): word is CodeStatus {
  return (CODE_STATUSES as readonly string[]).includes(word);
}

/** One name of a carrier, however it is written: `DHLExpress` and `dhl_express` are the same. */
export function carrierKey(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

export interface GivenCode extends CodeName {
  status?: string | undefined;
  reason?: string | undefined;
}

/** One entry for each code with all that was said of it; carriers by their one name, codes as they are written. */
export function gatherCodes(given: readonly GivenCode[]): (CodeName & {statuses: string[]; reasons: string[]})[] {
  const gathered = new Map<string, CodeName & {statuses: string[]; reasons: string[]}>();
  for (const {status, reason, ...named} of given) {
    const [carrier, code] = [carrierKey(named.carrier), named.code.trim()];
    const key = `${carrier} ${code}`;
    const entry = gathered.get(key) ?? {carrier, code, statuses: [], reasons: []};
    if (status && !entry.statuses.includes(status)) entry.statuses.push(status);
    if (reason && !entry.reasons.includes(reason)) entry.reasons.push(reason);
    gathered.set(key, entry);
  }
  return [...gathered.values()].map((entry) => ({
    ...entry,
    statuses: entry.statuses.sort(),
    reasons: entry.reasons.sort(),
  }));
}
