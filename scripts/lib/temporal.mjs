import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {accepts, HOST} from './net.mjs';

/** What orders can be searched by in Temporal; visibility on SQL holds ten keywords at most. */
export const SEARCH_ATTRIBUTES = ['OrderStatus', 'WaitingOn', 'Warehouse', 'Carrier', 'DeliverySla', 'CreatedDay'];

const YEAR_SECONDS = 31_536_000;
const ALREADY_EXISTS = 6;

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

/** Waits until the namespace can be used; `keep: true` raises its retention, which is a day on the development server. */
export async function readyNamespace(address, {namespace = 'default', keep = false, seconds = 20} = {}) {
  const {Connection} = await import('@temporalio/client');
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    let connection;
    try {
      connection = await Connection.connect({address, connectTimeout: '5s'});
      await connection.workflowService.describeNamespace({namespace});
      const config = {workflowExecutionRetentionTtl: {seconds: YEAR_SECONDS}};
      if (keep) await connection.workflowService.updateNamespace({namespace, config});
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await sleep(50);
    } finally {
      await connection?.close();
    }
  }
}

/** Registers our search attributes on a server that was not started by us. */
export async function addSearchAttributes(address, namespace) {
  const {Connection} = await import('@temporalio/client');
  const {default: proto} = await import('@temporalio/proto');
  const keyword = proto.temporal.api.enums.v1.IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD;
  const connection = await Connection.connect({address, connectTimeout: '5s'});
  try {
    const searchAttributes = Object.fromEntries(SEARCH_ATTRIBUTES.map((name) => [name, keyword]));
    await connection.operatorService.addSearchAttributes({namespace, searchAttributes});
  } catch (error) {
    if (error.code !== ALREADY_EXISTS) throw error;
  } finally {
    await connection.close();
  }
}
