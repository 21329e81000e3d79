import {beginCapture} from './begin-capture.ts';
import {beginHold} from './begin-hold.ts';
import {cancelLines} from './cancel-lines.ts';
import {commitDelivery, commitLoss} from './commit-delivery.ts';
import {confirmPlan} from './confirm-plan.ts';
import type {StoreContext} from './context.ts';
import {endOrder} from './end-order.ts';
import {handOver} from './hand-over.ts';
import {customerRefOf, keepCustomerRef} from './keep-customer-ref.ts';
import {keepShipment} from './keep-shipment.ts';
import {openTasks} from './open-tasks.ts';
import {parcelsToLabel} from './parcels-to-label.ts';
import {planOrder} from './plan-order.ts';
import {reallocate} from './reallocate.ts';
import {beginRelease, findLiveHolds, settleRelease} from './release-hold.ts';
import {reservePlan} from './reserve-plan.ts';
import {screenOrder} from './screen-order.ts';
import {setWaiting} from './set-waiting.ts';
import {settleCapture} from './settle-capture.ts';
import {settleHold} from './settle-hold.ts';
import {settleLabel} from './settle-label.ts';

const VERBS = {
  beginCapture,
  beginHold,
  beginRelease,
  cancelLines,
  commitDelivery,
  commitLoss,
  confirmPlan,
  customerRefOf,
  endOrder,
  findLiveHolds,
  handOver,
  keepCustomerRef,
  keepShipment,
  openTasks,
  parcelsToLabel,
  planOrder,
  reallocate,
  reservePlan,
  screenOrder,
  setWaiting,
  settleCapture,
  settleHold,
  settleLabel,
  settleRelease,
};

type Verbs = typeof VERBS;
type Bound<F> = F extends (context: StoreContext, input: infer I) => infer R ? (input: I) => R : never;

/** The store as the activities see it: every verb bound to its database. */
export type Store = {[K in keyof Verbs]: Bound<Verbs[K]>};

export function bindStore(context: StoreContext): Store {
  const bound = Object.entries(VERBS).map(([name, verb]) => [
    name,
    (input: never) => (verb as (c: StoreContext, i: never) => unknown)(context, input),
  ]);
  return Object.fromEntries(bound) as Store;
}
