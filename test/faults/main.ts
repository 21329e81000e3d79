/**
 * npm run faults -- [--json] [--shape one|split|backorder] [--only activity:kind] [--random N --seed S [--only random:S:I|F5]]:
 * orders that meet faults at exact boundaries. Exit 1 when anything is violated or a fault did not strike.
 */
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {parseArgs} from 'node:util';
import {BOUNDARIES, type Cell, matrix, SHAPES} from './catalogue.ts';
import {runProviderCells} from './provider/index.ts';
import {randomPlan} from './random-plan.ts';
import {type Report, runAll} from './run-matrix.ts';

interface Servers {
  adminUrl: string;
  template: string;
  temporal: string;
  stop(): Promise<void>;
}

async function startServers(): Promise<Servers> {
  const path = join(process.env['WAYBILL_ROOT'] ?? '.', 'scripts/lib/test-servers.mjs');
  const {startTestServers} = (await import(pathToFileURL(path).href)) as {startTestServers(): Promise<Servers>};
  const servers = await startTestServers();
  process.env['TEST_DATABASE_ADMIN_URL'] = servers.adminUrl;
  process.env['TEST_TEMPLATE_DB'] = servers.template;
  process.env['TEST_TEMPORAL_ADDRESS'] = servers.temporal;
  process.env['TEST_WORKFLOW_BUNDLE'] = process.env['WORKFLOW_BUNDLE'];
  return servers;
}

interface Choice {
  shape?: string | undefined;
  only?: string | undefined;
  random?: string | undefined;
  provider?: string | undefined;
}

async function main(): Promise<number> {
  const {values} = parseArgs({
    options: {
      json: {type: 'boolean', default: false},
      shape: {type: 'string'},
      only: {type: 'string'},
      random: {type: 'string'},
      seed: {type: 'string', default: '1'},
      provider: {type: 'string'},
      patience: {type: 'string', default: '240'},
    },
  });
  const seed = values.random === undefined ? undefined : whole('--seed', values.seed);
  const cells = cellsOf(values, seed);
  const patience = 1_000 * whole('--patience', values.patience);
  const servers = await startServers();
  try {
    const began = Date.now();
    const report = await runAll(cells, {say, seed, patience});
    const provider = wantsProviders(values) ? await runProviderCells(say, values.provider) : null;
    report.violations.push(...(provider?.violations ?? []));
    const seconds = Math.round((Date.now() - began) / 1000);
    tell(report, seconds, seed);
    const more = {...(seed === undefined ? {} : {seed}), provider_cells: provider?.provider_cells ?? 0, seconds};
    if (values.json) say(JSON.stringify({...report, ...more}));
    const silent = cells.length > 0 && (seed === undefined ? report.fired < report.faults : report.fired === 0);
    return report.violations.length > 0 || silent ? 1 : 0;
  } finally {
    await servers.stop();
  }
}

const say = (line: string) => console.log(line);

function tell(report: Report, seconds: number, seed: number | undefined): void {
  if (seed === undefined) for (const fault of report.not_fired) say(`✗ ${fault} never struck`);
  for (const v of report.excused) say(`(${v.cell} ${v.id}, unavoidable: ${v.sentence})`);
  for (const v of report.violations) say(`✗ ${v.cell || 'no cell'} ${v.id}: ${v.sentence}`);
  say(sentence(report, seconds, seed));
}

function cellsOf(choice: Choice, seed: number | undefined): Cell[] {
  if (choice.provider !== undefined) return [];
  if (seed === undefined) return matrixOf(choice);
  const plan = randomPlan(whole('--random', choice.random), seed);
  const {only} = choice;
  return plan.filter(({id, strikes}) => only === undefined || id === only || strikes.some(({kind}) => kind === only));
}

/** With the whole matrix, or when they are asked for: all, or those with this in their name. */
function wantsProviders({provider, ...choice}: Choice): boolean {
  if (provider !== undefined) return true;
  return choice.random === undefined && choice.shape === undefined && choice.only === undefined;
}

function whole(option: string, text: string | undefined): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new Error(`${option} takes a whole number, not ${text}`);
  return value;
}

function matrixOf({shape, only}: Choice): Cell[] {
  const known = SHAPES.find((each) => each === shape);
  if (shape !== undefined && !known) throw new Error(`--shape is one of ${SHAPES.join(', ')}`);
  const cells = matrix({...(known ? {shape: known} : {}), ...(only ? {only} : {})});
  if (cells.length > 0) return cells;
  throw new Error(`--only ACTIVITY:KIND, where the activities are ${BOUNDARIES.map((b) => b.name).join(', ')}`);
}

function sentence({cells, fired, faults, violations}: Report, seconds: number, seed: number | undefined): string {
  const what = seed === undefined ? `${cells} cells` : `${cells} orders by seed ${seed}`;
  return `${what}, ${fired} of ${faults} faults struck, ${violations.length} violations, ${seconds} s`;
}

process.exit(await main());
