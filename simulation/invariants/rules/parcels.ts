import {addressesAreKnown} from '../addresses.ts';
import {carriersAreKnown, wordsAreRead} from '../carrier-words.ts';
import {declaredForWhatItIs} from '../declared.ts';
import {manifestsAreWhole} from '../manifests.ts';
import {
  cancelledLabelsAreVoided,
  labelCostsAgree,
  oneLabelPerParcel,
  parcelsHaveTheirLabel,
  parcelsHoldWhatWasPicked,
} from '../parcels.ts';
import {driversAreOnRecord, oneDriverComes} from '../pickups.ts';
import {everyUnitHasItsPlace} from '../places.ts';
import {printsAreCounted} from '../staff.ts';
import {lastWordIsHeard, trackingNeverGoesBack} from '../tracking.ts';
import type {Invariant} from '../types.ts';
import {always, quiet} from './rule.ts';

/** Of parcels, labels and carriers. */
export const PARCELS: readonly Invariant[] = [
  always('C1', 'A parcel has one valid label', 'carrier ledger, parcels, returns', oneLabelPerParcel, {
    atRest: parcelsHaveTheirLabel,
    needs: ['carrier'],
  }),
  quiet(
    'C2',
    'Labels of cancelled shipments are voided, or a person knows',
    'carrier ledger, parcels, sub_orders, tasks',
    cancelledLabelsAreVoided,
    {needs: ['carrier']},
  ),
  quiet(
    'C3',
    'Parcels hold exactly what was picked',
    'parcel_items, parcels, sub_order_lines',
    parcelsHoldWhatWasPicked,
  ),
  always('C4', 'Tracking never goes back', 'parcel_events, parcels, carrier ledger', trackingNeverGoesBack, {
    atRest: lastWordIsHeard,
    better: ['carrier'],
  }),
  quiet('C5', "A label costs in our books what it costs in the carrier's", 'carrier ledger, parcels', labelCostsAgree, {
    needs: ['carrier'],
  }),
  quiet(
    'C6',
    'A parcel is declared at borders for what its units were paid for, and insured for what we say',
    'carrier ledger, parcels, parcel_items, order_lines',
    declaredForWhatItIs,
    {needs: ['carrier']},
  ),
  always(
    'C7',
    'Every unit of a planned parcel has one place, inside its box and in nobody else',
    'parcel_packings, parcel_items, parcels',
    everyUnitHasItsPlace,
  ),
  quiet(
    'C8',
    'What a tracker said is understood or waits for a person, and is read once somebody says what it means',
    'parcel_events, carrier_codes, parcels',
    wordsAreRead,
  ),
  always(
    'C9',
    'What is known of a carrier follows from what happened',
    'carrier_health, carrier_arrivals, decisions, parcels',
    carriersAreKnown,
  ),
  always('C10', 'Every print of a label is on record and counted', 'parcels, label_prints', printsAreCounted),
  always(
    'C11',
    'No label is bought for an address that no carrier knows, and a corrected one is kept beside what was typed',
    'address_checks, parcels, personal_data, orders',
    addressesAreKnown,
  ),
  always(
    'C12',
    'A parcel is on one manifest at most, a made one holds labelled parcels of its carrier, and the platform has the same form',
    'carrier ledger, manifests, manifest_parcels, parcels, sub_orders',
    manifestsAreWhole,
    {better: ['carrier']},
  ),
  always(
    'C13',
    "One driver at most is asked to come for a warehouse, carrier and day, and comes by our books as by the platform's",
    'carrier ledger, pickups',
    oneDriverComes,
    {atRest: driversAreOnRecord, better: ['carrier']},
  ),
];
