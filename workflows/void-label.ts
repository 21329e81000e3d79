import {CancellationScope, condition, setCurrentDetails, setHandler, workflowInfo} from '@temporalio/workflow';
import {CHANGES} from '../domain/policy/changes.ts';
import {Insistence} from './insist.ts';
import {resumedSignal, type SideRunInput} from './messages.ts';
import {stepsOf} from './options.ts';
import {engineWait} from './time.ts';

/** What ops read when the carrier keeps the money for a label that was never used. */
const STEP = 'void refused';

/**
 * Gets the money for one unused label back and sees it through: what the carrier has not decided is waited for, what it
 * refuses ("too soon") is asked for again later, and then by a person's word. Cancelling the run does nothing.
 */
export function labelVoidWorkflow(input: SideRunInput): Promise<{end: string}> {
  return CancellationScope.nonCancellable(() => live(input));
}

async function live({subject_id: parcel_id, order_id, policy, clock}: SideRunInput): Promise<{end: string}> {
  const rules = policy.changes ?? CHANGES;
  const whose = {order_id: order_id ?? '', sub_order_id: null, workflow_id: workflowInfo().workflowId};
  const steps = stepsOf(policy.engine);
  const insistence = new Insistence(whose, steps, clock, policy.recovery);
  let bells = 0;
  setHandler(resumedSignal, () => {
    bells += 1;
    insistence.ring();
  });
  const pause = (wait: number) => {
    const heard = bells;
    return condition(() => bells > heard, wait);
  };
  let [ask, looks, stuck] = [1, 0, false];
  for (;;) {
    // one that was being bought when its parcel was given up may appear until that attempt is over, on the engine's clock
    const last_look = looks > 1;
    const {state} = await insistence.on('voidLabel', () => steps.voidLabel({parcel_id, ask, last_look}));
    setCurrentDetails(`The money for the label of **${parcel_id}** is **${state}**.`);
    if (stuck && state !== 'rejected') await steps.clearStuck({...whose, step: STEP});
    if (state !== 'rejected') stuck = false;
    switch (state) {
      case 'refunded':
      case 'nothing_bought':
        return {end: state};
      case 'not_bought':
        looks += 1;
        await pause(policy.engine.outside_timeout);
        break;
      case 'submitted':
        await pause(engineWait(clock, rules.void_check));
        break;
      case 'rejected':
        if (ask >= rules.void_asks) {
          stuck = true;
          await insistence.wait(STEP, 'void_refused_by_carrier');
        } else {
          await pause(engineWait(clock, rules.void_retry));
        }
        ask += 1;
        break;
      default:
        state satisfies never;
    }
  }
}
