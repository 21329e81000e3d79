import {acknowledgedOrdersExist, oneOrderPerKey} from '../api.ts';
import {bulksAddUp} from '../bulk.ts';
import {returnScansAreCounted} from '../returns.ts';
import {scansAreCounted} from '../scans.ts';
import {peopleAreOnRecord} from '../staff.ts';
import {toursAreWhole} from '../tours.ts';
import type {Invariant} from '../types.ts';
import {always, both} from './rule.ts';

/** Of what people and their devices ask for. */
export const WORK: readonly Invariant[] = [
  always('I1', 'One idempotency key, one order', 'idempotency_keys, orders', oneOrderPerKey),
  always('I2', 'An order that was acknowledged exists', 'idempotency_keys, orders', acknowledgedOrdersExist),
  always(
    'I3',
    'No acknowledged scan is missing: every count has its scans',
    'scans, tasks, task_stops, sub_order_lines, parcels, returns, events',
    both(scansAreCounted, returnScansAreCounted),
  ),
  always(
    'I4',
    'A tour holds pick tasks of its own warehouse, a tote one order, and no tour leaves work behind',
    'waves, tours, tasks, task_stops',
    toursAreWhole,
  ),
  always(
    'I5',
    'People are what the record of changes says, and nobody is signed in who may not be',
    'staff, decisions, sessions',
    peopleAreOnRecord,
  ),
  always(
    'I6',
    'Each order of an act on many is touched by it once, by whoever confirmed it, and its figures add up',
    'bulk_jobs, bulk_items, decisions, order_changes, order_audit',
    bulksAddUp,
  ),
];
