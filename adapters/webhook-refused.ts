export type WebhookRefusal =
  | 'signature_missing'
  | 'signature_malformed'
  | 'signature_mismatch'
  | 'timestamp_too_old'
  | 'timestamp_in_future'
  | 'body_malformed';

/** A webhook that is not from its provider, not fresh or not readable: nothing of it may be stored. */
export class WebhookRefused extends Error {
  readonly code: WebhookRefusal;
  constructor(code: WebhookRefusal) {
    super(`webhook refused: ${code}`);
    this.name = 'WebhookRefused';
    this.code = code;
  }
}
