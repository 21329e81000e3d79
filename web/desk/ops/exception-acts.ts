import type {Write} from '../../ui/data.ts';
import type {Exception} from './types.ts';

/** What somebody fills in before an act. */
export interface Draft {
  note: string;
  meaning: string;
  decision: 'accept' | 'reject';
}

export const DRAFT: Draft = {note: '', meaning: 'in_transit', decision: 'accept'};

export interface Act {
  word: 'act_retry' | 'act_accept_address' | 'act_read_code' | 'act_pickup' | 'act_manifest' | 'act_price';
  /** what comes of it */
  comes: 'retry_then' | 'address_then' | 'code_then' | 'pickup_then' | 'manifest_then' | 'price_then';
  fields: readonly (keyof Draft)[];
  /** the call it is, by its id: whoever may not make it is not offered the act */
  call: string;
  write: (of: Exception, draft: Draft) => Write;
}

const order = (id: string | null) => `/v1/orders/${encodeURIComponent(id ?? '')}`;

const RETRY: Act = {
  ...{word: 'act_retry', comes: 'retry_then', fields: ['note'], call: 'resumeOrder'},
  write: ({order_id}, {note}) => ({path: `${order(order_id)}/resume`, body: {note}}),
};

const ACCEPT_ADDRESS: Act = {
  ...{word: 'act_accept_address', comes: 'address_then', fields: ['note'], call: 'acceptAddress'},
  write: ({order_id}, {note}) => ({path: `${order(order_id)}/address-check/accept`, body: {note}}),
};

const READ_CODE: Act = {
  ...{word: 'act_read_code', comes: 'code_then', fields: ['meaning'], call: 'putCarrierCodes'},
  write: ({subject, code}, {meaning}) => ({
    ...{method: 'PUT', path: '/v1/carrier-codes'},
    body: {codes: [{carrier: subject, code, status: meaning}]},
  }),
};

/** Wants something of a carrier at a warehouse again; the subject is warehouse, carrier and day. */
const again =
  (what: 'pickups' | 'manifests'): Act['write'] =>
  ({subject}) => {
    const [warehouse = '', ...more] = subject.split(' ');
    const carrier = more.slice(0, -1).join(' ');
    return {path: `/v1/warehouses/${encodeURIComponent(warehouse)}/${what}`, body: {carrier}};
  };

const BOOK_PICKUP: Act = {
  ...{word: 'act_pickup', comes: 'pickup_then', fields: [], call: 'createPickup'},
  write: again('pickups'),
};

const WANT_MANIFEST: Act = {
  ...{word: 'act_manifest', comes: 'manifest_then', fields: [], call: 'createManifest'},
  write: again('manifests'),
};

const DECIDE_PRICE: Act = {
  ...{word: 'act_price', comes: 'price_then', fields: ['decision', 'note'], call: 'decidePurchasePrice'},
  write: ({key}, {decision, note}) => ({
    path: `/v1/purchase-orders/${encodeURIComponent(key.slice('supplier:'.length))}/price`,
    body: {decision, note},
  }),
};

/** What can be done about it right here; null: elsewhere, see `placeOf`. */
export function actOn({kind, code}: Exception): Act | null {
  switch (kind) {
    case 'step':
    case 'refund':
      return RETRY;
    case 'address':
      return ACCEPT_ADDRESS;
    case 'carrier_code':
      return READ_CODE;
    case 'pickup':
      return BOOK_PICKUP;
    case 'manifest':
      return WANT_MANIFEST;
    case 'supplier':
      return code === 'price_changed' ? DECIDE_PRICE : null;
    default:
      return null;
  }
}

interface Place {
  word: 'act_open' | 'act_reviews' | 'act_returns';
  href: string;
  call: string;
}

/** Where the rest of it is done. */
export function placeOf({kind, order_id}: Exception): Place | null {
  if (kind === 'review') return {word: 'act_reviews', href: '/desk/reviews', call: 'listReviews'};
  if (kind === 'return') return {word: 'act_returns', href: '/desk/reviews?of=returns', call: 'listReturns'};
  if (order_id === null) return null;
  return {word: 'act_open', href: `/desk/support/${encodeURIComponent(order_id)}`, call: 'getDossier'};
}
