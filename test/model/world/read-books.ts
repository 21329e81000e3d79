import type {Books} from '../invariants/books.ts';
import type {World} from './world.ts';

/** The books of a world as they are now. */
export function readBooks({db, bank, office, server}: World): Books {
  return {
    orders: db.rows('orders'),
    lines: db.rows('order_lines'),
    subs: db.rows('sub_orders'),
    parts: db.rows('sub_order_lines'),
    parcels: db.rows('parcels'),
    items: db.rows('parcel_items'),
    trackings: db.rows('parcel_events'),
    payments: db.rows('payments'),
    captures: db.rows('captures'),
    stock: db.rows('stock'),
    bins: db.rows('stock_bins'),
    moves: db.rows('stock_moves'),
    reservations: db.rows('reservations'),
    events: db.rows('events'),
    audit: db.rows('order_audit'),
    runs: db.rows('order_runs'),
    intents: [...bank.intents.values()],
    asked: bank.asked,
    shipments: [...office.shipments.values()],
    executions: server.executions,
    trying: [...server.running].map(({call, attempt, run}) => `${call.name} of ${run.id}, attempt ${attempt},`),
  };
}
