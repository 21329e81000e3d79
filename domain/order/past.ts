/** One event of an order, as its own row has it. */
export interface PastEvent {
  seq: number;
  /** RFC 3339 */
  at: string;
  type: string;
  sub_order_id: string | null;
  /** `order`: the columns that it changed; `by`: who made it so */
  data: Readonly<Record<string, unknown>>;
}

/** Beside the event of the same number: a stage, or what somebody did and why. */
export interface PastAudit {
  seq: number;
  subject: string;
  to: string;
  note: string | null;
}

export interface PastLine {
  line_id: string;
  sku: string;
  qty: number;
  cancelled: number;
}

/** An order as it was after one of its events. */
export interface Moment {
  seq: number;
  at: string;
  order: Readonly<Record<string, unknown>>;
  /** stages of its parts, by id, in the order of their making */
  stages: Readonly<Record<string, string>>;
  lines: Readonly<Record<string, PastLine>>;
  /** live holds and what is left of each, minor units */
  holds: Readonly<Record<string, number>>;
  captured: number;
  /** what went back, by refund */
  refunds: Readonly<Record<string, number>>;
}

export interface Step {
  seq: number;
  at: string;
  type: string;
  sub_order_id: string | null;
  actor: string;
  role: string;
  note: string | null;
  changed: {what: string; from: unknown; to: unknown}[];
}

export interface Past {
  events: readonly PastEvent[];
  audit: readonly PastAudit[];
  /** holds that live on after their first capture */
  multicapture: ReadonlySet<string>;
}

const NOTHING: Moment = {seq: 0, at: '', order: {}, stages: {}, lines: {}, holds: {}, captured: 0, refunds: {}};

/** What a person may see of an order's row; the rest are fingerprints and tokens. */
export const TOLD = [
  'status',
  'waiting_on',
  'waiting_since',
  'waiting_deadline',
  'waiting_owner',
  'total_amount',
  'items_amount',
  'discount_amount',
  'shipping_amount',
  'tax_amount',
  'fraud_score',
  'cancel_reason',
  'held_since',
  'held_until',
  'held_reason',
  'ship_country',
  'delivery_sla',
  'deadline',
] as const;

/** The order as it was after the last event up to `until`; null before its first one. */
export function momentAt(past: Past, until: (event: PastEvent) => boolean): Moment | null {
  const moments = walk(past, until);
  return moments.at(-1)?.after ?? null;
}

/** Every step of an order, oldest first: who made it, why, and what was different afterwards. */
export function stepsOf(past: Past): Step[] {
  return walk(past, () => true).map(({event, before, after, notes}) => {
    const by = (event.data['by'] ?? {}) as {actor?: string; role?: string};
    const {seq, at, type, sub_order_id} = event;
    const changed = differences(before, after);
    return {seq, at, type, sub_order_id, actor: by.actor ?? '', role: by.role ?? '', note: notes[0] ?? null, changed};
  });
}

interface Walked {
  event: PastEvent;
  before: Moment;
  after: Moment;
  notes: string[];
}

function walk({events, audit, multicapture}: Past, until: (event: PastEvent) => boolean): Walked[] {
  const rows = new Map<number, PastAudit[]>();
  for (const row of audit) rows.set(row.seq, [...(rows.get(row.seq) ?? []), row]);
  const walked: Walked[] = [];
  let before = NOTHING;
  for (const event of events) {
    if (!until(event)) break;
    const beside = rows.get(event.seq) ?? [];
    const after = next(before, event, beside, multicapture);
    walked.push({event, before, after, notes: beside.flatMap(({note}) => note ?? [])});
    before = after;
  }
  return walked;
}

function next(
  before: Moment,
  event: PastEvent,
  audit: readonly PastAudit[],
  multicapture: ReadonlySet<string>,
): Moment {
  const {seq, at, data} = event;
  const stages = audit.filter(({subject}) => subject.startsWith('sub_')).map(({subject, to}) => [subject, to]);
  return {
    seq,
    at,
    order: {...before.order, ...(data['order'] as object | undefined)},
    stages: stages.length > 0 ? {...before.stages, ...Object.fromEntries(stages)} : before.stages,
    lines: linesAfter(before.lines, event),
    ...moneyAfter(before, event, multicapture),
  };
}

const ADDING: ReadonlySet<string> = new Set(['order.created', 'order.lines_added', 'order.exchange_placed']);
const WHOLE: ReadonlySet<string> = new Set(['order.ended', 'order.review_closed']);

function linesAfter(before: Moment['lines'], {type, data}: PastEvent): Moment['lines'] {
  if (WHOLE.has(type)) {
    return Object.fromEntries(Object.values(before).map((line) => [line.line_id, {...line, cancelled: line.qty}]));
  }
  const told = (data['lines'] ?? []) as {line_id: string; sku: string; qty: number}[];
  if (ADDING.has(type)) {
    return {
      ...before,
      ...Object.fromEntries(told.map(({line_id, sku, qty}) => [line_id, {line_id, sku, qty, cancelled: 0}])),
    };
  }
  if (type !== 'order.lines_cancelled') return before;
  const after = {...before};
  for (const {line_id, qty} of told) {
    const line = after[line_id];
    if (line) after[line_id] = {...line, cancelled: line.cancelled + qty};
  }
  return after;
}

const TAKEN: ReadonlySet<string> = new Set(['order.authorized', 'order.hold_renewed']);
const LET_GO: ReadonlySet<string> = new Set(['order.hold_released', 'order.hold_expired']);

function moneyAfter(
  {holds, captured, refunds}: Moment,
  {type, data}: PastEvent,
  multicapture: ReadonlySet<string>,
): Pick<Moment, 'holds' | 'captured' | 'refunds'> {
  const id = String(data['payment_id'] ?? '');
  const refund = String(data['refund_id'] ?? '');
  const amount = Number(data['amount'] ?? 0);
  if (TAKEN.has(type)) return {holds: {...holds, [id]: amount}, captured, refunds};
  if (LET_GO.has(type)) return {holds: without(holds, id), captured, refunds};
  if (type === 'order.refunded_part') return {holds, captured, refunds: {...refunds, [refund]: amount}};
  // one that went through may be sent back by the bank
  if (type === 'order.refund_failed') return {holds, captured, refunds: without(refunds, refund)};
  if (type !== 'order.captured') return {holds, captured, refunds};
  const left = (holds[id] ?? 0) - amount;
  // the first capture of an ordinary hold lets its rest go
  const live = multicapture.has(id) && left > 0;
  return {holds: live ? {...holds, [id]: left} : without(holds, id), captured: captured + amount, refunds};
}

const without = (amounts: Moment['holds'], id: string) =>
  Object.fromEntries(Object.entries(amounts).filter(([other]) => other !== id));

const sumOf = (amounts: Moment['holds']) => Object.values(amounts).reduce((sum, amount) => sum + amount, 0);
export const refundedThen = ({refunds}: Moment): number => sumOf(refunds);
export const heldThen = ({holds}: Moment): number => sumOf(holds);

function differences(before: Moment, after: Moment): Step['changed'] {
  const of = (moment: Moment): [string, unknown][] => [
    ...TOLD.map((column): [string, unknown] => [column, moment.order[column] ?? null]),
    ...Object.entries(moment.stages).map(([id, stage]): [string, unknown] => [id, stage]),
    ['held', heldThen(moment)],
    ['captured', moment.captured],
    ['refunded', refundedThen(moment)],
  ];
  const was = new Map(of(before));
  return of(after).flatMap(([what, to]) => {
    const from = was.get(what) ?? null;
    return from === to ? [] : [{what, from, to}];
  });
}
