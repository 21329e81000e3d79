import {createHash, randomUUID} from 'node:crypto';
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import pg from 'pg';
import {Trouble} from './log.mjs';
import {MIGRATIONS} from './paths.mjs';

const LOCK = 72_707_369; // Prisma's own: its CLI and this never run at the same time
const TABLE = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id varchar(36) PRIMARY KEY, checksum varchar(64) NOT NULL, finished_at timestamptz,
  migration_name varchar(255) NOT NULL, logs text, rolled_back_at timestamptz,
  started_at timestamptz NOT NULL DEFAULT now(), applied_steps_count int NOT NULL DEFAULT 0)`;
const DONE = `INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name, applied_steps_count)
  VALUES ($1, $2, now(), $3, 1)`;

/** The migrations of a folder in order: `[{name, sql, checksum}]`. */
export function readMigrations(folder = MIGRATIONS) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, {withFileTypes: true})
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, 'migration.sql')))
    .map(({name}) => {
      const sql = readFileSync(join(folder, name, 'migration.sql'), 'utf8');
      return {name, sql, checksum: createHash('sha256').update(sql).digest('hex')};
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * Applies what is missing and books it as Prisma's CLI does, so that either can go on where the other stopped.
 * Each migration is one transaction, unless its first line says `-- no transaction` (then: a single statement).
 * @returns {Promise<string[]>} names of the migrations applied now
 */
export async function migrate(url, migrations = readMigrations()) {
  const client = new pg.Client({connectionString: url});
  client.on('error', () => {});
  await client.connect().catch((error) => {
    const {host, pathname} = new URL(url);
    throw new Trouble(`The database ${host}${pathname} cannot be reached: ${error.message || error.code}`);
  });
  try {
    await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
    await client.query(TABLE);
    const {rows} = await client.query('SELECT * FROM _prisma_migrations WHERE rolled_back_at IS NULL');
    const missing = migrations.filter((migration) => !isApplied(migration, rows));
    for (const migration of missing) await apply(client, migration);
    return missing.map(({name}) => name);
  } finally {
    await client.end();
  }
}

function isApplied({name, checksum}, rows) {
  const row = rows.find((candidate) => candidate.migration_name === name);
  if (!row) return false;
  if (row.finished_at === null)
    throw new Trouble(`Migration ${name} was begun and never finished: see _prisma_migrations.`);
  if (row.checksum !== checksum) {
    throw new Trouble(
      `Migration ${name} was changed after it had been applied. Put its text back and write a new one ` +
        '(npm run db:diff -- --name what_changes), or start with empty data (npm start -- --fresh).',
    );
  }
  return true;
}

async function apply(client, {name, sql, checksum}) {
  const alone = /^--\s*no transaction/i.test(sql);
  try {
    if (!alone) await client.query('BEGIN');
    await client.query(sql);
    await client.query(DONE, [randomUUID(), checksum, name]);
    if (!alone) await client.query('COMMIT');
  } catch (error) {
    if (!alone) await client.query('ROLLBACK').catch(() => {});
    const where = error.position ? ` near: ${sql.slice(Number(error.position) - 1).split('\n')[0]}` : '';
    throw new Trouble(`Migration ${name} failed: ${error.message}${where}`);
  }
}

/** Creates a database unless it exists. */
export async function createDatabase(adminUrl, name) {
  const client = new pg.Client({connectionString: adminUrl});
  await client.connect();
  try {
    const {rowCount} = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (rowCount === 0) await client.query(`CREATE DATABASE "${name}"`);
  } finally {
    await client.end();
  }
}
