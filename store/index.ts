import {beginAddressCheck, settleAddressCheck} from './address-checks.ts';
import {applyChange} from './apply-change.ts';
import {applyDisputeFact} from './apply-dispute-fact.ts';
import {beginCapture} from './begin-capture.ts';
import {beginChange} from './begin-change.ts';
import {beginFilled} from './begin-filled.ts';
import {beginDisputeAnswer} from './begin-dispute-answer.ts';
import {beginHold} from './begin-hold.ts';
import {beginRefund} from './begin-refund.ts';
import {claimItem, dueItems} from './bulk/claim-item.ts';
import {lookAtBulk} from './bulk/look-at-bulk.ts';
import {showBulk, tryOutItem, unshownItems} from './bulk/preview-bulk.ts';
import {finishBulk, settleItem} from './bulk/settle-item.ts';
import {cancelLines} from './cancel-lines.ts';
import {carrierRecords, logCarrierChoice} from './carrier-choice.ts';
import {carrierAdmission, hearOfPurchase, probeCarrier} from './carrier-health.ts';
import {findEnds, markContinued, retellSubOrder} from './continue-run.ts';
import {commitDelivery, commitLoss} from './commit-delivery.ts';
import {confirmPlan} from './confirm-plan.ts';
import type {StoreContext} from './context.ts';
import {endOrder} from './end-order.ts';
import {escalateReview} from './escalate-review.ts';
import {giveUpWaiting} from './give-up-waiting.ts';
import {handOver} from './hand-over.ts';
import {customerRefOf, keepCustomerRef} from './keep-customer-ref.ts';
import {keepShipment} from './keep-shipment.ts';
import {beginVoid, labelToVoid, settleVoid} from './label-to-void.ts';
import {openTasks} from './open-tasks.ts';
import {parcelsToLabel} from './parcels-to-label.ts';
import {planOrder} from './plan-order.ts';
import {readHold} from './read-hold.ts';
import {reallocate} from './reallocate.ts';
import {beginRelease, findLiveHolds, settleRelease} from './release-hold.ts';
import {refuseChange} from './refuse-change.ts';
import {reservePlan} from './reserve-plan.ts';
import {
  endReturnRun,
  keepReturnShipment,
  returnToLabel,
  returnToVoid,
  settleReturnLabel,
  settleReturnVoid,
} from './return-label.ts';
import {screenOrder} from './screen-order.ts';
import {beginMessage, dueMessages, settleMessage} from './purchase-messages.ts';
import {setWaiting} from './set-waiting.ts';
import {settleCapture} from './settle-capture.ts';
import {settleHold} from './settle-hold.ts';
import {settleLabel} from './settle-label.ts';
import {settleRefund} from './settle-refund.ts';
import {readShopHold, settleShopHold} from './shop-hold.ts';
import {clearStuck, reportStuck} from './stuck-steps.ts';
import {watchPurchase} from './watch-purchase.ts';
import {takeOffer} from './take-offer.ts';
import {settleReturn} from './settle-return.ts';
import {reportOverdueReturn} from './overdue-return.ts';
import {expireReturn, lookAtReturn, remindReturn} from './watch-return.ts';

const VERBS = {
  applyDisputeFact,
  applyChange,
  beginChange,
  beginAddressCheck,
  beginVoid,
  labelToVoid,
  refuseChange,
  settleVoid,
  beginCapture,
  beginFilled,
  beginDisputeAnswer,
  beginHold,
  beginRefund,
  beginMessage,
  beginRelease,
  cancelLines,
  carrierAdmission,
  carrierRecords,
  claimItem,
  clearStuck,
  commitDelivery,
  commitLoss,
  confirmPlan,
  customerRefOf,
  dueItems,
  dueMessages,
  endOrder,
  escalateReview,
  endReturnRun,
  expireReturn,
  findEnds,
  findLiveHolds,
  finishBulk,
  giveUpWaiting,
  handOver,
  hearOfPurchase,
  keepCustomerRef,
  keepReturnShipment,
  keepShipment,
  logCarrierChoice,
  lookAtBulk,
  lookAtReturn,
  markContinued,
  openTasks,
  parcelsToLabel,
  planOrder,
  probeCarrier,
  readHold,
  readShopHold,
  reallocate,
  remindReturn,
  reportOverdueReturn,
  reportStuck,
  reservePlan,
  retellSubOrder,
  returnToLabel,
  returnToVoid,
  screenOrder,
  setWaiting,
  showBulk,
  settleAddressCheck,
  settleCapture,
  settleHold,
  settleItem,
  settleLabel,
  settleRefund,
  settleMessage,
  settleRelease,
  tryOutItem,
  unshownItems,
  watchPurchase,
  settleShopHold,
  takeOffer,
  settleReturn,
  settleReturnLabel,
  settleReturnVoid,
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
