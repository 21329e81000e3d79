import type {StoreContext} from './context.ts';

/** A hold that waits for somebody outside. */
export interface AskingHold {
  /** what its run knows it by */
  id: string;
  order_id: string;
  of: 'customer' | 'shop';
  /** the provider's */
  ref: string;
}

/** Holds that wait for their customer or for their shop since before `before`, longest first. */
export function askingHolds(context: StoreContext, before: Date, limit: number): Promise<AskingHold[]> {
  return context.prisma.$queryRaw<AskingHold[]>`
    SELECT id, order_id, 'customer' AS of, provider_ref AS ref, created_at FROM payments
      WHERE state = 'requires_action' AND provider_ref IS NOT NULL AND created_at < ${before}
    UNION ALL SELECT intent, order_id, 'shop', intent, created_at FROM shop_holds
      WHERE state = 'awaited' AND created_at < ${before}
    ORDER BY created_at LIMIT ${limit}`;
}
