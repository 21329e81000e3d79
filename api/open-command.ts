import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {parseSharedClock, REAL_TIME, sharedTime} from '../domain/time/shared-clock.ts';
import {closeStore, openStore, type StoreContext} from '../store/context.ts';
import type {Vault} from '../store/vault.ts';

/** A problem that a person can do something about: told without a stack. */
export class CommandTrouble extends Error {}

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
    throw new CommandTrouble(`Set DATABASE_URL, or start Waybill first: nothing runs from ${folder}.`);
  }
  const clock = parseSharedClock(env['WAYBILL_CLOCK'] || read('clock.json') || '') ?? REAL_TIME;
  // these commands touch nobody's personal data: nothing here may seal or open any
  const vault = new Proxy({} as Vault, {
    get: () => {
      throw new Error('the command has no vault');
    },
  });
  const now = () => new Date(sharedTime(clock, Date.now()));
  return openStore({databaseUrl, vault, now, connections: 1});
}

/** Runs a command of the shell at the database; its trouble is told in a sentence, with exit code 1. */
export async function runCommand(
  run: (store: StoreContext, args: readonly string[], say: (line: string) => void) => Promise<void>,
): Promise<void> {
  try {
    const args = process.argv.slice(2);
    const at = args.indexOf('--data-dir');
    const store = open(at < 0 ? process.env : {DATA_DIR: args[at + 1]});
    try {
      await run(store, at < 0 ? args : args.toSpliced(at, 2), (line) => console.log(line));
    } finally {
      await closeStore(store);
    }
  } catch (error) {
    console.error(error instanceof CommandTrouble ? `\n${error.message}\n` : error);
    process.exitCode = 1;
  }
}
