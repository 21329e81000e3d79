import {type ActivityInterfaceFor, proxyActivities, proxyLocalActivities} from '@temporalio/workflow';
import type {Activities} from '../activities/index.ts';
import type {Policy} from '../domain/policy/policy.ts';

/**
 * How each kind of step is run. The outside world: ordinary activities, retried for as long as it takes, because giving
 * up would leave money or parcels behind. The database: local activities, a marker instead of three events each.
 */
export function stepsOf(engine: Policy['engine']) {
  const retry = {initialInterval: engine.retry_first, maximumInterval: engine.retry_max, backoffCoefficient: 2};
  const outside = (summary: string) =>
    proxyActivities<Activities>({startToCloseTimeout: engine.outside_timeout, retry, summary});
  // many short steps in one: a turn that was cut off is not waited for as long as a provider
  const turn = (summary: string) =>
    proxyActivities<Activities>({startToCloseTimeout: engine.step_timeout, retry, summary});
  const inTurn = oneAtATime();
  const step = (summary: string) =>
    inTurn(proxyLocalActivities<Activities>({startToCloseTimeout: engine.step_timeout, retry, summary}));
  return {
    authorize: outside('Hold the money').authorize,
    holdRest: outside('Hold the rest of the money').authorize,
    renewHold: outside('Renew the hold').authorize,
    releaseHolds: outside('Let the hold go').releaseHolds,
    checkHold: outside('Ask what became of the hold').checkHold,
    matchShopHold: outside("Look for the shop's own hold").matchShopHold,
    leaveShopHold: outside("Let the shop's own hold go").leaveShopHold,
    capture: outside('Take the money for what was delivered').capture,
    answerDispute: outside('Answer the bank').answerDispute,
    refund: outside('Give money back').refund,
    holdMore: outside('Hold the money for a change too').authorize,
    voidLabel: outside('Get the money for an unused label back').voidLabel,
    buyLabels: outside('Buy the labels').buyLabels,
    sendPurchaseOrder: outside('Tell the supplier what is wanted').sendPurchaseOrder,
    buyReturnLabel: outside('Buy the label of the return').buyReturnLabel,
    voidReturnLabel: outside('Give the label of the return back').voidReturnLabel,
    planOrder: step('Plan: which place sends what').planOrder,
    reservePlan: step('Lock the stock').reservePlan,
    screenOrder: step('Judge the risk of fraud').screenOrder,
    confirmPlan: step('Confirm the plan').confirmPlan,
    endOrder: step('End the order, give the stock back').endOrder,
    cancelLines: step('Cancel what is not picked').cancelLines,
    beginChange: step('Price a change of the order').beginChange,
    applyChange: step('Change the order').applyChange,
    refuseChange: step('Refuse a change of the order').refuseChange,
    reallocate: step('Find another place for missing units').reallocate,
    beginFilled: step('Stock came: let the waiting parts go').beginFilled,
    setWaiting: step('Say what the order waits for').setWaiting,
    escalateReview: step('Ask somebody else to review').escalateReview,
    takeOffer: step('Pay by the method given').takeOffer,
    giveUpWaiting: step('Cancel what waited for too long').giveUpWaiting,
    openTasks: step('Open the pick task').openTasks,
    handOver: step('Hand over to the carrier').handOver,
    commitDelivery: step('Commit the delivery').commitDelivery,
    commitLoss: step('Declare silent parcels lost').commitLoss,
    watchPurchase: step('See what the supplier owes').watchPurchase,
    lookAtReturn: step('Look where the return stands').lookAtReturn,
    remindReturn: step('Remind the customer to send it').remindReturn,
    expireReturn: step('End a return that was never sent').expireReturn,
    reportOverdueReturn: step('Tell a person of a return that stands still').reportOverdueReturn,
    settleReturn: step('Put goods back, give money back or send the same again').settleReturn,
    endReturnRun: step('Nothing is left to do about the return').endReturnRun,
    lookAtBulk: step('Look where the act on many orders stands').lookAtBulk,
    previewBulk: turn('Try it out on some orders').previewBulk,
    actOnBulk: turn('Do it to some orders').actOnBulk,
    reportStuck: step('Ask ops for help').reportStuck,
    clearStuck: step('Ops helped').clearStuck,
    markContinued: step('Go on in a fresh history').markContinued,
    findEnds: step('See which parts have ended meanwhile').findEnds,
    retellSubOrder: step('Tell the lost run of a part everything again').retellSubOrder,
  };
}

/**
 * The local activities of a run, one at a time. Of two that are under way in the same workflow task, the one begun later
 * may end first; a replay ends them in another order, and what follows them, such as the end of an update and the
 * start of a child, no longer fits the history.
 */
function oneAtATime(): (activities: ActivityInterfaceFor<Activities>) => ActivityInterfaceFor<Activities> {
  let before: Promise<unknown> = Promise.resolve();
  return (activities) =>
    new Proxy(activities, {
      get: (target, name) => {
        const run = Reflect.get(target, name) as (input: unknown) => Promise<unknown>;
        return (input: unknown) => {
          const turn = before.then(() => run(input));
          before = turn.catch(() => undefined);
          return turn;
        };
      },
    });
}

export type Steps = ReturnType<typeof stepsOf>;
