/** npm run audit -- [--data-dir D] [--json] [--quiescent] [--every 15m] */
import {setPriority} from 'node:os';
import {resolve} from 'node:path';
import {parseArgs} from 'node:util';
import {createLogger} from '../config/logger.ts';
import {runRounds} from './audit/rounds.ts';
import {findTargets} from './audit/targets.ts';
import {checkInvariants} from './invariants/index.ts';
import {reportText} from './invariants/report.ts';

const USAGE = `npm run audit -- [--data-dir D] [--quiescent] [--json] [--every 15m]

Checks every invariant against the system that runs from the data folder (default: DATA_DIR, else .data), or, where none
does, against the one that DATABASE_URL and TEMPORAL_ADDRESS name. Reads only.
What holds only when nothing is under way is asked of the orders that have been at rest for a while.
  --quiescent   nothing is under way: ask it of all orders
  --json        the last line of the output is one JSON object {checked, not_yet, violations, timeline, ...}
  --every T     again and again (30s, 15m, 1h); the last round is in run/audit.json of the data folder
Ends with 0 when all hold, 1 when one does not, 2 when the audit could not be made.`;

const OPTIONS = {
  'data-dir': {type: 'string'},
  json: {type: 'boolean'},
  quiescent: {type: 'boolean'},
  every: {type: 'string'},
  help: {type: 'boolean'},
} as const;

const UNITS: Readonly<Record<string, number>> = {s: 1_000, m: 60_000, h: 3_600_000};
const FIRST_ROUND_AFTER_MS = 60_000;

function readEvery(text: string): number {
  const [, count, unit = ''] = /^(\d+)([smh])$/.exec(text) ?? [];
  const ms = Number(count) * (UNITS[unit] ?? 0);
  if (!(ms > 0)) throw new Error(`--every is a time such as 30s, 15m or 1h, not "${text}".`);
  return ms;
}

async function main(): Promise<number> {
  const {values} = parseArgs({options: OPTIONS});
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const {env} = process;
  const root = env['WAYBILL_ROOT'] ?? process.cwd();
  const dataDir = values['data-dir'] ? resolve(values['data-dir']) : resolve(root, env['DATA_DIR'] || '.data');
  const quiescent = values.quiescent ?? false;
  if (values.every) {
    await keepAuditing(dataDir, readEvery(values.every), () => findTargets(dataDir, quiescent, env));
    return 0;
  }
  const report = await checkInvariants(findTargets(dataDir, quiescent, env));
  console.log(reportText(report));
  if (values.json) console.log(JSON.stringify(report));
  return report.violations.length > 0 ? 1 : 0;
}

/** Beside a running system: with the least priority, so that it never takes time that orders need. */
async function keepAuditing(dataDir: string, everyMs: number, targets: Parameters<typeof runRounds>[0]['targets']) {
  setPriority(19);
  const stopping = new AbortController();
  // it only reads: nothing is lost when a round is cut off
  const stop = () => {
    stopping.abort();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, stop);
  process.on('disconnect', stop);
  const supervised = process.send !== undefined;
  process.send?.({ready: true});
  const log = createLogger({level: process.env['LOG_LEVEL'] || 'info', process: 'audit'});
  const delayMs = supervised ? Math.min(everyMs, FIRST_ROUND_AFTER_MS) : 0;
  await runRounds({dataDir, everyMs, targets, log, stop: stopping.signal, delayMs});
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
}
