// The servers a test run shares. Each test file makes itself a database from the template and a task queue.
import {chmodSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createLog, silent} from './log.mjs';
import {createDatabase, migrate} from './migrate.mjs';
import {freePort, HOST} from './net.mjs';
import {postgresFolders, postgresService, urlOf} from './postgres.mjs';
import {Supervisor} from './supervisor.mjs';
import {prepareNamespace, temporalService} from './temporal.mjs';
import {findTemporal} from './temporal-binary.mjs';

const TEMPLATE = 'waybill_template';
// Nothing of a test database has to survive a power cut.
const UNSAFE = {fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', autovacuum: 'off'};

/**
 * A Postgres with the migrated template database: `{adminUrl, template}`.
 * `migrations: []` leaves the template empty.
 */
async function testPostgres(supervisor, folder, port, migrations) {
  const given = process.env.TEST_DATABASE_ADMIN_URL;
  let adminUrl = given;
  if (!given) {
    const password = 'only-for-this-run';
    const {service, url} = await postgresService({folder, port, password, settings: UNSAFE});
    await supervisor.start(service);
    adminUrl = url;
  }
  await createDatabase(adminUrl, TEMPLATE);
  await migrate(urlOf(adminUrl, TEMPLATE), migrations);
  return {adminUrl, template: TEMPLATE};
}

async function testTemporal(supervisor, port) {
  if (process.env.TEST_TEMPORAL_ADDRESS) return process.env.TEST_TEMPORAL_ADDRESS;
  const program = await findTemporal(createLog(process.stderr));
  await supervisor.start(temporalService({program, port}));
  const address = `${HOST}:${port}`;
  await prepareNamespace(address);
  return address;
}

/** Starts what is wanted in a temporary folder; `stop()` ends it and deletes the folder. */
export async function startTestServers({temporal = true, migrations} = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'waybill-test-'));
  chmodSync(folder, 0o755); // run by root, Postgres is another user and must get in
  const supervisor = new Supervisor({dataDir: folder, log: silent});
  const stop = async () => {
    // Nothing to keep: a kill saves the second that Temporal takes to stop in order.
    for (const name of supervisor.names()) supervisor.end(name);
    await supervisor.stop([() => true]);
    for (const path of [...postgresFolders(folder), folder]) rmSync(path, {recursive: true, force: true});
  };
  try {
    const taken = new Set();
    const ports = [await freePort(taken), await freePort(taken)];
    const started = await Promise.allSettled([
      testPostgres(supervisor, join(folder, 'postgres'), ports[0], migrations),
      temporal ? testTemporal(supervisor, ports[1]) : null,
    ]);
    const failed = started.find(({status}) => status === 'rejected');
    if (failed) throw failed.reason;
    const [database, address] = started.map(({value}) => value);
    return {...database, temporal: address, stop};
  } catch (error) {
    await stop();
    throw error;
  }
}
