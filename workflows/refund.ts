import {CancellationScope, condition, patched, setCurrentDetails, setHandler, workflowInfo} from '@temporalio/workflow';
import type {RefundOutcome} from '../activities/refund.ts';
import {REFUNDS} from '../domain/policy/policy.ts';
import {Insistence} from './insist.ts';
import {type Milestone, refundChangedSignal, resumedSignal, type SideRunInput} from './messages.ts';
import {stepsOf} from './options.ts';
import {readable} from './readable.ts';
import {engineWait} from './time.ts';

type Failed = RefundOutcome & {state: 'failed'};

/**
 * Gives one sum of money back and sees it through: what the provider has not finished is waited for, what failed waits
 * for a person under its name and is then asked for again, as a new attempt. Cancelling the run does nothing: the money
 * is owed, and what can be called off is called off at the refund.
 */
export function refundWorkflow(input: SideRunInput): Promise<{end: string}> {
  return CancellationScope.nonCancellable(() => live(input));
}

async function live(input: SideRunInput): Promise<{end: string}> {
  const {subject_id: refund_id, policy, clock} = input;
  const rules = policy.refunds ?? REFUNDS;
  const {workflowId: run} = workflowInfo();
  const whose = {order_id: input.order_id ?? '', sub_order_id: null, workflow_id: run};
  const steps = stepsOf(policy.engine);
  const insistence = new Insistence(whose, steps, clock, policy.recovery);
  let news = 0;
  /** news that may mean that it should be asked for again: that it failed is none */
  let calls = 0;
  setHandler(refundChangedSignal, (milestone) => {
    if (!readable<Milestone>('refundChanged', milestone, ['operation_id'])) return;
    news += 1;
    if (!milestone.operation_id.endsWith(':failed')) calls += 1;
  });
  setHandler(resumedSignal, () => {
    news += 1;
    calls += 1;
    insistence.ring();
  });

  const failed = async ({code}: Failed, heard: number, called: number): Promise<void> => {
    await steps.reportStuck({...whose, step: STEP, code});
    const isCalled = patched(FAILURE_IS_NO_CALL) ? () => calls > called : () => news > heard;
    await condition(isCalled, engineWait(clock, rules.retry_after));
  };

  let attempt = 1;
  let stuck = false;
  for (;;) {
    const [heard, called] = [news, calls];
    const outcome = await insistence.on('refund', () => steps.refund({refund_id, attempt, run}));
    setCurrentDetails(`The refund **${refund_id}** is **${outcome.state}**.`);
    if (stuck && outcome.state !== 'failed') await steps.clearStuck({...whose, step: STEP});
    stuck = outcome.state === 'failed';
    switch (outcome.state) {
      case 'failed':
        await failed(outcome, heard, called);
        attempt = outcome.attempt + 1;
        break;
      case 'pending':
      case 'frozen':
        await condition(() => news > heard, engineWait(clock, rules.poll_after));
        break;
      default:
        return {end: outcome.state};
    }
  }
}

/** What ops read when the money did not get through. */
const STEP = 'refund failed';

/** Since then the provider's word that it failed, heard late, does not have it asked for again. */
const FAILURE_IS_NO_CALL = 'failure-is-no-call';
