export type StripeErrorType = 'api_error' | 'card_error' | 'idempotency_error' | 'invalid_request_error';

export interface StripeErrorBody {
  type: StripeErrorType;
  message: string;
  code?: string;
  decline_code?: string;
  param?: string;
  charge?: string;
  payment_intent?: unknown;
  payment_method?: unknown;
}

/** An answer of Stripe that refuses the request; nothing has changed when it is thrown. */
export class StripeError extends Error {
  readonly status: number;
  readonly body: StripeErrorBody;
  /**
   * Did the endpoint begin its work? Then the answer is stored under the idempotency key; refusals of parameters
   * and conflicts are not (docs.stripe.com/api/idempotent_requests).
   */
  readonly stored: boolean;

  constructor(status: number, body: StripeErrorBody, stored = false) {
    super(body.message);
    this.status = status;
    this.body = body;
    this.stored = stored;
  }
}

export function invalidParameter(code: string, param: string, message: string): StripeError {
  return new StripeError(400, {type: 'invalid_request_error', code, param, message});
}

/** Refused because of the state an object is in. */
export function refused(code: string, message: string, more: Partial<StripeErrorBody> = {}): StripeError {
  return new StripeError(400, {type: 'invalid_request_error', code, message, ...more}, true);
}

export function noSuch(what: string, id: string, param = 'id', status = 404): StripeError {
  return new StripeError(status, {
    type: 'invalid_request_error',
    code: 'resource_missing',
    param,
    message: `No such ${what}: '${id}'`,
  });
}

export function errorJson(body: StripeErrorBody, requestId?: string): string {
  return JSON.stringify({error: {...body, ...(requestId && {request_log_url: `emulator://logs/${requestId}`})}});
}
