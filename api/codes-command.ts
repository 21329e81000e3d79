import {existsSync, readFileSync} from 'node:fs';
import {parseArgs} from 'node:util';
import {csvRows} from '../domain/text/csv.ts';
import type {GivenCode} from '../domain/shipping/carrier-codes.ts';
import type {StoreContext} from '../store/context.ts';
import {putCarrierCodes} from '../store/put-carrier-codes.ts';
import {readUnreadCodes} from '../store/views/carrier-codes-view.ts';
import {putCarrierCodes as contract} from './contract/carriers.ts';
import {CommandTrouble} from './open-command.ts';

const USAGE = `npm run codes -- COMMAND
  load FILE…        reads CSV with the columns carrier, code and status, reason or both. A code with several statuses is
                    kept as ambiguous; what is written down already stays, unless --replace is given.
                    --as status|reason: what a column named "unified" holds (status)
  unread            codes that trackers said and nobody can read, the longest waiting first
  --json            the last line is one JSON object
  The database is the one of DATABASE_URL, else of the system that runs from DATA_DIR (or --data-dir D).`;

const OPTIONS = {
  as: {type: 'string', default: 'status'},
  replace: {type: 'boolean', default: false},
  json: {type: 'boolean', default: false},
  help: {type: 'boolean', default: false},
} as const;

/** Runs one command; throws CommandTrouble with a sentence when it cannot. */
export async function runCodes(
  store: StoreContext,
  args: readonly string[],
  say: (line: string) => void,
): Promise<void> {
  const {values, positionals} = parseArgs({args: [...args], options: OPTIONS, allowPositionals: true});
  const [command, ...files] = positionals;
  if (values.help) return say(USAGE);
  if (command === 'unread') return tellUnread(store, values.json, say);
  if (command !== 'load' || files.length === 0 || !['status', 'reason'].includes(values.as))
    throw new CommandTrouble(USAGE);
  const given = files.flatMap((file) => codesIn(file, values.as as 'status' | 'reason'));
  // as a whole: a code may have one meaning in one line and another one in the last
  const put = await putCarrierCodes(store, {codes: given, replace: values.replace, actor: 'codes-command'});
  for (const {carrier, code, statuses} of put.ambiguous) say(`${carrier} ${code} is ambiguous: ${statuses.join(', ')}`);
  say(`${put.codes} codes from ${given.length} lines, ${put.ambiguous.length} of them ambiguous`);
  if (values.json) say(JSON.stringify({lines: given.length, ...put}));
}

/** The lines of a file, judged as the interface judges them. */
function codesIn(file: string, unified: 'status' | 'reason'): GivenCode[] {
  if (!existsSync(file)) throw new CommandTrouble(`There is no file ${file}.`);
  const [header = [], ...rows] = csvRows(readFileSync(file, 'utf8'));
  const columns = header.map((name) => (name.trim() === 'unified' ? unified : name.trim()));
  const codes = rows.map((row) => Object.fromEntries(columns.flatMap((name, i) => (row[i] ? [[name, row[i]]] : []))));
  const item = contract.body.shape.codes.element;
  return codes.map((code, i) => {
    const {success, data, error} = item.safeParse(code);
    if (success) return data;
    const faults = error.issues.map(({path, message}) => `${path.join('.') || 'it'} ${message}`);
    throw new CommandTrouble(`${file}, line ${i + 2}: ${faults.join('; ')}.`);
  });
}

async function tellUnread(store: StoreContext, json: boolean, say: (line: string) => void): Promise<void> {
  const codes = await readUnreadCodes(store, 500);
  for (const {carrier, code, why, statuses, words, since} of codes) {
    say([carrier, code, why, statuses.join('|') || '-', `${words} words`, `since ${since}`].join('  '));
  }
  if (codes.length === 0) say('Every word of every tracker is understood.');
  if (json) say(JSON.stringify({codes}));
}
