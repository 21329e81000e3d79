import {sqlState} from './sql-state.ts';

const PRISMA_CODES = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028', 'P2037']);
const NODE_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'ENOTFOUND']);
/** connection failures, too many connections, shutdown and recovery, disk full, read-only, lock and statement timeouts */
const SQL_CLASSES = /^(08|53|57P|25006|55P03|57014|40001|40P01)/;
/** The last ones are the adapter's own names, as it tells them of a commit or a rollback. */
const MESSAGES =
  /Connection terminated|connection is closed|connection error and is not queryable|timeout exceeded when trying to connect|Server has closed|^(ConnectionClosed|SocketTimeout|DatabaseNotReachable|TooManyConnections)$/i;

/** how Prisma's driver adapters name a lost connection, as kind of the cause or as the whole message */
const ADAPTER_KINDS = new Set([
  'ConnectionClosed',
  'DatabaseNotReachable',
  'SocketTimeout',
  'TlsConnectionError',
  'TooManyConnections',
  'TransactionAlreadyClosed',
  'TransactionWriteConflict',
]);

/** True when the database could not be asked, or could not take it now: the same request may work in a moment. */
export function isUnavailable(error: unknown): boolean {
  for (let e = error, depth = 0; typeof e === 'object' && e !== null && depth < 5; depth += 1) {
    const {code, kind, message, cause} = e as Record<'code' | 'kind' | 'message' | 'cause', unknown>;
    if (typeof code === 'string' && (PRISMA_CODES.has(code) || NODE_CODES.has(code) || SQL_CLASSES.test(code)))
      return true;
    if (typeof kind === 'string' && ADAPTER_KINDS.has(kind)) return true;
    if (typeof message === 'string' && (MESSAGES.test(message) || ADAPTER_KINDS.has(message))) return true;
    const state = sqlState(e);
    if (state !== null && SQL_CLASSES.test(state)) return true;
    e = cause;
  }
  return false;
}
