import {randomBytes} from 'node:crypto';
import {parseArgs} from 'node:util';
import {addApiKey} from '../store/add-api-key.ts';
import type {StoreContext} from '../store/context.ts';
import {disableApiKeys} from '../store/disable-api-keys.ts';
import {listApiKeys} from '../store/views/api-keys.ts';
import {hashKey} from './auth.ts';
import {CommandTrouble} from './open-command.ts';
import {ROLES} from './permissions.ts';

const USAGE = `npm run keys -- COMMAND
  create --role ROLE --client NAME [--warehouse ID | --supplier ID] [--keep | --replace]
                    makes a key and shows it once; --warehouse binds floor staff to one place,
                    --supplier a supplier's key to its purchase orders;
                    for a client that has a key: --keep leaves it valid beside the new one, --replace disables it
  list              all keys: id, client, role, warehouse, since when, disabled when
  disable KEY_ID    or: disable --client NAME, for all keys of a client
  ROLE is one of ${ROLES.join(', ')}.
  The database is the one of DATABASE_URL, else of the system that runs from DATA_DIR (or --data-dir D).`;

const TEXT = {type: 'string'} as const;
const FLAG = {type: 'boolean'} as const;
const OPTIONS = {role: TEXT, client: TEXT, warehouse: TEXT, supplier: TEXT, keep: FLAG, replace: FLAG, help: FLAG};

type Values = ReturnType<typeof read>['values'];

function read(args: readonly string[]) {
  try {
    return parseArgs({args: [...args], options: OPTIONS, allowPositionals: true, strict: true});
  } catch (error) {
    throw new CommandTrouble(`${(error as Error).message.split('. ')[0]}.\n\n${USAGE}`);
  }
}

/** Runs one command; throws CommandTrouble with a sentence when it cannot. */
export async function runKeys(
  store: StoreContext,
  args: readonly string[],
  say: (line: string) => void,
): Promise<void> {
  const {values, positionals} = read(args);
  const [command, id] = positionals;
  if (values.help) return say(USAGE);
  switch (command) {
    case 'create':
      return create(store, values, say);
    case 'list':
      return list(store, say);
    case 'disable':
      return disable(store, id, values.client, say);
    default:
      throw new CommandTrouble(USAGE);
  }
}

async function create(store: StoreContext, values: Values, say: (line: string) => void): Promise<void> {
  const {role = '', client = '', warehouse, supplier, keep, replace} = values;
  if (!(ROLES as readonly string[]).includes(role)) throw new CommandTrouble(`--role is one of ${ROLES.join(', ')}.`);
  if (!/^[A-Za-z0-9][\w.-]{0,99}$/.test(client)) {
    throw new CommandTrouble('--client is a name of letters, digits and ._- (100 at most): who will use the key.');
  }
  if (keep && replace) throw new CommandTrouble('--keep and --replace exclude each other.');
  const key = `wb_${randomBytes(32).toString('base64url')}`;
  const bound = {...(warehouse ? {warehouse_id: warehouse} : {}), ...(supplier ? {supplier_id: supplier} : {})};
  const row = {role, client_id: client, key_hash: hashKey(key), ...bound};
  const added = await addApiKey(store, row, keep ? 'keep' : replace ? 'replace' : undefined);
  switch (added.outcome) {
    case 'unknown_warehouse':
      throw new CommandTrouble(`There is no warehouse ${warehouse}.`);
    case 'unknown_supplier':
      throw new CommandTrouble(`There is no supplier ${supplier}.`);
    case 'has_key':
      throw new CommandTrouble(
        `${client} has a key already: --keep lets it live on beside the new one, --replace ends it.`,
      );
    case 'added':
      say(`${added.id}: ${role}, for ${client}${warehouse ? ` at ${warehouse}` : ''}. Shown once, keep it safe:`);
      return say(key);
  }
}

async function list(store: StoreContext, say: (line: string) => void): Promise<void> {
  const rows = await listApiKeys(store);
  if (rows.length === 0) return say('There are no keys yet: npm run keys -- create --role admin --client NAME');
  for (const {id, client_id, role, warehouse_id, created_at, disabled_at} of rows) {
    const state = disabled_at ? `disabled ${disabled_at.toISOString()}` : 'live';
    say([id, client_id, role, warehouse_id ?? 'everywhere', created_at.toISOString(), state].join('  '));
  }
}

async function disable(
  store: StoreContext,
  id: string | undefined,
  client: string | undefined,
  say: (line: string) => void,
): Promise<void> {
  if ((id === undefined) === (client === undefined)) throw new CommandTrouble(USAGE);
  const which = id === undefined ? {client_id: client ?? ''} : {id};
  const count = await disableApiKeys(store, which);
  if (count === 0) throw new CommandTrouble(`${id ?? client} has no live key.`);
  say(`${count} key${count === 1 ? '' : 's'} of ${id ?? client} disabled.`);
}
