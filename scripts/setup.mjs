// npm run setup: what a deployment runs before each new version: migrations, Temporal's namespace and search attributes.
import './lib/check-node.mjs';

const {createLog, main, Trouble} = await import('./lib/log.mjs');
const {migrate} = await import('./lib/migrate.mjs');
const {prepareNamespace} = await import('./lib/temporal.mjs');

const WAIT_SECONDS = 120;

await main(async () => {
  const {DATABASE_URL: url, TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace} = process.env;
  if (!url) throw new Trouble('Set DATABASE_URL to the database of the product.');
  if (!address) throw new Trouble('Set TEMPORAL_ADDRESS to the Temporal server, host:port.');
  const log = createLog();
  const applied = await migrate(url);
  for (const name of applied) log.say(`applied ${name}`);
  if (applied.length === 0) log.say('no migration is missing');
  const added = await prepareNamespace(address, {
    namespace: namespace || 'default',
    seconds: WAIT_SECONDS,
    register: true,
  });
  log.say(`namespace ${namespace || 'default'} is ready${added.length > 0 ? `; added ${added.join(', ')}` : ''}`);
});
