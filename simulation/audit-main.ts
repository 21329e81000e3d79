/** npm run audit -- [--data-dir D] [--json] [--quiescent] */
import {existsSync, readFileSync} from 'node:fs';
import {join, resolve} from 'node:path';
import {parseArgs} from 'node:util';
import {checkInvariants, type Targets} from './invariants/index.ts';
import {reportText} from './invariants/report.ts';

const USAGE = `npm run audit -- [--data-dir D] [--quiescent] [--json]

Checks every invariant against the system that runs from the data folder (default: DATA_DIR, else .data).
  --quiescent   nothing is under way: check also what holds only then
  --json        the last line of the output is one JSON object {checked, not_yet, violations}
Ends with 0 when all hold, 1 when one does not, 2 when the audit could not be made.`;

function readJson<Value>(path: string): Value | null {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Value) : null;
}

/** The addresses the running system has written down. Throws a sentence when it cannot be audited. */
function targetsOf(dataDir: string, quiescent: boolean): Targets {
  const urls = readJson<Record<string, string | null>>(join(dataDir, 'run', 'urls.json'));
  if (!urls)
    throw new Error(
      `No running Waybill in ${dataDir} (run/urls.json is not there). Start it with npm start, or name its folder with --data-dir.`,
    );
  const url = (name: string, from: NodeJS.ProcessEnv[string]) => {
    const value = from ?? urls[name];
    if (value) return value;
    throw new Error(
      `${join(dataDir, 'run', 'urls.json')} names no ${name}: the audit needs the emulators of Stripe and the carrier, the database and Temporal.`,
    );
  };
  const clock = readJson<{speed: number}>(join(dataDir, 'clock.json'));
  return {
    databaseUrl: url('database', undefined),
    stripeUrl: url('stripe', undefined),
    carrierUrl: url('carrier', undefined),
    temporalAddress: url('temporal', undefined),
    namespace: process.env['TEMPORAL_NAMESPACE'] || 'default',
    mailUrl: urls['mail'] ?? undefined,
    speed: clock?.speed ?? 1,
    quiescent,
  };
}

async function main(): Promise<number> {
  const options = {
    'data-dir': {type: 'string'},
    json: {type: 'boolean'},
    quiescent: {type: 'boolean'},
    help: {type: 'boolean'},
  } as const;
  const {values} = parseArgs({options});
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const root = process.env['WAYBILL_ROOT'] ?? process.cwd();
  const dataDir = values['data-dir'] ? resolve(values['data-dir']) : resolve(root, process.env['DATA_DIR'] || '.data');
  const report = await checkInvariants(targetsOf(dataDir, values.quiescent ?? false));
  console.log(reportText(report));
  if (values.json) console.log(JSON.stringify(report));
  return report.violations.length > 0 ? 1 : 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
}
