import {Client, Connection} from '@temporalio/client';
import type {Settings} from '../config/settings.ts';
import type {Logger} from './deps.ts';

const PAUSE = 500;

/** A client of Temporal, as soon as Temporal can be reached: it may start later than this process. */
export async function connectTemporal({temporal}: Settings, logger: Logger, stopping: () => boolean): Promise<Client> {
  const {address, namespace, tls, apiKey} = temporal;
  for (let attempt = 1; ; attempt += 1) {
    try {
      const connection = await Connection.connect({address, tls, connectTimeout: '3s', ...(apiKey ? {apiKey} : {})});
      return new Client({connection, namespace});
    } catch (error) {
      if (stopping()) throw error;
      if (attempt === 1 || attempt % 20 === 0)
        logger.warn({attempt, address, err: error}, 'Temporal does not answer yet');
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  }
}
