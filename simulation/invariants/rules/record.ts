import {actionsAreRecorded} from '../actions.ts';
import {editsAreMeant, editsCameToSomething, looksAreOnRecord} from '../office.ts';
import {personalDataIsSealed} from '../personal.ts';
import type {Invariant} from '../types.ts';
import {always} from './rule.ts';

/** Of who did and saw what, and whom it names. */
export const RECORD: readonly Invariant[] = [
  always(
    'A2',
    'Every privileged or money action is recorded once, with actor, role and request',
    'order_audit, events, payments, captures, refunds, policies, provider_calls, reviews, decisions',
    actionsAreRecorded,
  ),
  always(
    'A4',
    'Who of the office saw whose orders is on record, and what they asked for as a keyed hash only',
    'desk_reads, orders',
    looksAreOnRecord,
  ),
  always(
    'A5',
    'Who changes an order on what they saw is known, saw its newest version, and something comes of it',
    'order_edits, orders, events',
    editsAreMeant,
    {atRest: editsCameToSomething},
  ),
  always(
    'P1',
    'Personal values occur only encrypted, in the allowed columns',
    'personal_data, customer_keys, blind_index, orders; with marked values everything, logs and Temporal',
    personalDataIsSealed,
  ),
];
