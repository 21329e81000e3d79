import {eventsAreComplete, eventsFoldToRow, eventsHaveTheirOrder} from '../events.ts';
import {returnsFollowTheirRuns} from '../returns.ts';
import {
  everyRunIsRecorded,
  noRunFails,
  oneChainPerOrder,
  runsFollowOrders,
  sideRunsFollowTheirSubjects,
} from '../runs.ts';
import {movesAreLegal, openOrdersWait, statusFollowsFromParts} from '../states.ts';
import type {Invariant} from '../types.ts';
import {always, both, quiet} from './rule.ts';

/** Of the events, states and runs of orders. */
export const ORDERS: readonly Invariant[] = [
  always(
    'E1',
    'Every change has exactly one event, numbered without gaps',
    'events, order_audit, orders',
    eventsAreComplete,
  ),
  always('E5', 'The events of an order add up to its row', 'events, orders, order_lines', eventsFoldToRow),
  always('E6', 'No event tells of what was never committed', 'events, orders, sub_orders', eventsHaveTheirOrder),
  always(
    'W1',
    'Every move of an order and of a shipment is legal',
    'order_audit, orders, sub_orders, returns',
    movesAreLegal,
  ),
  quiet('W2', 'Every open order waits for a named thing with an owner or a deadline', 'orders', openOrdersWait),
  always(
    'W3',
    'A workflow runs exactly as long as its order is open, and none failed',
    'Temporal, orders, sub_orders, returns',
    noRunFails,
    {atRest: both(runsFollowOrders, sideRunsFollowTheirSubjects, returnsFollowTheirRuns)},
  ),
  always(
    'W4',
    "An order's status follows from its units and shipments",
    'orders, order_lines, sub_orders',
    statusFollowsFromParts,
  ),
  always('W5', 'An order has one chain of workflow runs, ever', 'Temporal, order_runs', oneChainPerOrder, {
    atRest: everyRunIsRecorded,
  }),
];
