/** npm run bench -- NAME [--json] [--data-dir D]: one figure, with the ratio to a baseline of the same run. */
import {parseArgs} from 'node:util';
import {closeConnections} from '../simulation/http.ts';
import {Trouble} from '../simulation/options.ts';
import {attach, type OwnSystem, startOwn, type System} from '../simulation/system.ts';
import {history} from './history.ts';
import {recovery} from './recovery.ts';

export interface Figure {
  name: string;
  value: number;
  unit: string;
  /** the same figure for the plainest case, from the same run */
  baseline: number;
  ratio: number;
  /** the parts of a figure that sums up several */
  figures?: Record<string, {seconds: number; limit: number}>;
}

export interface Benchmark {
  figure: Figure;
  /** what was measured and how, for people */
  lines: string[];
  /** why the figure is not good enough; absent when it is */
  failure?: string;
}

interface Named {
  run: (system: System) => Promise<Benchmark>;
  /** what a system of its own is started with, besides the ordinary clock */
  needs?: Partial<OwnSystem>;
}

const BENCHMARKS: Readonly<Record<string, Named>> = {
  history: {run: history},
  recovery: {run: recovery, needs: {workers: 2, policy: 'drill'}},
};

const USAGE = `npm run bench -- NAME [--json] [--data-dir D]
  NAME          ${Object.keys(BENCHMARKS).join(', ')}
  --data-dir D  use the system that runs there, instead of one of its own in a temporary folder
  --json        the last line on standard output is one JSON object {name, value, unit, baseline, ratio}`;

async function main(): Promise<number> {
  const options = {json: {type: 'boolean', default: false}, 'data-dir': {type: 'string'}} as const;
  const {values, positionals} = parseArgs({options, allowPositionals: true});
  const benchmark = BENCHMARKS[positionals[0] ?? ''];
  if (!benchmark || positionals.length > 1) throw new Trouble(USAGE);
  const dataDir = values['data-dir'];
  const system = dataDir ? await attach(dataDir) : await startOwn({speed: 1, ...benchmark.needs});
  try {
    const {figure, lines, failure} = await benchmark.run(system);
    for (const line of lines) console.log(line);
    if (failure) console.log(failure);
    if (values.json) console.log(JSON.stringify(figure));
    return failure ? 1 : 0;
  } finally {
    closeConnections();
    await system.own?.discard();
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Trouble ? error.message : error);
  process.exitCode = 2;
}
