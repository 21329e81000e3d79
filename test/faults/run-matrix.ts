import {type Cell, type Kind, SHAPES} from './catalogue.ts';
import type {CellViolation} from './judge.ts';
import {type Part, type PartOptions, runOverADay, runTogether} from './parts.ts';
import {runWithKills} from './run-kills.ts';

export interface Report {
  cells: number;
  /** cells, or where faults are combined: faults, that struck */
  fired: number;
  /** faults planned */
  faults: number;
  not_fired: string[];
  violations: CellViolation[];
  /** what a fault itself makes unavoidable, see judge.ts */
  excused: CellViolation[];
  seconds_of: Record<string, number>;
  disturbed: Record<string, number>;
}

export type Say = (line: string) => void;

export interface RunChoice {
  say: Say;
  /** given: faults are combined and the neighbours misbehave, all by this number */
  seed?: number | undefined;
  /** real milliseconds until an order must have ended */
  patience?: number;
}

/**
 * Runs the matrix shape by shape, or combined faults all together. Each world is heavy: more than two at once, or one
 * with the processes of three shapes, would on a small machine only time out.
 */
export async function runAll(cells: readonly Cell[], choice: RunChoice): Promise<Report> {
  const report: Report = {
    cells: cells.length,
    fired: 0,
    faults: cells.reduce((sum, cell) => sum + cell.strikes.length, 0),
    not_fired: [],
    violations: [],
    excused: [],
    seconds_of: {},
    disturbed: {},
  };
  if (choice.seed !== undefined) await runRound('', cells, report, choice);
  else {
    for (const shape of SHAPES) {
      const own = cells.filter((cell) => cell.shape === shape);
      await runRound(`${shape} `, own, report, choice);
    }
  }
  return report;
}

/** Those that wait for a day, then those where processes are killed, and all the others beside these two. */
async function runRound(name: string, cells: readonly Cell[], report: Report, choice: RunChoice): Promise<void> {
  const with_ = (kind: Kind) => cells.filter((cell) => cell.strikes.some((s) => s.kind === kind));
  const kill = with_('F3');
  const day = with_('F5').filter((cell) => !kill.includes(cell));
  const rest = cells.filter((cell) => !day.includes(cell) && !kill.includes(cell));
  const waitingParts = async () => {
    await runPart(`${name}F5`, day, report, choice, runOverADay);
    await runPart(`${name}F3`, kill, report, choice, runWithKills);
  };
  await Promise.all([runPart(`${name}F1 F2 F4 F6`, rest, report, choice, runTogether), waitingParts()]);
}

async function runPart(
  name: string,
  cells: readonly Cell[],
  report: Report,
  {say, seed, patience}: RunChoice,
  run: Part,
): Promise<void> {
  if (cells.length === 0) return;
  const began = Date.now();
  const seconds = () => Math.round((Date.now() - began) / 100) / 10;
  const onEnd: PartOptions['onEnd'] = ({cell, fired, unfired, trouble}) => {
    const missed = fired || seed !== undefined ? '' : ', never struck';
    const bad = trouble !== null || missed !== '';
    say(`${bad ? '✗' : '·'} ${cell.id} at ${seconds()} s${missed}${trouble ? `: ${trouble}` : ''}`);
    report.fired += cell.strikes.length - unfired.length;
    report.not_fired.push(...unfired);
  };
  const {results, violations, excused, disturbed} = await run(cells, {
    onEnd,
    must_fire: seed === undefined,
    seed,
    ...(patience ? {patience} : {}),
  });
  report.violations.push(...violations);
  report.excused.push(...excused);
  for (const [what, times] of Object.entries(disturbed ?? {})) {
    if (times > 0) report.disturbed[what] = (report.disturbed[what] ?? 0) + times;
  }
  report.seconds_of[name] = seconds();
  say(`${name}: ${results.length} cells, ${violations.length} violations, ${seconds()} s`);
}
