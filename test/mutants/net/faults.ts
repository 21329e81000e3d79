import type {FaultSpec} from '../../../emulators/shared/faults.ts';

const after = (operation: string, mode: 'drop' | 'garbage', probability: number, count: number): FaultSpec => ({
  operation,
  mode,
  when: 'after',
  probability,
  count,
});

/** An answer that no repeat of the step mends: the order waits for a person, or until it is tried again. */
const REFUSED = JSON.stringify({error: {type: 'card_error', code: 'processing_error', message: 'Try again later.'}});
const UNDELIVERABLE = JSON.stringify({error: {code: 'ADDRESS.VERIFY.FAILURE', message: 'Not found.', errors: []}});

/** What goes wrong at the payment provider. `slow`: longer than a step may take, so that two attempts overlap. */
export const stripeFaults = (slow: number): readonly FaultSpec[] => [
  {operation: 'payment_intents.create', mode: 'delay', delay_ms: slow, probability: 0.2, count: 3, seed: 3},
  {operation: 'payment_intents.create', mode: 'error_after', probability: 0.1, count: 4, seed: 5},
  {operation: 'payment_intents.create', mode: 'error_before', probability: 0.1, count: 3, seed: 7},
  after('payment_intents.create', 'drop', 0.1, 4),
  after('payment_intents.create', 'garbage', 0.1, 2),
  {operation: 'payment_intents.capture', mode: 'delay', delay_ms: slow, probability: 0.3, count: 2, seed: 3},
  {operation: 'payment_intents.capture', mode: 'error_after', probability: 0.2, count: 2, seed: 5},
  after('payment_intents.capture', 'drop', 0.2, 3),
  {
    operation: 'payment_intents.capture',
    mode: 'status',
    status: 402,
    body: REFUSED,
    probability: 0.2,
    count: 2,
    seed: 7,
  },
  {operation: 'payment_intents.cancel', mode: 'delay', delay_ms: slow, probability: 0.2, count: 2, seed: 3},
  {operation: 'payment_intents.cancel', mode: 'error_after', probability: 0.2, count: 2, seed: 5},
  after('payment_intents.cancel', 'drop', 0.2, 2),
  {operation: 'refunds.create', mode: 'error_after', probability: 0.2, count: 2, seed: 5},
  after('refunds.create', 'drop', 0.2, 2),
  {operation: 'customers.create', mode: 'error_after', probability: 0.1, count: 2, seed: 3},
  after('customers.create', 'drop', 0.1, 2),
  {operation: 'payment_intents.list', mode: 'status', status: 503, probability: 0.1, count: 2, seed: 3},
  {operation: 'webhook', mode: 'duplicate', probability: 0.2},
  {operation: 'webhook', mode: 'shuffle', delay_ms: 400, probability: 0.2, seed: 2},
  {operation: 'webhook', mode: 'drop', probability: 0.05, seed: 3},
];

export const carrierFaults = (slow: number): readonly FaultSpec[] => [
  {operation: 'shipment.buy', mode: 'delay', delay_ms: slow, probability: 0.25, count: 2, seed: 3},
  {operation: 'shipment.buy', mode: 'error_after', probability: 0.2, count: 3, seed: 5},
  after('shipment.buy', 'drop', 0.2, 3),
  {operation: 'shipment.buy', mode: 'status', status: 422, body: UNDELIVERABLE, probability: 0.25, count: 3, seed: 7},
  after('shipment.create', 'drop', 0.2, 2),
  after('shipment.create', 'garbage', 0.2, 1),
  {operation: 'shipment.get', mode: 'status', status: 503, probability: 0.2, count: 2, seed: 3},
  {operation: 'webhook', mode: 'duplicate', probability: 0.25},
  {operation: 'webhook', mode: 'shuffle', delay_ms: 300, probability: 0.15, seed: 2},
  {operation: 'webhook', mode: 'drop', probability: 0.04, seed: 3},
];

/** Suppliers take a message and do not say so, or take long to say it. */
export const supplierFaults = (slow: number): readonly FaultSpec[] => [
  after('hooks', 'drop', 0.4, 4),
  {operation: 'hooks', mode: 'error_after', probability: 0.3, count: 3, seed: 3},
  {operation: 'hooks', mode: 'delay', delay_ms: slow, probability: 0.15, count: 2, seed: 5},
  {operation: 'hooks', mode: 'status', status: 503, probability: 0.15, count: 2, seed: 7},
];
