/** What client, worker and workflows agree on: names, ids, inputs, results. Nothing personal crosses here. */
import {defineSearchAttributeKey, type SearchAttributePair} from '@temporalio/common';
import {defineQuery, defineSignal, defineUpdate} from '@temporalio/workflow';
import {describeRun} from '../domain/order/describe-run.ts';
import type {Policy} from '../domain/policy/policy.ts';
import type {ChangeOutcome} from '../store/ask-change.ts';
import type {RunFacts} from '../store/views/run-facts.ts';

export const ORDER_TASK_QUEUE = 'orders';

export {orderWorkflowId, subOrderWorkflowId} from '../domain/order/workflow-ids.ts';

/** Virtual time: now = t0 + speed * (real - real0), all epoch milliseconds. */
export interface ClockSettings {
  t0: number;
  real0: number;
  speed: number;
}

export interface OrderInput {
  order_id: string;
  number: string;
  delivery_sla: string;
  created_day: string;
  policy: Policy;
  clock: ClockSettings;
  /** the intent of a shop that authorises by itself */
  shop_hold?: string;
  /** what a run that goes on in a fresh history knew at the end of the one before */
  carried?: Carried;
}

/** What every run beside an order's own is started with; the rest it reads by its subject's id. */
export interface SideRunInput {
  /** what the run is about: a refund, a return, a dispute, a purchase order */
  subject_id: string;
  order_id: string | null;
  policy: Policy;
  clock: ClockSettings;
}

/** How the run of a stored order is started: the same by checkout and by the sweeper that finds an order without one. */
export function orderStart({order, line_count, policy, shop_hold}: RunFacts, clock: ClockSettings, taskQueue: string) {
  const run = describeRun(order, line_count);
  const {number, delivery_sla} = order;
  const input: OrderInput = {
    order_id: order.id,
    number,
    delivery_sla,
    created_day: run.created_day,
    policy,
    clock,
    ...(shop_hold === null ? {} : {shop_hold}),
  };
  return {
    workflowId: run.workflow_id,
    taskQueue,
    args: [input] as [OrderInput],
    workflowIdReusePolicy: 'REJECT_DUPLICATE' as const,
    typedSearchAttributes: Object.entries(run.search_attributes).map(
      ([name, value]): SearchAttributePair => ({key: defineSearchAttributeKey(name, 'KEYWORD'), value}),
    ),
    staticSummary: run.summary,
    staticDetails: run.details,
  };
}

/** The state of an order's run between two histories, when nothing is under way. */
export interface Carried {
  hold: {payment_id: string; multicapture: boolean} | null;
  hold_until: number | null;
  holds: number;
  handed_over: boolean;
  open: [sub_order_id: string, source: string | null][];
  ends: SubOrderOutcome[];
  /** parts for which stock came wait for their money to be held */
  held_back?: boolean;
  /** parts under way that a supplier sends */
  by_suppliers?: string[];
  /** until when the payer is waited for, and whose answer */
  asked?: AskedPayer | null;
}

/** Money that could not be held again: the payer was written to. */
export interface AskedPayer {
  /** virtual time, epoch milliseconds */
  until: number;
  /** the hold that their bank asks them to confirm */
  payment_id: string | null;
  /** the time is over, and what had not left the house is cancelled */
  over: boolean;
}

export interface SubOrderInput {
  order_id: string;
  sub_order_id: string;
  /** e.g. "ORD-2026-05-06-001 / 2" */
  label: string;
  source: string | null;
  /** what no stock came for is cancelled then; absent: as the policy has it */
  waits_until?: number;
  delivery_sla: string;
  created_day: string;
  policy: Pick<Policy, 'shipping' | 'backorder' | 'engine' | 'recovery' | 'suppliers'>;
  clock: ClockSettings;
}

/** What checkout is told; the HTTP answer is built from it and the stored order. */
export type Verdict =
  | {kind: 'accepted'}
  | {kind: 'in_review'}
  | {kind: 'declined'}
  /** the bank asks the customer */
  | {kind: 'needs_customer'}
  | {kind: 'out_of_stock'; held: boolean; skus: string[]}
  | {kind: 'cancelled'};

