import {resolve} from 'node:path';
import {parseArgs} from 'node:util';

export interface Options {
  orders?: number;
  data?: string;
  baskets?: string;
  seed: number;
  faults: 'none' | 'light' | 'heavy';
  speed?: number;
  api?: string;
  dataDir?: string;
  json: boolean;
  rate: number;
  concurrency: number;
  keep: boolean;
  workers: number;
}

/** A problem that a person can do something about: told without a stack. */
export class Trouble extends Error {}

export const USAGE = `npm run simulate -- [options]
  --orders N        how many orders (default: 60; with --data all of them; with --baskets 2000)
  --data DIR        replay real orders from a folder of CSV files (orders.csv, items.csv, sellers.csv, ...)
  --baskets FILE    replay real baskets (invoice lines, .csv or .csv.gz); places come from --data or ../orders beside it
  --seed S          another world of the same kind (default 1)
  --faults LEVEL    none, light or heavy: what the payment provider and the carrier do wrong (default none)
  --speed F         the shared clock; chosen from --rate unless given
  --rate R          orders a second, on average (default 4)
  --concurrency C   orders sent and not yet answered, at most (default 24)
  --workers W       workers of a system of its own (default 1)
  --api URL --data-dir D   use the system that runs there, instead of one of its own in a temporary folder
  --keep            leave a system's own data folder where it is
  --json            the last line on standard output is one JSON object`;

/** Reads the command line; undefined means that help was asked for. */
export function readOptions(args: readonly string[], cwd: string): Options | undefined {
  const values = parse(args);
  if (values.help) return undefined;
  const faults = values.faults ?? 'none';
  if (faults !== 'none' && faults !== 'light' && faults !== 'heavy') {
    throw new Trouble(`--faults is none, light or heavy, not "${faults}".`);
  }
  const path = (value: string | undefined) => value && resolve(cwd, value);
  const [data, baskets, dataDir] = [path(values.data), path(values.baskets), path(values['data-dir'])];
  const orders = number('--orders', values.orders, {whole: true});
  const speed = number('--speed', values.speed);
  if (values.api && !dataDir) throw new Trouble('--api needs --data-dir too: the keys and the clock are there.');
  return {
    seed: Number(values.seed ?? 1),
    faults,
    rate: number('--rate', values.rate) ?? 4,
    concurrency: number('--concurrency', values.concurrency, {whole: true}) ?? 24,
    workers: number('--workers', values.workers, {whole: true}) ?? 1,
    json: values.json ?? false,
    keep: values.keep ?? false,
    ...(orders && {orders}),
    ...(speed && {speed}),
    ...(data && {data}),
    ...(baskets && {baskets}),
    ...(dataDir && {dataDir}),
    ...(values.api && {api: values.api.replace(/\/$/, '')}),
  };
}

const TEXT = {type: 'string'} as const;
const FLAG = {type: 'boolean'} as const;
const OPTIONS = {
  orders: TEXT,
  data: TEXT,
  baskets: TEXT,
  seed: TEXT,
  faults: TEXT,
  speed: TEXT,
  rate: TEXT,
  concurrency: TEXT,
  workers: TEXT,
  api: TEXT,
  'data-dir': TEXT,
  keep: FLAG,
  json: FLAG,
  help: FLAG,
};

function parse(args: readonly string[]) {
  try {
    return parseArgs({args: [...args], options: OPTIONS, strict: true}).values;
  } catch (error) {
    throw new Trouble(`${(error as Error).message.split('. ')[0]}.\n\n${USAGE}`);
  }
}

function number(name: string, text: string | undefined, {whole = false} = {}): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (value > 0 && Number.isFinite(value) && (!whole || Number.isInteger(value))) return value;
  throw new Trouble(`${name} must be a positive ${whole ? 'whole ' : ''}number, not "${text}".`);
}
