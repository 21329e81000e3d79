import {resolve} from 'node:path';
import {parseArgs} from 'node:util';
import {Trouble} from '../options.ts';

export interface ChaosOptions {
  orders: number;
  seed: number;
  minutes?: number;
  speed?: number;
  histories?: string;
  keep: boolean;
  json: boolean;
}

export const USAGE = `npm run chaos -- [options]
  --orders N        how many orders (default 300)
  --seed S          another world and another schedule of disturbances (default 1); the same seed is the same schedule
  --minutes M       how long everything is disturbed; chosen from --orders unless given
  --speed F         the shared clock; chosen so that a lost parcel is given up soon after the disturbance, unless given
  --histories DIR   stores the history of every workflow run there, for npm run replay -- --dir DIR
  --keep            leave the data folder where it is
  --json            the last line on standard output is one JSON object`;

const TEXT = {type: 'string'} as const;
const FLAG = {type: 'boolean', default: false} as const;
const OPTIONS = {
  orders: TEXT,
  seed: TEXT,
  minutes: TEXT,
  speed: TEXT,
  histories: TEXT,
  keep: FLAG,
  json: FLAG,
  help: FLAG,
};

/** Reads the command line; undefined means that help was asked for. */
export function readChaosOptions(args: readonly string[], cwd: string): ChaosOptions | undefined {
  const values = parse(args);
  if (values.help) return undefined;
  const [minutes, speed] = [number('--minutes', values.minutes), number('--speed', values.speed)];
  return {
    orders: number('--orders', values.orders, true) ?? 300,
    seed: number('--seed', values.seed, true) ?? 1,
    keep: values.keep,
    json: values.json,
    ...(minutes && {minutes}),
    ...(speed && {speed}),
    ...(values.histories && {histories: resolve(cwd, values.histories)}),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({args: [...args], options: OPTIONS, strict: true}).values;
  } catch (error) {
    throw new Trouble(`${(error as Error).message.split('. ')[0]}.\n\n${USAGE}`);
  }
}

function number(name: string, text: string | undefined, whole = false): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (value > 0 && Number.isFinite(value) && (!whole || Number.isInteger(value))) return value;
  throw new Trouble(`${name} must be a positive ${whole ? 'whole ' : ''}number, not "${text}".`);
}
