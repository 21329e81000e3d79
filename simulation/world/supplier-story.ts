import type {Crew} from './crew.ts';

/** Counts what suppliers did about an order that has ended: how many parts they sent, had only in part, refused or forgot. */
export async function countPurchases(crew: Crew, orderId: string): Promise<void> {
  for (const {state, reason, lines} of await crew.client.purchases(orderId)) {
    crew.tally.add('drop_ship.asked');
    if (lines.some((line) => line.shipped > 0)) crew.tally.add('drop_ship.sent');
    if (state === 'refused') crew.tally.add('drop_ship.refused');
    else if (state === 'given_up') crew.tally.add(reason === 'silent' ? 'drop_ship.silent' : 'drop_ship.not_sent');
    else if (lines.some((line) => line.missing > 0)) crew.tally.add('drop_ship.partial');
  }
}
