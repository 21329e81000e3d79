import {Deadlines} from './deadlines.ts';
import {decisionDue, disputeDue} from './disputes.ts';
import type {
  Answer,
  CancelRecord,
  CaptureRecord,
  Change,
  ChargeRecord,
  CustomerRecord,
  DisputeRecord,
  Entry,
  EventType,
  IntentRecord,
  PaymentMethodRecord,
  Reference,
  RefundRecord,
  RequestRecord,
} from './records.ts';

/** An object as it stood when it was pointed at. */
export type Snapshot =
  | {kind: 'customer'; record: CustomerRecord}
  | {kind: 'payment_method'; record: PaymentMethodRecord}
  | {kind: 'intent'; record: IntentRecord}
  | {kind: 'charge'; record: ChargeRecord; intent: IntentRecord}
  | {kind: 'refund'; record: RefundRecord}
  | {kind: 'dispute'; record: DisputeRecord};

export interface EventRecord {
  id: string;
  type: EventType;
  at: number;
  about: Snapshot;
}

export type BoundAnswer = {status: number; about: Snapshot; expand: readonly string[]} | {status: number; body: string};

export interface StoredAnswer {
  hash: string;
  at: number;
  /** Request-Id of the call that was really carried out. */
  request: string;
  answer: BoundAnswer;
}

/** The emulator's memory: a fold over the journal, with an index for every look-up the routes do. */
export interface State {
  customers: Map<string, CustomerRecord>;
  paymentMethods: Map<string, PaymentMethodRecord>;
  intents: Map<string, IntentRecord>;
  /** Intent ids, oldest first. */
  intentOrder: string[];
  intentsByCustomer: Map<string, string[]>;
  /** Intents that have (or once had) this metadata: key and value joined by NUL. */
  intentsByMetadata: Map<string, Set<string>>;
  intentByCharge: Map<string, string>;
  refunds: Map<string, RefundRecord>;
  refundOrder: string[];
  refundsByIntent: Map<string, string[]>;
  disputes: Map<string, DisputeRecord>;
  disputeOrder: string[];
  captures: CaptureRecord[];
  cancels: CancelRecord[];
  events: EventRecord[];
  eventPosition: Map<string, number>;
  answers: Map<string, StoredAnswer>;
  requests: RequestRecord[];
  deadlines: Deadlines;
  clockOffset: number;
}

export function emptyState(): State {
  return {
    customers: new Map(),
    paymentMethods: new Map(),
    intents: new Map(),
    intentOrder: [],
    intentsByCustomer: new Map(),
    intentsByMetadata: new Map(),
    intentByCharge: new Map(),
    refunds: new Map(),
    refundOrder: [],
    refundsByIntent: new Map(),
    disputes: new Map(),
    disputeOrder: [],
    captures: [],
    cancels: [],
    events: [],
    eventPosition: new Map(),
    answers: new Map(),
    requests: [],
    deadlines: new Deadlines(),
    clockOffset: 0,
  };
}

export function applyEntry(state: State, entry: Entry): void {
  for (const change of entry) applyChange(state, change);
}

function applyChange(state: State, change: Change): void {
  if ('set' in change) {
    switch (change.set) {
      case 'customer':
        state.customers.set(change.record.id, change.record);
        return;
      case 'payment_method':
        state.paymentMethods.set(change.record.id, change.record);
        return;
      case 'intent':
        return setIntent(state, change.record);
      case 'refund':
        state.refunds.set(change.record.id, change.record);
        return;
      case 'dispute':
        return setDispute(state, change.record);
      case 'clock':
        state.clockOffset = change.offset;
        return;
    }
  }
  switch (change.add) {
    case 'capture':
      state.captures.push(change.record);
      return;
    case 'cancel':
      state.cancels.push(change.record);
      return;
    case 'refund':
      return addRefund(state, change.record);
    case 'event': {
      const {id, type, at, about} = change;
      state.eventPosition.set(id, state.events.length);
      state.events.push({id, type, at, about: snapshot(state, about)});
      return;
    }
    case 'request':
      state.requests.push(change.record);
      return;
    case 'answer': {
      const {key, hash, at, request, answer} = change;
      state.answers.set(key, {hash, at, request, answer: bindAnswer(state, answer)});
      return;
    }
  }
}

/** Ties an answer to the objects as they stand now: later changes do not alter it. */
export function bindAnswer(state: State, answer: Answer): BoundAnswer {
  if ('body' in answer) return answer;
  return {status: answer.status, about: snapshot(state, answer.about), expand: answer.expand};
}

function snapshot(state: State, {kind, id}: Reference): Snapshot {
  switch (kind) {
    case 'customer':
      return {kind, record: known(state.customers.get(id), id)};
    case 'payment_method':
      return {kind, record: known(state.paymentMethods.get(id), id)};
    case 'intent':
      return {kind, record: known(state.intents.get(id), id)};
    case 'refund':
      return {kind, record: known(state.refunds.get(id), id)};
    case 'dispute':
      return {kind, record: known(state.disputes.get(id), id)};
    case 'charge': {
      const intent = known(state.intents.get(state.intentByCharge.get(id) ?? ''), id);
      const record = known(
        intent.charges.find((charge) => charge.id === id),
        id,
      );
      return {kind, record, intent};
    }
  }
}

function known<T>(record: T | undefined, id: string): T {
  if (record === undefined) throw new Error(`the books point at ${id}, which they do not hold`);
  return record;
}

function setIntent(state: State, intent: IntentRecord): void {
  const previous = state.intents.get(intent.id);
  state.intents.set(intent.id, intent);
  if (!previous) {
    state.intentOrder.push(intent.id);
    if (intent.customer) pushTo(state.intentsByCustomer, intent.customer, intent.id);
  }
  if (previous?.metadata !== intent.metadata) indexMetadata(state, intent);
  const latest = intent.charges.at(-1);
  if (!latest) return;
  state.intentByCharge.set(latest.id, intent.id);
  const newHold = intent.status === 'requires_capture' && previous?.status !== 'requires_capture';
  if (newHold && latest.capture_before !== null) state.deadlines.add(latest.capture_before, intent.id);
  const disputed = disputeDue(intent);
  if (disputed !== null) state.deadlines.add(disputed, intent.id);
}

function indexMetadata(state: State, intent: IntentRecord): void {
  for (const [key, value] of Object.entries(intent.metadata)) {
    const name = metadataName(key, value);
    const ids = state.intentsByMetadata.get(name) ?? new Set();
    state.intentsByMetadata.set(name, ids.add(intent.id));
  }
}

export function metadataName(key: string, value: string): string {
  return `${key}\0${value}`;
}

/** Books of earlier versions know only refunds that went through. */
const BEFORE = {status: 'succeeded', failure_reason: null, later: null} as const;

function addRefund(state: State, record: RefundRecord): void {
  const refund = {...BEFORE, ...record};
  state.refunds.set(refund.id, refund);
  if (refund.later) state.deadlines.add(refund.later.at, refund.id);
  state.refundOrder.push(refund.id);
  pushTo(state.refundsByIntent, refund.payment_intent, refund.id);
}

function setDispute(state: State, dispute: DisputeRecord): void {
  if (!state.disputes.has(dispute.id)) state.disputeOrder.push(dispute.id);
  state.disputes.set(dispute.id, dispute);
  const due = decisionDue(dispute);
  if (due !== null) state.deadlines.add(due, dispute.id);
}

function pushTo(index: Map<string, string[]>, key: string, id: string): void {
  const ids = index.get(key);
  if (ids) ids.push(id);
  else index.set(key, [id]);
}
