import type {StoreContext} from './context.ts';
import {openHolds, releaseHolds} from './quote-holds.ts';
import {transact} from './transact.ts';
import {lockQueues, settleEarmarks} from './waiting-lines.ts';

/**
 * Ends quotes whose time is over and gives back the stock they held, each in a transaction of its own; returns how many.
 * Whoever redeems or sweeps a quote changes its row first: one of them finds it open.
 */
export async function sweepQuotes(context: StoreContext, limit: number): Promise<number> {
  const over = await context.prisma.quotes.findMany({
    where: {state: 'open', expires_at: {lte: context.now()}},
    orderBy: {expires_at: 'asc'},
    take: limit,
    select: {id: true},
  });
  for (const {id} of over) await endQuote(context, id);
  return over.length;
}

function endQuote(context: StoreContext, id: string): Promise<void> {
  return transact(context, async (tx) => {
    const now = context.now();
    const ended = await tx.quotes.updateMany({
      where: {id, state: 'open', expires_at: {lte: now}},
      data: {state: 'expired', closed_at: now},
    });
    if (ended.count === 0) return;
    const skus = (await openHolds(tx, id)).map(({sku}) => sku);
    await lockQueues(tx, skus);
    await releaseHolds(context, tx, id);
    await settleEarmarks(tx, skus);
  });
}
