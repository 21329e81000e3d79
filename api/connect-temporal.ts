import {Client, Connection} from '@temporalio/client';
import type {Settings} from '../config/settings.ts';

/** A server that was away for a while is found again soon: the library's own pauses grow to two minutes. */
const RECONNECT = {'grpc.initial_reconnect_backoff_ms': 100, 'grpc.max_reconnect_backoff_ms': 1_000};

/**
 * A client of Temporal that connects with its first call, and again after every outage: what needs the database alone
 * is answered without Temporal.
 */
export function connectTemporal({temporal}: Pick<Settings, 'temporal'>): Client {
  const {address, namespace, tls, apiKey} = temporal;
  const connection = Connection.lazy({address, tls, channelArgs: RECONNECT, ...(apiKey ? {apiKey} : {})});
  return new Client({connection, namespace});
}
