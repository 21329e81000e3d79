/** An order as its shop's own hold must fit it. */
export interface ExpectedHold {
  order_id: string;
  /** what the shop put on the intent before there was an order: the order's Idempotency-Key */
  reference: string;
  /** minor units */
  amount: number;
  currency: string;
}

/** What the provider says of an intent that a shop made. */
export interface ToldHold {
  amount: number;
  currency: string;
  /** already taken, which leaves nothing to hold */
  captured: number;
  order_id: string | null;
  reference: string | null;
}

export interface ShopHoldMismatch {
  /** `gone`: nothing is held under it, and nothing will be */
  wrong: 'order' | 'amount' | 'currency' | 'captured' | 'gone';
  ours: string;
  told: string;
}

/** Is the intent made for this order? By our id where it names one, else by the shop's reference; one that names none is not. */
function isMadeFor(expected: ExpectedHold, told: ToldHold): boolean {
  return told.order_id === null ? told.reference === expected.reference : told.order_id === expected.order_id;
}

/** The first thing that does not fit; null when the hold may be taken for the order's. */
export function mismatchOf(expected: ExpectedHold, told: ToldHold): ShopHoldMismatch | null {
  const mismatch = (wrong: ShopHoldMismatch['wrong'], ours: string, is: string) => ({wrong, ours, told: is});
  if (!isMadeFor(expected, told)) {
    return mismatch('order', expected.reference, told.order_id ?? told.reference ?? 'none');
  }
  const [ours, theirs] = [expected.currency.toUpperCase(), told.currency.toUpperCase()];
  if (ours !== theirs) return mismatch('currency', ours, theirs);
  if (told.amount !== expected.amount) return mismatch('amount', String(expected.amount), String(told.amount));
  return told.captured === 0 ? null : mismatch('captured', '0', String(told.captured));
}
