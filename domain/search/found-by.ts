/** How an order was found, the surest first. */
export const FOUND_BY = [
  'order',
  'tracking',
  'parcel',
  'return',
  'payment',
  'refund',
  'email',
  'phone',
  'customer',
  'door',
  'number_end',
  'tracking_end',
  'mailbox',
  'name',
  'postal',
] as const;
export type FoundBy = (typeof FOUND_BY)[number];
