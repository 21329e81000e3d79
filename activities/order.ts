import type {Store} from '../store/index.ts';

/** Short database steps of an order: run as local activities, each one transaction, each safe to repeat. */
export function orderActivities(store: Store) {
  const {planOrder, reservePlan, screenOrder, confirmPlan, endOrder, cancelLines, reallocate} = store;
  const {findEnds, markContinued, retellSubOrder, beginFilled} = store;
  const {beginChange, applyChange, refuseChange} = store;
  return {
    planOrder,
    reservePlan,
    screenOrder,
    confirmPlan,
    endOrder,
    cancelLines,
    reallocate,
    setWaiting: store.setWaiting,
    takeOffer: store.takeOffer,
    escalateReview: store.escalateReview,
    beginFilled,
    findEnds,
    markContinued,
    retellSubOrder,
    beginChange,
    applyChange,
    refuseChange,
  };
}

/** Short database steps of a sub-order. */
export function subOrderActivities(store: Store) {
  const {openTasks, handOver, commitDelivery, commitLoss, giveUpWaiting} = store;
  return {openTasks, handOver, commitDelivery, commitLoss, giveUpWaiting};
}

/** What any run says when it cannot go on by itself. */
export function recoveryActivities(store: Store) {
  const {reportStuck, clearStuck} = store;
  return {reportStuck, clearStuck};
}
