/** npm run bench -- NAME [--json] [--data-dir D] [--data DIR]: one figure, with the ratio to a baseline of the same run. */
import {parseArgs} from 'node:util';
import {closeConnections} from '../simulation/http.ts';
import {Trouble} from '../simulation/options.ts';
import {attach, type OwnSystem, startOwn, type System} from '../simulation/system.ts';
import {batching} from './batching.ts';
import {carrierCodes} from './carrier-codes.ts';
import {desk} from './desk/main.ts';
import {history} from './history.ts';
import {importing} from './importing.ts';
import {packing} from './packing/main.ts';
import {pages} from './pages/main.ts';
import {pickPath} from './pick-path.ts';
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
  /** whatever else was counted */
  details?: Record<string, unknown>;
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
  desk: {run: desk},
  history: {run: history},
  importing: {run: importing},
  pages: {run: pages},
  recovery: {run: recovery, needs: {workers: 2, policy: 'drill'}},
};

/** Those that need no system: pure computing over instances of their own and those of a folder. */
const ALONE: Readonly<Record<string, (data: string | undefined) => Benchmark>> = {
  batching,
  'carrier-codes': carrierCodes,
  packing,
  'pick-path': pickPath,
};

const USAGE = `npm run bench -- NAME [--json] [--data-dir D] [--data DIR]
  NAME          ${[...Object.keys(BENCHMARKS), ...Object.keys(ALONE)].join(', ')}
  --data DIR    instances made by others, for ${Object.keys(ALONE).join(', ')}; left out, only what is made here is measured
  --data-dir D  use the system that runs there, instead of one of its own in a temporary folder
  --json        the last line on standard output is one JSON object {name, value, unit, baseline, ratio}`;

async function main(): Promise<number> {
  const options = {
    json: {type: 'boolean', default: false},
    'data-dir': {type: 'string'},
    data: {type: 'string'},
  } as const;
  const {values, positionals} = parseArgs({options, allowPositionals: true});
  const [name = ''] = positionals;
  const alone = ALONE[name];
  const benchmark = BENCHMARKS[name];
  if (positionals.length > 1 || !(alone || benchmark)) throw new Trouble(USAGE);
  const result = alone ? alone(values.data) : await withSystem(benchmark as Named, values['data-dir']);
  for (const line of result.lines) console.log(line);
  if (result.failure) console.log(result.failure);
  if (values.json || alone) console.log(JSON.stringify(result.figure));
  return result.failure ? 1 : 0;
}

async function withSystem(benchmark: Named, dataDir: string | undefined): Promise<Benchmark> {
  const system = dataDir ? await attach(dataDir) : await startOwn({speed: 1, ...benchmark.needs});
  try {
    return await benchmark.run(system);
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
