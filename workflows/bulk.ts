import {
  CancellationScope,
  condition,
  continueAsNew,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import {RECOVERY} from '../domain/policy/policy.ts';
import {bulkMovedSignal, type SideRunInput} from './messages.ts';
import {stepsOf} from './options.ts';
import {engineWait, virtualNow} from './time.ts';

/**
 * One act on many orders: tried out on each, shown, and done once somebody has confirmed what was shown. Where every order
 * stands is in its row; this run takes turns until none waits. Cancelling it in Temporal does nothing: the act is stopped
 * at the act.
 */
export function bulkWorkflow(input: SideRunInput): Promise<{end: string}> {
  return CancellationScope.nonCancellable(() => live(input));
}

async function live(input: SideRunInput): Promise<{end: string}> {
  const {subject_id: job_id, policy, clock} = input;
  const {engine} = policy;
  const steps = stepsOf(engine);
  let news = 0;
  setHandler(bulkMovedSignal, () => {
    news += 1;
  });
  const [budget, wait] = [engine.step_timeout / 4, engine.step_timeout / 4];
  let pause = engine.retry_first;
  for (;;) {
    const heard = news;
    const {state, ended, expires_at} = await steps.lookAtBulk({job_id});
    setCurrentDetails(`The act on many orders **${job_id}** is **${state}**.`);
    if (ended) return {end: state};
    if (state === 'ready') {
      await condition(() => news > heard, engineWait(clock, Math.max(0, (expires_at ?? 0) - virtualNow(clock))));
      continue;
    }
    const turn = state === 'running' ? steps.actOnBulk({job_id, budget, wait}) : steps.previewBulk({job_id, budget});
    const {left, taken} = await turn;
    pause = taken > 0 ? engine.retry_first : Math.min(2 * pause, engine.retry_max);
    // the rest cannot be decided just now
    if (left > 0 && taken === 0) await condition(() => news > heard, pause);
    if (isLong(input)) await continueAsNew<typeof bulkWorkflow>(input);
  }
}

function isLong({policy}: SideRunInput): boolean {
  const {historyLength, continueAsNewSuggested} = workflowInfo();
  return continueAsNewSuggested || historyLength >= (policy.recovery ?? RECOVERY).continue_after;
}
