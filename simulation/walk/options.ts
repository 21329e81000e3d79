import {resolve} from 'node:path';
import {parseArgs} from 'node:util';
import {Trouble} from '../options.ts';

/** In the order in which they are walked. */
export const WALKS = ['doors', 'customer', 'support', 'reviewer', 'floor', 'ops', 'set-up'] as const;
export type WalkName = (typeof WALKS)[number];

export interface WalkOptions {
  /** of a system that runs already; without it one is started, and stopped at the end */
  url?: string;
  /** where that system keeps its keys */
  dataDir: string;
  /** folder for pictures; without it none are kept */
  pictures?: string;
  names: readonly WalkName[];
}

export const USAGE = `npm run walk -- [options]
  starts the product as npm start does, in a temporary folder and on a free port, and walks through it in Chromium
  --pictures DIR    keep what was seen: every page at 390 and 1440 pixels, light and dark
  --only NAMES      some of the walks, with commas between: ${WALKS.join(', ')}
  --url URL         walk on the system that runs there; its keys are read from --data-dir (DATA_DIR, else .data)`;

/** Reads the command line; undefined means that help was asked for. */
export function readOptions(args: readonly string[], env: NodeJS.ProcessEnv): WalkOptions | undefined {
  const values = parse(args);
  if (values.help) return undefined;
  const from = (path: string) => resolve(env['INIT_CWD'] ?? '.', path);
  const names = values.only?.split(',') ?? WALKS;
  const strange = names.find((name) => !WALKS.some((one) => one === name));
  if (strange !== undefined) throw new Trouble(`There is no walk "${strange}".\n\n${USAGE}`);
  return {
    dataDir: values['data-dir'] ? from(values['data-dir']) : (env['DATA_DIR'] ?? from('.data')),
    // the doors are read first, whoever walks
    names: WALKS.filter((name) => name === 'doors' || names.some((one) => one === name)),
    ...(values.url && {url: values.url.replace(/\/$/, '')}),
    ...(values.pictures && {pictures: from(values.pictures)}),
  };
}

const TEXT = {type: 'string'} as const;
const OPTIONS = {pictures: TEXT, only: TEXT, url: TEXT, 'data-dir': TEXT, help: {type: 'boolean'}} as const;

function parse(args: readonly string[]) {
  try {
    return parseArgs({args: [...args], options: OPTIONS, strict: true}).values;
  } catch (error) {
    throw new Trouble(`${(error as Error).message.split('. ')[0]}.\n\n${USAGE}`);
  }
}
