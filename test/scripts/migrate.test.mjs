import {createHash, randomUUID} from 'node:crypto';
import pg from 'pg';
import {createDatabase, migrate, readMigrations} from '../../scripts/lib/migrate.mjs';
import {urlOf} from '../../scripts/lib/postgres.mjs';

const migration = (name, sql) => ({name, sql, checksum: createHash('sha256').update(sql).digest('hex')});
const bins = migration(
  '1_bins',
  'CREATE TABLE bins (id int); -- a comment; with a semicolon\nINSERT INTO bins VALUES (1);',
);
const index = migration('2_index', '-- no transaction\nCREATE INDEX CONCURRENTLY bins_id ON bins (id)');
const broken = migration('3_broken', 'CREATE TABLE shelves (id int); CREATE TABLE shelves (id int);');

describe('migrations', () => {
  const admin = process.env.TEST_DATABASE_ADMIN_URL;
  let url;
  beforeEach(async () => {
    const name = `migrate_${randomUUID()}`;
    await createDatabase(admin, name);
    url = urlOf(admin, name);
  });

  async function query(sql) {
    const client = new pg.Client({connectionString: url});
    await client.connect();
    try {
      return (await client.query(sql)).rows;
    } finally {
      await client.end();
    }
  }

  it('are applied once, in order, and booked like Prisma does', async () => {
    expect(await migrate(url, [bins, index])).toEqual(['1_bins', '2_index']);
    expect(await migrate(url, [bins, index])).toEqual([]);
    expect(
      await query('SELECT migration_name, checksum, applied_steps_count FROM _prisma_migrations ORDER BY 1'),
    ).toEqual([
      {migration_name: '1_bins', checksum: bins.checksum, applied_steps_count: 1},
      {migration_name: '2_index', checksum: index.checksum, applied_steps_count: 1},
    ]);
  });

  it('leave nothing behind when they fail', async () => {
    await expect(migrate(url, [bins, broken])).rejects.toThrow('Migration 3_broken failed');
    expect(await query("SELECT to_regclass('shelves') AS shelves, to_regclass('bins')::text AS bins")).toEqual([
      {shelves: null, bins: 'bins'},
    ]);
  });

  it('must not change once they were applied', async () => {
    await migrate(url, [bins]);
    await expect(migrate(url, [migration('1_bins', 'SELECT 1')])).rejects.toThrow(
      'was changed after it had been applied',
    );
  });

  it('run in one process at a time', async () => {
    const both = await Promise.all([migrate(url, [bins]), migrate(url, [bins])]);
    expect(both.flat()).toEqual(['1_bins']);
  });

  it('of the product apply to an empty database', async () => {
    expect(await migrate(url)).toEqual(readMigrations().map(({name}) => name));
  });
});