export interface CancelRequest {
  /** absent: the whole order, as far as it is still possible */
  lines?: {line_id: string; qty: number}[];
  /** only units that wait for stock */
  waiting_only?: boolean;
  reason: string;
  actor: string;
  role: string;
  request_id: string;
  /** units that are picked or packed already are put back */
  unpick?: boolean;
  /** only to the order as it was seen: the number of its last event then */
  if_version?: number;
}

export interface CancelResult {
  cancelled: {line_id: string; qty: number}[];
  refused: {line_id: string; qty: number; code: string}[];
}

/** What came of another method; `late`: no payment was awaited any more, the stored order tells the rest. */
export type PayVerdict = Verdict | {kind: 'late'};

/** A change of the order that is written down already: everything about it but its kind is read by its id. */
export interface ChangeRequest {
  change_id: string;
  kind: 'quantity' | 'add_lines' | 'address' | 'hold' | 'release';
}

export interface ReviewDecision {
  decision: 'approve' | 'reject';
  actor: string;
}

export interface SubOrderOutcome {
  sub_order_id: string;
  end: 'delivered' | 'lost' | 'cancelled' | 'returned';
  /** units of the order may still need a place: the signal that says so can be late */
  unplaced?: boolean;
}

export const placeUpdate = defineUpdate<Verdict, []>('place');
export const changeUpdate = defineUpdate<ChangeOutcome, [ChangeRequest]>('change');
export const cancelUpdate = defineUpdate<CancelResult, [CancelRequest]>('cancel');
/** waits for what came of a method that was given */
export const payUpdate = defineUpdate<PayVerdict, [{offer_id: string}]>('pay');
/** another method is stored for the order */
export const methodGivenSignal = defineSignal<[{offer_id: string}]>('methodGiven');
/** a hold that waited for its customer is no longer where it was */
export const holdMovedSignal = defineSignal<[{payment_id: string}]>('holdMoved');
export const reviewSignal = defineSignal<[ReviewDecision]>('reviewDecided');
/** units that could not be found on the shelf: they need another place */
export const shortPickedSignal = defineSignal<[Milestone]>('shortPicked');
/** stock came for units that waited: parts of the order have a place now, and some are new */
export const stockArrivedSignal = defineSignal<[Milestone]>('stockArrived');
/** every unit is with a carrier or further */
export const fulfilledSignal = defineSignal<[Milestone]>('fulfilled');
/** the provider says something about a hold that we did not do: expired, cancelled by hand */
export const holdChangedSignal = defineSignal<[{payment_id: string}]>('holdChanged');

/** how a part ended, where its own run cannot tell: the order's run has gone on in a fresh history */
export const partEndedSignal = defineSignal<[SubOrderOutcome]>('partEnded');
/** ops say that what kept a step from succeeding is gone */
export const resumedSignal = defineSignal<[Milestone]>('resumed');

/** A fact from the floor or the road, stored before it is told; the operation id makes repeats harmless. */
export interface Milestone {
  operation_id: string;
  parcel_id?: string;
}
export const pickedSignal = defineSignal<[Milestone]>('picked');
export const packedSignal = defineSignal<[Milestone]>('packed');
export const dispatchedSignal = defineSignal<[Milestone]>('dispatched');
/** the supplier of a part has answered, or a person about its price */
export const acknowledgedSignal = defineSignal<[Milestone]>('acknowledged');
/** something about a return has changed */
export const returnMovedSignal = defineSignal<[Milestone]>('returnMoved');
export const deliveredSignal = defineSignal<[Milestone]>('delivered');
export const returnedSignal = defineSignal<[Milestone]>('returned');
export const cancelledSignal = defineSignal<[Milestone]>('cancelled');
/** stock arrived for a backordered part */
export const stockedSignal = defineSignal<[Milestone]>('stocked');
/** the provider, a person or a bank's decision changed a refund: its run looks again */
export const refundChangedSignal = defineSignal<[Milestone]>('refundChanged');
/** the bank has said something about a dispute */
export const disputeChangedSignal = defineSignal<[Milestone]>('disputeChanged');

/** people have decided something about an act on many orders */
export const bulkMovedSignal = defineSignal<[Milestone]>('bulkMoved');

export interface OrderProgress {
  phase: string;
  waiting_on: string | null;
  open_sub_orders: string[];
}
export const progressQuery = defineQuery<OrderProgress>('progress');
