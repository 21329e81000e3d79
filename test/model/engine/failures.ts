import {ActivityFailure, ApplicationFailure, ChildWorkflowFailure, TerminatedFailure} from '@temporalio/common';
import type {Execution} from './execution.ts';

/** As the workflow sees it. */
export function activityFailure(name: string, cause: unknown): ActivityFailure {
  const reason =
    cause instanceof ApplicationFailure
      ? cause
      : ApplicationFailure.nonRetryable(cause instanceof Error ? cause.message : String(cause));
  return new ActivityFailure(`${name} failed`, name, undefined, 'NON_RETRYABLE_FAILURE', 'model', reason);
}

export function childFailure(run: Execution): ChildWorkflowFailure {
  const cause = run.status === 'terminated' ? new TerminatedFailure('terminated') : (run.failure as Error);
  return new ChildWorkflowFailure(
    undefined,
    {workflowId: run.id, runId: run.runId},
    run.type,
    'NON_RETRYABLE_FAILURE',
    cause as TerminatedFailure,
  );
}
