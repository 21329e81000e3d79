/** Every refusal the interface knows: code -> status and title. Nothing else leaves the process as an error. */
export const PROBLEMS = {
  malformed_request: [400, 'The request cannot be read'],
  malformed_json: [400, 'The body is not JSON'],
  duplicate_key: [400, 'The body names a field twice'],
  too_deep: [400, 'The body is nested too deeply'],
  forbidden_key: [400, 'The body uses a field name that is never accepted'],
  invalid_parameter: [400, 'A parameter of the address is not valid'],
  idempotency_key_missing: [400, 'This call needs an Idempotency-Key'],
  idempotency_key_malformed: [400, 'The Idempotency-Key is not valid'],
  invalid_signature: [400, 'The signature is not valid'],
  unauthenticated: [401, 'A valid key is needed'],
  payment_declined: [402, 'The payment was declined'],
  sign_in_refused: [403, 'This badge or PIN is not right'],
  not_confirmed: [403, 'This is not what the order was placed with'],
  forbidden: [403, 'This key may not do that'],
  not_found: [404, 'There is no such thing'],
  method_not_allowed: [405, 'This address does not know that method'],
  out_of_stock: [409, 'Not everything is in stock'],
  request_in_progress: [409, 'The first request with this key is still being worked on'],
  order_cancelled: [409, 'The order was cancelled'],
  nothing_cancelled: [409, 'Nothing could be cancelled'],
  payment_not_awaited: [409, 'No payment is awaited'],
  change_refused: [409, 'The order cannot be changed like that'],
  nothing_stuck: [409, 'Nothing waits for ops'],
  bulk_not_ready: [409, 'The act is not there to be confirmed'],
  bulk_differs: [409, 'So many orders were not shown'],
  nothing_to_undo: [409, 'Nothing is left to be undone'],
  address_not_awaited: [409, 'The address is not in question'],
  nothing_to_manifest: [409, 'No parcel is there for a manifest'],
  nothing_to_fetch: [409, 'No parcel is there to be fetched'],
  no_pickup_then: [409, 'Nobody can be asked to come then'],
  pickup_over: [409, 'The pickup is over'],
  order_disputed: [409, 'The money is disputed'],
  not_resent: [409, 'The message cannot be sent again'],
  nothing_captured: [409, 'No money was taken yet'],
  refund_too_large: [409, 'So much cannot be given back'],
  units_already_refunded: [409, 'So many units cannot be given back'],
  second_person_needed: [409, 'A second person is needed'],
  refund_decided: [409, 'The refund is not open to this decision'],
  order_changed: [412, 'Somebody changed the order meanwhile'],
  changed_meanwhile: [412, 'It is not as you saw it'],
  import_refused: [409, 'Not every line can be imported'],
  import_outdated: [409, 'What the file is compared with has changed'],
  already_decided: [409, 'It is decided already'],
  reference_reused: [409, 'The reference stands for another receipt'],
  nothing_late: [409, 'The shipment is not late'],
  nothing_waits: [409, 'Nothing of the line waits for stock'],
  not_that_many: [409, 'There are not so many units'],
  stock_in_use: [409, 'The units are promised to orders that are being accepted'],
  return_refused: [409, 'Not all of it can be sent back'],
  return_not_expected: [409, 'No parcel of this return is expected'],
  return_not_received: [409, 'The parcel of this return is not here'],
  return_inspected: [409, 'The return is inspected already'],
  return_arrived: [409, 'It is too late to call the return off'],
  not_announced: [409, 'The return is not about that'],
  task_held: [409, 'Somebody else holds the task'],
  task_closed: [409, 'The task is closed'],
  weight_not_refused: [409, 'No such weight was refused'],
  not_ready: [409, 'It is not ready yet'],
  no_invoice: [409, 'The parcel has no commercial invoice'],
  purchase_answered: [409, 'The purchase order was answered otherwise'],
  purchase_not_acknowledged: [409, 'The purchase order is not acknowledged yet'],
  purchase_closed: [409, 'Nothing of the purchase order is wanted any more'],
  tracking_number_taken: [409, 'The tracking number stands for another parcel'],
  unknown_parcel: [409, 'The purchase order has no such parcel'],
  body_too_large: [413, 'The body is too large'],
  unsupported_media_type: [415, 'The body must be uncompressed JSON in UTF-8'],
  invalid_text: [422, 'The body holds text that cannot be stored'],
  purchase_mismatch: [422, 'The purchase order does not ask for that'],
  invalid_request: [422, 'The request is not valid'],
  idempotency_key_reused: [422, 'The Idempotency-Key stands for another request'],
  sign_in_locked: [429, 'Too many wrong badges or PINs'],
  rate_limited: [429, 'Too many requests'],
  internal: [500, 'Something went wrong here'],
  intake_off: [503, 'New orders are not taken at the moment'],
  unavailable: [503, 'The service cannot answer right now'],
} as const satisfies Record<string, readonly [number, string]>;

export type ProblemCode = keyof typeof PROBLEMS;

/** One fault of a request; the pointer is a JSON pointer into the body (RFC 6901). */
export interface Fault {
  pointer: string;
  code: string;
  detail: string;
}

interface ProblemOptions {
  errors?: readonly Fault[];
  headers?: Readonly<Record<string, string>>;
  /** further members of the problem document, such as order_id */
  members?: Readonly<Record<string, unknown>>;
}

export class Problem extends Error {
  readonly code: ProblemCode;
  readonly status: number;
  readonly options: ProblemOptions;
  constructor(code: ProblemCode, detail: string, options: ProblemOptions = {}) {
    super(detail);
    this.name = 'Problem';
    this.code = code;
    this.status = PROBLEMS[code][0];
    this.options = options;
  }
}

export function pointerTo(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** The RFC 9457 document of a problem, without its request id. */
export function problemBody(problem: Problem): Record<string, unknown> {
  const [status, title] = PROBLEMS[problem.code];
  return {
    type: `urn:waybill:problem:${problem.code}`,
    title,
    status,
    detail: problem.message,
    code: problem.code,
    errors: problem.options.errors ?? [],
    ...problem.options.members,
  };
}
