import {closeConnections} from '../http.ts';
import {Trouble} from '../options.ts';

const DRILLS = {
  'hot-sku': 'many buyers at once for few units: [--buyers 500] [--units 50] [--rounds 5] [--rate 2]',
  carts: 'mixed carts, cancellations and counts at once; the stock must be exact: [--carts 300] [--rounds 2]',
  'same-key':
    'the same order many times at once under one key, then another one: [--times 50] [--keys 100] [--kill-api 2]',
  'cancel-race':
    'a cancel of the order, a line or a unit against the picker who takes it, again and again: [--races 200] [--at-once 4]',
  'scan-flood':
    'very many scans on one order, then very many cancellations of another: [--scans 1000] [--seconds 5] [--cancels 50]',
  deploy: 'a new version of the workers and back, under load: [--orders 100] [--rps 20] [--unguarded]',
  carriers:
    'carriers unhealthy in turn, each in every way: every parcel has exactly one label: [--parcels 8] [--only "is slow"]',
  bulk: 'hold, undo and cancel many orders in one act each, the worker killed in between: [--orders 500] [--kill-every 125]',
  kill: 'kill -9 a worker, then everything, in the middle of a run; start again; finish; check: [--orders 60]',
} as const;

const USAGE = `npm run drill -- NAME [options]; each starts a system of its own
${Object.entries(DRILLS)
  .map(([name, what]) => `  ${name.padEnd(12)} ${what}`)
  .join('\n')}
  all take --seed S and --json`;

export interface DrillResult {
  /** what was seen, for the JSON line */
  seen: Record<string, unknown>;
  /** sentences about what must not be */
  failures: string[];
}

async function main(): Promise<number> {
  const [name, ...args] = process.argv.slice(2);
  if (!name || !Object.hasOwn(DRILLS, name)) throw new Trouble(USAGE);
  const drill = await load(name as keyof typeof DRILLS);
  const {seen, failures} = await drill(args);
  for (const [what, value] of Object.entries(seen)) console.log(`${what.padEnd(24)} ${JSON.stringify(value)}`);
  for (const failure of failures) console.log(`FAILED  ${failure}`);
  console.log(failures.length === 0 ? `${name}: passed` : `${name}: failed`);
  if (args.includes('--json')) console.log(JSON.stringify({drill: name, ...seen, failures}));
  return failures.length === 0 ? 0 : 1;
}

async function load(name: keyof typeof DRILLS): Promise<(args: readonly string[]) => Promise<DrillResult>> {
  switch (name) {
    case 'hot-sku':
      return (await import('./hot-sku.ts')).hotSku;
    case 'carts':
      return (await import('./carts.ts')).carts;
    case 'same-key':
      return (await import('./same-key.ts')).sameKey;
    case 'cancel-race':
      return (await import('./cancel-race.ts')).cancelRace;
    case 'scan-flood':
      return (await import('./scan-flood.ts')).scanFlood;
    case 'deploy':
      return (await import('./deploy.ts')).deploy;
    case 'carriers':
      return (await import('./carriers.ts')).carriers;
    case 'bulk':
      return (await import('./bulk.ts')).bulk;
    case 'kill':
      return (await import('./kill.ts')).kill;
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Trouble ? `\n${error.message}\n` : error);
  process.exitCode = 1;
} finally {
  closeConnections();
}
