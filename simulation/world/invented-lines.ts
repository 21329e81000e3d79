import type {OrderBody} from '../api-types.ts';
import type {Random} from '../random.ts';
import type {InventedCatalogue} from './invented-catalogue.ts';
import type {Kind} from './kinds.ts';

/** What an order of this kind must have in its basket, beside what its shopper fancies. */
export function linesOf(kind: Kind, catalogue: InventedCatalogue, random: Random): OrderBody['lines'] {
  const basket = (low: number, high: number) =>
    random
      .shuffle(catalogue.common)
      .slice(0, random.whole(low, high))
      .map((sku) => ({sku, qty: random.whole(1, 3)}));
  const {dropShipped} = catalogue;
  switch (kind) {
    case 'split':
    case 'lost_half':
      return [
        {sku: random.pick(catalogue.east), qty: random.whole(1, 2)},
        {sku: random.pick(catalogue.west), qty: random.whole(1, 2)},
        ...basket(0, 2),
      ];
    case 'cancel_line':
      return basket(2, 5);
    case 'out_of_stock':
      return [{sku: catalogue.soldOut, qty: 1}, ...basket(0, 2)];
    case 'backorder':
      return [{sku: catalogue.awaited, qty: random.whole(1, 2)}, ...basket(0, 1)];
    case 'backorder_filled':
      return [{sku: catalogue.coming, qty: random.whole(1, 2)}, ...basket(0, 1)];
    case 'backorder_partly':
      return [{sku: catalogue.coming, qty: random.whole(2, 4)}];
    case 'count_breaks_promise':
      return [{sku: catalogue.counted, qty: random.whole(1, 2)}];
    case 'warehouse_off':
    case 'transfer':
      return [{sku: catalogue.sided, qty: random.whole(1, 2)}];
    case 'review_approved':
    case 'review_rejected':
    case 'review_escalated':
      return [{sku: catalogue.dear, qty: 1}];
    case 'short_pick':
    case 'refund_all':
      return basket(1, 2);
    case 'disputed_won':
    case 'disputed_lost':
      return basket(1, 1);
    case 'change_quantity_down':
      return basket(1, 3).map((line, i) => (i === 0 ? {...line, qty: line.qty + 1} : line));
    case 'change_address_labelled':
    case 'hold_release':
      return basket(1, 1);
    case 'cancel_packed':
      return basket(1, 3);
    case 'drop_ship':
      return [{sku: random.pick(dropShipped.good), qty: random.whole(1, 3)}, ...basket(0, 1)];
    case 'drop_ship_partial':
      return [{sku: dropShipped.partial, qty: random.whole(2, 4)}, ...basket(0, 1)];
    case 'drop_ship_silent':
      return [{sku: dropShipped.silent, qty: random.whole(1, 2)}];
    case 'drop_ship_refused':
      return [{sku: dropShipped.refused, qty: random.whole(1, 2)}, ...basket(0, 1)];
    default:
      return basket(1, 5);
  }
}
