import {existsSync} from 'node:fs';
import {WORKFLOW_BUNDLE} from '../../scripts/lib/paths.mjs';

/** Starts the servers once for all test files and hands their addresses on by environment variables. */
export default async function globalSetup() {
  if (process.env.TEST_SERVERS === 'none') return;
  const {startTestServers} = await import('../../scripts/lib/test-servers.mjs');
  const servers = await startTestServers();
  globalThis.testServers = servers;
  process.env.TEST_DATABASE_ADMIN_URL = servers.adminUrl;
  process.env.TEST_TEMPLATE_DB = servers.template;
  process.env.TEST_TEMPORAL_ADDRESS = servers.temporal;
  if (existsSync(WORKFLOW_BUNDLE)) process.env.TEST_WORKFLOW_BUNDLE = WORKFLOW_BUNDLE;
}
