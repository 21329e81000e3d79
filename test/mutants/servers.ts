import {join} from 'node:path';
import {pathToFileURL} from 'node:url';

export interface TestServers {
  adminUrl: string;
  template: string;
  temporal: string;
  stop(): Promise<void>;
}

export const ROOT = process.env['WAYBILL_ROOT'] ?? process.cwd();

/** One Postgres and one Temporal for all planted bugs; their addresses go to the children by environment. */
export async function startServers(): Promise<TestServers> {
  const {startTestServers} = (await import(pathToFileURL(join(ROOT, 'scripts/lib/test-servers.mjs')).href)) as {
    startTestServers(): Promise<TestServers>;
  };
  const servers = await startTestServers();
  process.env['TEST_DATABASE_ADMIN_URL'] = servers.adminUrl;
  process.env['TEST_TEMPLATE_DB'] = servers.template;
  process.env['TEST_TEMPORAL_ADDRESS'] = servers.temporal;
  return servers;
}
