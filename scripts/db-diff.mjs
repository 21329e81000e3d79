// npm run db:diff [-- --name add_x | --schema]
import './lib/check-node.mjs';
import {existsSync, mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';

const {readArgs} = await import('./lib/args.mjs');
const {createLog, main, silent, Trouble} = await import('./lib/log.mjs');
const {MIGRATIONS} = await import('./lib/paths.mjs');
const {prepare} = await import('./lib/prepare.mjs');

const USAGE = `npm run db:diff              reports what schema.prisma has and the migrations lack; exit 2 if anything
npm run db:diff -- --name X  writes it as prisma/migrations/<time>_X/migration.sql
npm run db:diff -- --schema  prints the whole schema as SQL (without what migrations add by hand)`;

function write(name, sql) {
  if (!/^[a-z][a-z0-9_]*$/.test(name))
    throw new Trouble('The name is lower-case words joined by _, for example add_bins.');
  const time = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  const folder = join(MIGRATIONS, `${time}_${name}`);
  mkdirSync(folder, {recursive: true});
  writeFileSync(join(folder, 'migration.sql'), sql);
  const lock = join(MIGRATIONS, 'migration_lock.toml');
  if (!existsSync(lock)) writeFileSync(lock, '# Tells Prisma which database these are for.\nprovider = "postgresql"\n');
  return join(folder, 'migration.sql');
}

await main(async () => {
  const {name, schema, help} = readArgs({name: {type: 'string'}, schema: {type: 'boolean'}}, USAGE);
  if (help) return console.log(USAGE);
  if (!process.env.WAYBILL_PREPARED) await prepare(createLog(process.stderr), {build: false});
  const {readMigrations} = await import('./lib/migrate.mjs');
  const {diffSchema} = await import('./lib/schema-engine.mjs');
  const {startTestServers} = await import('./lib/test-servers.mjs');
  const servers = await startTestServers({temporal: false, migrations: [], log: silent});
  let sql;
  try {
    sql = await diffSchema(servers.adminUrl, readMigrations(), schema ? 'empty' : 'migrations');
  } finally {
    await servers.stop();
  }
  if (schema) return process.stdout.write(sql);
  if (sql === '') return console.log('The migrations make exactly the schema of prisma/schema.prisma.');
  if (name) return console.log(`written: ${write(name, sql)}\nRead it before you commit it.`);
  console.log(`The migrations lack this:\n\n${sql}\nnpm run db:diff -- --name what_it_does writes it.`);
  process.exit(2);
});
