/** Small parts of EasyPost's way of writing things. */

/** Minor units as EasyPost's money string: 593 is "5.93". */
export function money(minor: number, decimals = 2): string {
  return (minor / 100).toFixed(decimals);
}

/** Virtual milliseconds as EasyPost's time, whole seconds. */
export function time(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}

/** Virtual milliseconds as a time with milliseconds, as the ledger shows them. */
export function exactTime(at: number): string {
  return new Date(at).toISOString();
}

/** An answer in EasyPost's error shape. */
export class ApiFault extends Error {
  readonly status: number;
  readonly code: string;
  readonly errors: {field: string; message: string}[];

  constructor(status: number, code: string, message: string, errors: {field: string; message: string}[] = []) {
    super(message);
    this.status = status;
    this.code = code;
    this.errors = errors;
  }

  body(): {error: {code: string; message: string; errors: {field: string; message: string}[]}} {
    return {error: {code: this.code, message: this.message, errors: this.errors}};
  }
}

export const notFound = (): ApiFault => new ApiFault(404, 'NOT_FOUND', 'The requested resource could not be found.');

export const missing = (field: string): ApiFault =>
  new ApiFault(422, 'PARAMETER.REQUIRED', 'Missing required parameter.', [{field, message: 'cannot be blank'}]);

export const invalid = (field: string, message: string): ApiFault =>
  new ApiFault(422, 'PARAMETER.INVALID', 'Invalid parameter.', [{field, message}]);
