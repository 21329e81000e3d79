/** A failure of an outside system, already classified. */
export class ProviderError extends Error {
  readonly code: string;
  /** false: asking again cannot help */
  readonly retryable: boolean;
  /** true: the effect may have happened; look up before repeating */
  readonly unknown: boolean;
  /** how long the provider wants to be left alone, real milliseconds; null: it did not say */
  readonly retryAfter: number | null;
  constructor(
    code: string,
    message: string,
    options: {retryable: boolean; unknown: boolean; retryAfter?: number | null; cause?: unknown},
  ) {
    super(message, {cause: options.cause});
    this.name = 'ProviderError';
    this.code = code;
    this.retryable = options.retryable;
    this.unknown = options.unknown;
    this.retryAfter = options.retryAfter ?? null;
  }
}
