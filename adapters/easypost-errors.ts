import {ProviderError} from '../domain/provider-error.ts';
import {providerFailure} from './provider-failures.ts';

const NAME = 'EasyPost';

/** The carrier behind EasyPost has not said yes or no: postage may have been bought. */
const OUTCOME_UNKNOWN = /(TIMED_OUT|NO_RESPONSE)$/;

/** EasyPost's own code of a refusal, such as `SHIPMENT.POSTAGE.EXISTS`; undefined for any other failure. */
export function refusalCode(error: unknown): string | undefined {
  const {statusCode, code} = traits(error);
  return statusCode !== undefined && typeof code === 'string' ? code : undefined;
}

/** What a failed call of the SDK means. Its error classes are minified: only status and code tell them apart. */
export function easypostFailure(error: unknown): ProviderError {
  if (error instanceof ProviderError) return error;
  const {statusCode, code} = traits(error);
  if (statusCode === undefined) {
    // a socket's own error has a code; without one the SDK stumbled over an answer it could not read
    return typeof code === 'string' ? providerFailure.unreachable(NAME) : providerFailure.unreadable(NAME);
  }
  if (statusCode === 401 || statusCode === 403) return providerFailure.unauthorised(NAME);
  if (statusCode === 429) return providerFailure.throttled(NAME);
  if (statusCode === 409) return providerFailure.busy(NAME);
  // 408: given up while at work
  if (statusCode === 408 || statusCode >= 500) return providerFailure.broken(NAME, statusCode);
  // a good status on an error: the answer could not be parsed
  if (statusCode < 400 || typeof code !== 'string') return providerFailure.unreadable(NAME);
  // a purchase on this shipment, of whichever carrier, is still at work
  if (code.endsWith('IN_PROGRESS')) return providerFailure.busy(NAME);
  if (OUTCOME_UNKNOWN.test(code)) {
    return new ProviderError('carrier_outcome_unknown', `${NAME} does not know the outcome: ${code}`, {
      retryable: true,
      unknown: true,
    });
  }
  // the message is left out: it quotes addresses
  return providerFailure.refused(NAME, code.toLowerCase().replace(/\W+/g, '_'), code);
}

function traits(error: unknown): {statusCode: number | undefined; code: unknown} {
  const {statusCode, code} = (error ?? {}) as {statusCode?: unknown; code?: unknown};
  return {statusCode: typeof statusCode === 'number' ? statusCode : undefined, code};
}
