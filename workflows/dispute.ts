import {CancellationScope, condition, setCurrentDetails, setHandler, workflowInfo} from '@temporalio/workflow';
import {DISPUTES} from '../domain/policy/policy.ts';
import {Insistence} from './insist.ts';
import {disputeChangedSignal, resumedSignal, type SideRunInput} from './messages.ts';
import {stepsOf} from './options.ts';
import {engineWait, virtualNow} from './time.ts';

/**
 * Sees one dispute through: the bank is answered as soon as all is known, at the latest shortly before its deadline,
 * and asked how it decided in case its word is lost. Cancelling the run does nothing: silence would lose the money.
 */
export function disputeWorkflow(input: SideRunInput): Promise<{end: string}> {
  return CancellationScope.nonCancellable(() => live(input));
}

async function live(input: SideRunInput): Promise<{end: string}> {
  const {subject_id: dispute_id, policy, clock} = input;
  const {submit_before, poll_after} = policy.disputes ?? DISPUTES;
  const whose = {order_id: input.order_id ?? '', sub_order_id: null, workflow_id: workflowInfo().workflowId};
  const steps = stepsOf(policy.engine);
  const insistence = new Insistence(whose, steps, clock, policy.recovery);
  let news = 0;
  const look = () => {
    news += 1;
    insistence.ring();
  };
  setHandler(disputeChangedSignal, look);
  setHandler(resumedSignal, look);
  for (;;) {
    const heard = news;
    const {state, answer_by} = await insistence.on('answerDispute', () =>
      steps.answerDispute({dispute_id, submit_before}),
    );
    setCurrentDetails(`The dispute **${dispute_id}** is **${state}**.`);
    if (state === 'won' || state === 'lost') return {end: state};
    const left = answer_by === null || state !== 'open' ? poll_after : answer_by - virtualNow(clock);
    const wait = Math.min(poll_after, Math.max(left, PAUSE));
    await condition(() => news > heard, engineWait(clock, wait));
  }
}

/** Never at once again, whatever the clocks say; milliseconds. */
const PAUSE = 60_000;
