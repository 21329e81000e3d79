import type {Outcome, Schedule} from './world/schedule.ts';

/**
 * Leaves out commands, and faults, for as long as the schedule still breaks an invariant: halves first, then single ones.
 * Every command carries its own seed, so that the others do the same without it.
 */
export async function shrink(
  failing: Schedule,
  run: (schedule: Schedule) => Promise<Outcome>,
): Promise<{schedule: Schedule; outcome: Outcome}> {
  let best = {schedule: failing, outcome: await run(failing)};
  const better = async (schedule: Schedule): Promise<boolean> => {
    const outcome = await run(schedule);
    if (outcome.violations.length === 0) return false;
    best = {schedule, outcome};
    return true;
  };
  await better({...failing, setup: {...failing.setup, workOff: false}});
  await better({...best.schedule, setup: {...best.schedule.setup, faultRate: 0}});
  for (
    let size = Math.ceil(best.schedule.commands.length / 2);
    size >= 1;
    size = size === 1 ? 0 : Math.ceil(size / 2)
  ) {
    for (let at = 0; at < best.schedule.commands.length; ) {
      const commands = best.schedule.commands.filter((_, i) => i < at || i >= at + size);
      if (!(await better({...best.schedule, commands}))) at += size;
    }
  }
  return best;
}
