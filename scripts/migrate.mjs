// Applies the missing migrations to DATABASE_URL: what a deployment runs before its new version starts.
import './lib/check-node.mjs';

const {createLog, main, Trouble} = await import('./lib/log.mjs');
const {migrate} = await import('./lib/migrate.mjs');

await main(async () => {
  const url = process.env.DATABASE_URL;
  if (!url) throw new Trouble('Set DATABASE_URL to the database that is to be migrated.');
  const log = createLog();
  const applied = await migrate(url);
  for (const name of applied) log.say(`applied ${name}`);
  if (applied.length === 0) log.say('nothing to apply');
});
