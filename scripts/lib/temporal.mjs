import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {accepts, HOST} from './net.mjs';

/** What orders can be searched by in Temporal; visibility on SQL holds ten keywords at most. */
export const SEARCH_ATTRIBUTES = ['OrderStatus', 'WaitingOn', 'Warehouse', 'Carrier', 'DeliverySla', 'CreatedDay'];

const YEAR_SECONDS = 31_536_000;
const NOT_FOUND = 5;

/**
 * A service for the supervisor: Temporal's development server.
 * @param {{program: string, port: number, uiPort?: number, folder?: string}} options without `folder` nothing is kept
 */
export function temporalService({program, port, uiPort, folder}) {
  const args = ['server', 'start-dev', '--ip', HOST, '--port', String(port), '--log-level', 'warn'];
  if (uiPort) args.push('--ui-port', String(uiPort));
  else args.push('--headless');
  if (folder) {
    args.push('--db-filename', join(folder, 'temporal.db'));
    args.push('--sqlite-pragma', 'journal_mode=WAL', '--sqlite-pragma', 'synchronous=NORMAL');
  }
  args.push('--dynamic-config-value', 'system.enableActivityEagerExecution=true');
  // The server's own default lets every timer and every retry fire up to a second late.
  args.push('--dynamic-config-value', 'history.timerProcessorMaxTimeShift="10ms"');
  for (const name of SEARCH_ATTRIBUTES) args.push('--search-attribute', `${name}=Keyword`);
  return {name: 'temporal', program, args, stopSignal: 'SIGTERM', probe: () => accepts(port)};
}

/** How to reach the server that the environment names: TLS and API key are for Temporal Cloud. */
function connection(address, env) {
  const apiKey = env.TEMPORAL_API_KEY || undefined;
  const tls = env.TEMPORAL_TLS ? env.TEMPORAL_TLS === 'true' : apiKey !== undefined;
  return {address, tls: tls || undefined, apiKey, connectTimeout: '5s'};
}

/**
 * Waits until the namespace can be used and adds the search attributes it lacks.
 * @param {{namespace?: string, seconds?: number, register?: boolean, keep?: boolean, env?: object}} options
 *   `register` makes a namespace that is missing; `keep` raises the retention of one that is there
 *   (a day on the development server: finished orders would vanish); `env` may ask for TLS and an API key
 * @returns {Promise<string[]>} the search attributes added now
 */
export async function prepareNamespace(address, {namespace = 'default', seconds = 20, register, keep, env = {}} = {}) {
  const {Connection} = await import('@temporalio/client');
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    let link;
    try {
      link = await Connection.connect(connection(address, env));
      await ensureNamespace(link, namespace, {register, keep});
      return await ensureSearchAttributes(link, namespace);
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await sleep(50);
    } finally {
      await link?.close();
    }
  }
}

async function ensureNamespace({workflowService}, namespace, {register, keep}) {
  const workflowExecutionRetentionTtl = {seconds: YEAR_SECONDS};
  try {
    await workflowService.describeNamespace({namespace});
  } catch (error) {
    if (error.code !== NOT_FOUND || !register) throw error;
    await workflowService.registerNamespace({
      namespace,
      workflowExecutionRetentionPeriod: workflowExecutionRetentionTtl,
    });
  }
  if (keep) await workflowService.updateNamespace({namespace, config: {workflowExecutionRetentionTtl}});
}

async function ensureSearchAttributes({operatorService}, namespace) {
  const {customAttributes} = await operatorService.listSearchAttributes({namespace});
  const missing = SEARCH_ATTRIBUTES.filter((name) => customAttributes?.[name] === undefined);
  if (missing.length === 0) return missing;
  const {default: proto} = await import('@temporalio/proto');
  const keyword = proto.temporal.api.enums.v1.IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD;
  const searchAttributes = Object.fromEntries(missing.map((name) => [name, keyword]));
  await operatorService.addSearchAttributes({namespace, searchAttributes});
  return missing;
}
