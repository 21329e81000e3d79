import {WebhookRefused} from '../../adapters/webhook-refused.ts';
import type {ApiDeps} from '../deps.ts';
import {Problem} from '../errors.ts';

/** What a webhook says, once its sender is certain; whoever else it is from learns nothing but that. */
export function verified<T>(deps: ApiDeps, provider: string, verify: () => T): T {
  try {
    return verify();
  } catch (error) {
    if (!(error instanceof WebhookRefused)) throw error;
    deps.logger.warn({provider, code: error.code}, 'webhook refused');
    throw new Problem('invalid_signature', 'this is not a fresh, signed event of the provider');
  }
}
