import {ProviderError} from '../domain/provider-error.ts';

/** How a provider failed, in the two questions a caller has: may I ask again, and may it have happened already? */
export const providerFailure = {
  /** No answer: the request may never have left, or only its answer was lost. */
  unreachable: (provider: string) => failure('provider_unreachable', `${provider} could not be reached`, true, true),

  /** An answer nobody can read says nothing about what was done before it was written. */
  unreadable: (provider: string) => failure('provider_unreadable', `${provider} answered with garbage`, true, true),

  /** A 5xx may come from behind the effect. */
  broken: (provider: string, status: number) =>
    failure('provider_broken', `${provider} failed inside (${status})`, true, true),

  /** The first attempt is still at work, and its outcome is the one that counts. */
  busy: (provider: string) => failure('provider_busy', `${provider} is still working on the same request`, true, true),

  /** Turned away at the door, before any effect. */
  throttled: (provider: string, retryAfter: number | null = null) =>
    new ProviderError('provider_throttled', `${provider} wants fewer requests`, {
      retryable: true,
      unknown: false,
      retryAfter,
    }),

  /** A wrong key stays wrong until a person changes it. */
  unauthorised: (provider: string) => failure('provider_unauthorised', `${provider} refused our API key`, false, false),

  /** Understood and refused: the same request is refused again. */
  refused: (provider: string, code: string, message: string) =>
    failure(code, `${provider} refused: ${message}`, false, false),
};

/** The providers' own errors stay behind: they quote requests, with names, addresses and client secrets in them. */
function failure(code: string, message: string, retryable: boolean, unknown: boolean): ProviderError {
  return new ProviderError(code, message, {retryable, unknown});
}
