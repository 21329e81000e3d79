/** The errors of the payment provider's SDK, as far as the adapter tells them apart. */
export interface ErrorFacts {
  statusCode?: number;
  rawType?: string;
  code?: string;
  decline_code?: string;
  param?: string;
  payment_intent?: object;
  headers?: Record<string, string>;
}

export class StripeError extends Error {
  readonly statusCode: number | undefined;
  readonly rawType: string | undefined;
  readonly code: string | undefined;
  readonly decline_code: string | undefined;
  readonly param: string | undefined;
  readonly payment_intent: object | undefined;
  readonly headers: Record<string, string>;
  readonly requestId = 'req_model';

  constructor(message: string, facts: ErrorFacts = {}) {
    super(message);
    this.statusCode = facts.statusCode;
    this.rawType = facts.rawType;
    this.code = facts.code;
    this.decline_code = facts.decline_code;
    this.param = facts.param;
    this.payment_intent = facts.payment_intent;
    this.headers = facts.headers ?? {};
  }
}

export class StripeConnectionError extends StripeError {}

export const refusal = (code: string) =>
  new StripeError(code, {statusCode: 400, rawType: 'invalid_request_error', code});
