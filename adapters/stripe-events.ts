import type {ProviderEvent, ProviderEvents} from '../activities/ports.ts';
import {createClient, type StripeOptions} from './stripe-client.ts';
import {stripeFailure} from './stripe-errors.ts';

/** Events that change what we know without our having asked for anything. */
const UNASKED = [
  'payment_intent.canceled',
  'refund.created',
  'refund.failed',
  'charge.dispute.created',
  'charge.dispute.closed',
];

/** Stripe's own list of what happened, kept for 30 days: what a lost webhook would have said. */
export function createStripeEvents(options: StripeOptions): ProviderEvents {
  const stripe = createClient(options);
  return {
    endedHolds: async function* (since) {
      const created = {gte: Math.floor(since / 1000)};
      try {
        for await (const event of stripe.events.list({types: UNASKED, created, limit: 100})) {
          yield toEvent(event);
        }
      } catch (error) {
        throw stripeFailure(error);
      }
    },
  };
}

function toEvent(event: {id: string; type: string; created: number}): ProviderEvent {
  return {id: event.id, type: event.type, created: event.created * 1000, body: event};
}
