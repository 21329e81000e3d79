import {backordersAreFilled, backordersComeFirst} from '../backorders.ts';
import {restockedIsFound, returnedUnitsAreAccepted} from '../returns.ts';
import {
  movesHaveOneCause,
  nothingIsNegative,
  reservedIsPromised,
  soldUnitsExisted,
  stockIsExplained,
} from '../stock.ts';
import {partsHaveTheirPurchase, promisesAddUp, suppliersWereAsked, suppliersWereAskedOnce} from '../suppliers.ts';
import {endedLinesHoldNothing, unitsAreInOnePlace} from '../units.ts';
import type {Invariant} from '../types.ts';
import {always, both, quiet} from './rule.ts';

/** Of units, promises and suppliers. */
export const STOCK: readonly Invariant[] = [
  always(
    'S1',
    'Units on hand and in transit are explained by the stock ledger and lie in bins',
    'stock, stock_moves, stock_bins, order_lines, return_findings',
    both(stockIsExplained, restockedIsFound),
  ),
  always(
    'S2',
    'Reserved units are the open reservations, and a bin sets aside what open picks will take',
    'stock, stock_bins, reservations, quote_holds, stock_moves, tasks, task_stops',
    reservedIsPromised,
  ),
  always(
    'S3',
    'No more is reserved than is on hand, and no count is negative',
    'stock, stock_bins, reservations, order_lines, sub_order_lines, task_stops, parcel_items',
    nothingIsNegative,
  ),
  always(
    'S4',
    'Each unit of a line is in exactly one place',
    'order_lines, sub_order_lines, reservations, return_lines',
    both(unitsAreInOnePlace, returnedUnitsAreAccepted),
  ),
  always('S5', 'No more units were sold than ever existed', 'order_lines, stock_moves', soldUnitsExisted),
  quiet('S6', 'An ended line holds no reservation', 'reservations, order_lines, orders', endedLinesHoldNothing),
  always('S7', 'Every stock move has one cause, used once', 'stock_moves, order_lines, quote_holds', movesHaveOneCause),
  always(
    'S8',
    'Backorders are filled oldest first, and nobody is promised what is due to them',
    'backorder_moves, stock_moves, stock, order_lines, orders',
    backordersComeFirst,
    {atRest: backordersAreFilled},
  ),
  always(
    'D1',
    "What a supplier sends has its one purchase order, over the shipment's units",
    'purchase_orders, purchase_order_lines, supplier_promises, sub_orders, sub_order_lines',
    partsHaveTheirPurchase,
  ),
  always(
    'D2',
    'Suppliers promise what orders count on, send what they acknowledged, and are not waited for for ever',
    'supplier_offers, supplier_promises, purchase_orders, purchase_order_lines',
    promisesAddUp,
  ),
  always(
    'D3',
    'A supplier was asked once, for what our purchase order says',
    'supplier ledger, purchase_orders, purchase_order_lines, purchase_messages',
    suppliersWereAskedOnce,
    {atRest: suppliersWereAsked, needs: ['supplier']},
  ),
];
