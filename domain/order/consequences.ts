/** An order and all that hangs on it, as far as somebody who changes it must know: before, or after a rehearsal. */
export interface Standing {
  status: string;
  waiting_on: string | null;
  held_until: string | null;
  /** minor units */
  total: number;
  /** of live holds, what is left */
  held: number;
  /** not captured yet, and still to be charged */
  to_be_charged: number;
  lines: Readonly<Record<string, {sku: string; qty: number; cancelled: number; backordered: number}>>;
  /** stages of the parts */
  parts: Readonly<Record<string, {stage: string; source: string | null}>>;
  tasks: Readonly<Record<string, {kind: string; state: string; warehouse: string; units: number}>>;
  parcels: Readonly<
    Record<string, {state: string; label: string; carrier: string | null; tracking_number: string | null}>
  >;
  refunds: Readonly<Record<string, {amount: number; state: string}>>;
  returns: Readonly<Record<string, {state: string}>>;
}

/** What becomes different, each as facts; words are the page's. Amounts are minor units. */
export type Consequence =
  | {kind: 'status' | 'waiting'; from: string | null; to: string | null}
  | {kind: 'held_until'; until: string | null}
  | {kind: 'total'; from: number; to: number}
  /** will be held at the bank in addition, before anything is changed */
  | {kind: 'hold_more'; amount: number}
  /** held, and not taken any more */
  | {kind: 'not_charged'; amount: number}
  | {kind: 'hold_let_go'; amount: number}
  | {kind: 'money_back'; amount: number; second_person: boolean}
  | {kind: 'units_cancelled' | 'units_added'; sku: string; qty: number}
  | {kind: 'part_ends' | 'part_begins'; sub_order_id: string; source: string | null}
  | {kind: 'task_ends' | 'task_begins' | 'task_shrinks'; task: string; warehouse: string; units: number}
  | {kind: 'label_void'; parcel_id: string; carrier: string | null; tracking_number: string | null}
  | {kind: 'label_new'; parcel_id: string}
  | {kind: 'return'; return_id: string; to: string}
  | {kind: 'message'; template: string}
  /** to: another address than the customer's */
  | {kind: 'sent_again'; template: string; to: string | null}
  | {kind: 'tried_again'; step: string};

/** What an act makes different, from how everything stood before it and after. */
export function consequencesOf(before: Standing, after: Standing): Consequence[] {
  return [
    ...money(before, after),
    ...units(before, after),
    ...parts(before, after),
    ...tasks(before, after),
    ...labels(before, after),
    ...state(before, after),
  ];
}

function state(before: Standing, after: Standing): Consequence[] {
  const found: Consequence[] = [];
  if (before.status !== after.status) found.push({kind: 'status', from: before.status, to: after.status});
  if (before.waiting_on !== after.waiting_on) {
    found.push({kind: 'waiting', from: before.waiting_on, to: after.waiting_on});
  }
  if (before.held_until !== after.held_until) found.push({kind: 'held_until', until: after.held_until});
  for (const [return_id, {state: to}] of Object.entries(after.returns)) {
    if (before.returns[return_id]?.state !== to) found.push({kind: 'return', return_id, to});
  }
  return found;
}

function money(before: Standing, after: Standing): Consequence[] {
  const found: Consequence[] = [];
  if (before.total !== after.total) found.push({kind: 'total', from: before.total, to: after.total});
  const less = before.to_be_charged - after.to_be_charged;
  if (less > 0 && after.to_be_charged === 0 && before.held > 0) found.push({kind: 'hold_let_go', amount: before.held});
  else if (less > 0) found.push({kind: 'not_charged', amount: less});
  for (const [id, {amount, state: now}] of Object.entries(after.refunds)) {
    if (before.refunds[id]) continue;
    found.push({kind: 'money_back', amount, second_person: now === 'awaiting_approval'});
  }
  return found;
}

function units(before: Standing, after: Standing): Consequence[] {
  return Object.entries(after.lines).flatMap(([id, {sku, qty, cancelled}]): Consequence[] => {
    const was = before.lines[id];
    if (!was) return [{kind: 'units_added', sku, qty}];
    return cancelled > was.cancelled ? [{kind: 'units_cancelled', sku, qty: cancelled - was.cancelled}] : [];
  });
}

function parts(before: Standing, after: Standing): Consequence[] {
  return Object.entries(after.parts).flatMap(([sub_order_id, {stage, source}]): Consequence[] => {
    const was = before.parts[sub_order_id]?.stage;
    if (was === undefined) return [{kind: 'part_begins', sub_order_id, source}];
    return stage === 'CANCELLED' && was !== 'CANCELLED' ? [{kind: 'part_ends', sub_order_id, source}] : [];
  });
}

function tasks(before: Standing, after: Standing): Consequence[] {
  return Object.entries(after.tasks).flatMap(
    ([id, {kind: task, state: now, warehouse, units: left}]): Consequence[] => {
      const was = before.tasks[id];
      if (!was) return now === 'open' ? [{kind: 'task_begins', task, warehouse, units: left}] : [];
      if (was.state === 'open' && now !== 'open') return [{kind: 'task_ends', task, warehouse, units: was.units}];
      return left < was.units ? [{kind: 'task_shrinks', task, warehouse, units: was.units - left}] : [];
    },
  );
}

const LABELLED: readonly string[] = ['bought', 'buying', 'wanted'];

function labels(before: Standing, after: Standing): Consequence[] {
  return Object.entries(after.parcels).flatMap(([parcel_id, now]): Consequence[] => {
    const was = before.parcels[parcel_id];
    if (!was) return now.label === 'wanted' ? [{kind: 'label_new', parcel_id}] : [];
    const given = was.state !== 'cancelled' && now.state === 'cancelled' && LABELLED.includes(was.label);
    return given ? [{kind: 'label_void', parcel_id, carrier: now.carrier, tracking_number: now.tracking_number}] : [];
  });
}
