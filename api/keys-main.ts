/** `npm run keys`: API keys of a deployment. A key is shown once, when it is made; the database keeps its hash. */
import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {parseSharedClock, REAL_TIME, sharedTime} from '../domain/time/shared-clock.ts';
import {closeStore, openStore, type StoreContext} from '../store/context.ts';
import type {Vault} from '../store/vault.ts';
import {KeysTrouble, runKeys} from './keys-command.ts';

/** The database that DATABASE_URL names, else the one of the system that runs from DATA_DIR. */
function open(env: NodeJS.ProcessEnv): StoreContext {
  const folder = env['DATA_DIR'] ?? '.data';
  const read = (...names: string[]) => {
    const file = join(folder, ...names);
    return existsSync(file) ? readFileSync(file, 'utf8') : null;
  };
  const running = JSON.parse(read('run', 'urls.json') ?? '{}') as {database?: string};
  const databaseUrl = env['DATABASE_URL'] || running.database;
  if (!databaseUrl) {
    throw new KeysTrouble(`Set DATABASE_URL, or start Waybill first: nothing runs from ${folder}.`);
  }
  const clock = parseSharedClock(env['WAYBILL_CLOCK'] || read('clock.json') || '') ?? REAL_TIME;
  // keys are nobody's personal data: nothing here may seal or open any
  const vault = new Proxy({} as Vault, {
    get: () => {
      throw new Error('the command for keys has no vault');
    },
  });
  const now = () => new Date(sharedTime(clock, Date.now()));
  return openStore({databaseUrl, vault, now, connections: 1});
}

async function main(): Promise<void> {
  const args = process.argv.slice(2);
  const at = args.indexOf('--data-dir');
  const env = at < 0 ? process.env : {DATA_DIR: args[at + 1]};
  const store = open(env);
  try {
    await runKeys(store, at < 0 ? args : args.toSpliced(at, 2), (line) => console.log(line));
  } finally {
    await closeStore(store);
  }
}

try {
  await main();
} catch (error) {
  console.error(error instanceof KeysTrouble ? `\n${error.message}\n` : error);
  process.exitCode = 1;
}
