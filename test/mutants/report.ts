import {INVARIANTS} from '../../simulation/invariants/registry.ts';
import type {PlantedBug} from './planted/types.ts';
import type {Trial} from './trial.ts';

/** The identifiers that fired, and `ending` when an order did not come to its end. */
export function firedIn({findings}: Trial): string[] {
  if (!findings) return [];
  const ids = findings.violations.map(({id}) => id);
  return [...new Set(findings.story === undefined ? ids : [...ids, 'ending'])];
}

/** Whether what fired is what the planter had in mind; where a story stopped, for the reason that was meant. */
function asExpected({expect, says = ''}: PlantedBug, trial: Trial): boolean {
  if (expect === 'anything') return true;
  const wanted: readonly string[] = typeof expect === 'string' ? [expect] : expect;
  const {story = '', why = ''} = trial.findings ?? {};
  return firedIn(trial).some((id) => wanted.includes(id) && (id !== 'ending' || `${story}: ${why}`.includes(says)));
}

/** One line for a person while the run goes on. */
export function line(bug: PlantedBug | null, trial: Trial): string {
  const seconds = `${(trial.took / 1000).toFixed(1)} s, ${(trial.cpu / 1000).toFixed(1)} s at work`;
  const {findings} = trial;
  const [first] = findings?.violations ?? [];
  const stopped = findings?.story === undefined ? [] : [`${findings.story}: ${findings.why}`];
  const what = [...(first ? [`${first.id}: ${first.sentence}`] : []), ...stopped].join(' | ');
  if (!bug) return findings ? `✗ ${trial.name} (${seconds}): ${what}` : `✓ ${trial.name}, nothing found (${seconds})`;
  if (trial.unfit) return `✗ ${trial.unfit}`;
  if (!findings) return `✗ ${trial.name} was not found (${seconds}): ${bug.why}`;
  const mark = asExpected(bug, trial) ? '✓' : '≈';
  return `${mark} ${trial.name}: ${firedIn(trial).join(', ')} (${seconds}): ${what.slice(0, 300)}`;
}

/** The last word, as text and as JSON; `failed` when one was missed or the product itself did not pass. */
export function summary(
  bugs: readonly PlantedBug[],
  trials: readonly Trial[],
  controls: readonly Trial[],
  seconds: number,
): {text: string; json: object; failed: boolean} {
  const missed = trials.filter(({findings}) => findings === null).map(({name}) => name);
  const otherwise = trials.filter((trial, i) => trial.findings && !asExpected(bugs[i] as PlantedBug, trial));
  const control = controls.flatMap(({findings}) => (findings ? [findings] : []));
  const fired_by = Object.fromEntries(INVARIANTS.map(({id}) => [id, firedBy(id, trials)]));
  for (const id of new Set(trials.flatMap(firedIn))) fired_by[id] ??= firedBy(id, trials);
  const json = {
    planted: bugs.length,
    caught: bugs.length - missed.length,
    missed,
    otherwise: otherwise.map(({name}) => name),
    control: {runs: controls.length, findings: control},
    seconds,
    fired_by,
    bugs: trials.map((trial, i) => ({
      name: trial.name,
      fired: firedIn(trial),
      as_expected: asExpected(bugs[i] as PlantedBug, trial),
      ...(trial.findings?.story ? {story: trial.findings.story} : {}),
      ...(trial.unfit ? {unfit: trial.unfit} : {}),
      ms: trial.took,
    })),
  };
  const text = [
    `${bugs.length} planted, ${json.caught} found`,
    [`${missed.length} missed`, ...missed].join(' '),
    [`${otherwise.length} found by something else than expected`, ...json.otherwise].join(' '),
    `${seconds} s`,
  ].join('; ');
  const verdict = control.length > 0 ? `${text}; the product as it is did not pass, so this says nothing` : text;
  return {text: verdict, json, failed: missed.length > 0 || control.length > 0};
}

/** Every checked identifier was seen to fire: by planted bugs, else by rows damaged in test/invariants. */
function firedBy(id: string, trials: readonly Trial[]): string[] {
  const names = trials.filter((trial) => firedIn(trial).includes(id)).map(({name}) => name);
  return names.length > 0 ? names : ['test/invariants/planted-damage.test.ts'];
}
