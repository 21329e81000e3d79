import {addressesAreKnown} from './addresses.ts';
import {carriersAreKnown, wordsAreRead} from './carrier-words.ts';
import {declaredForWhatItIs} from './declared.ts';
import {acknowledgedOrdersExist, oneOrderPerKey} from './api.ts';
import {actionsAreRecorded} from './actions.ts';
import {bulksAddUp} from './bulk.ts';
import {backordersAreFilled, backordersComeFirst} from './backorders.ts';
import {capturedIsDelivered} from './captured-value.ts';
import {documentsAreWhole} from './documents.ts';
import {eventsAreComplete, eventsFoldToRow, eventsHaveTheirOrder} from './events.ts';
import {customersAreTold, mailsAreSentOnce, mailsComeInSequence, mailsTellTheTruth} from './messages.ts';
import {customersAreTexted, textsAreSentOnce, textsComeInSequence, textsTellTheTruth} from './texts.ts';
import {endedHoldsNothing, capturesStayWithinHold, keysMeanOneRequest, oneLiveHold} from './money.ts';
import {everythingIsPassedOn} from './outbox.ts';
import {
  cancelledLabelsAreVoided,
  labelCostsAgree,
  oneLabelPerParcel,
  parcelsHaveTheirLabel,
  parcelsHoldWhatWasPicked,
} from './parcels.ts';
import {newHoldsAreExpected, paymentsAreTheLedger} from './payment-table.ts';
import {personalDataIsSealed} from './personal.ts';
import {
  overQuotesAreSwept,
  promisesAreJudged,
  promosAreCounted,
  quotesAreKept,
  quotesHoldForSomebody,
} from './quotes.ts';
import {
  everyRunIsRecorded,
  noRunFails,
  oneChainPerOrder,
  runsFollowOrders,
  sideRunsFollowTheirSubjects,
} from './runs.ts';
import {everyUnitHasItsPlace} from './places.ts';
import {refundsStayWithinCaptures} from './refunds.ts';
import {
  restockedIsFound,
  returnedUnitsAreAccepted,
  returnScansAreCounted,
  returnsArePaidBack,
  returnsFollowTheirRuns,
} from './returns.ts';
import {scansAreCounted} from './scans.ts';
import {peopleAreOnRecord, printsAreCounted} from './staff.ts';
import {manifestsAreWhole} from './manifests.ts';
import {driversAreOnRecord, oneDriverComes} from './pickups.ts';
import {movesAreLegal, openOrdersWait, statusFollowsFromParts} from './states.ts';
import {movesHaveOneCause, nothingIsNegative, reservedIsPromised, soldUnitsExisted, stockIsExplained} from './stock.ts';
import {partsHaveTheirPurchase, promisesAddUp, suppliersWereAsked, suppliersWereAskedOnce} from './suppliers.ts';
import {lastWordIsHeard, trackingNeverGoesBack} from './tracking.ts';
import {toursAreWhole} from './tours.ts';
import type {Invariant, NotYet, Sometimes} from './types.ts';
import {endedLinesHoldNothing, unitsAreInOnePlace} from './units.ts';

type More = Pick<Invariant, 'atRest' | 'needs' | 'better'>;

function always(id: string, meaning: string, reads: string, check: Invariant['check'], more: More = {}): Invariant {
  return {id, meaning, reads, when: 'always', check, ...more};
}
function quiet(id: string, meaning: string, reads: string, check: Invariant['check'], more: More = {}): Invariant {
  return {id, meaning, reads, when: 'quiet', check, ...more};
}

/** One rule for what goes different ways. */
const both =
  (...checks: Invariant['check'][]): Invariant['check'] =>
  async (world) =>
    (await Promise.all(checks.map((check) => check(world)))).flat();

/** Every invariant that is checked, in the order of the report. docs/invariants.md holds the same table. */
export const INVARIANTS: readonly Invariant[] = [
  always(
    'M1',
    'Captures stay within the hold, the hold within the order total',
    'Stripe ledger, orders, events',
    capturesStayWithinHold,
    {better: ['stripe']},
  ),
  always(
    'M2',
    'An order has one live hold, two only while a recorded renewal runs',
    'Stripe ledger, payments',
    oneLiveHold,
    {needs: ['stripe']},
  ),
  quiet(
    'M3',
    'Captured is exactly the value of the units delivered',
    'Stripe ledger, sub_order_lines, order_lines',
    capturedIsDelivered,
    {better: ['stripe']},
  ),
  always(
    'M4',
    'No more is given back than was captured, by unit, capture and order, and nothing goes out while a bank judges',
    'Stripe ledger, refunds, disputes, captures, order_lines, events, returns',
    refundsStayWithinCaptures,
    {atRest: returnsArePaidBack, better: ['stripe']},
  ),
  quiet(
    'M5',
    'A cancelled order costs nothing, and no ended order holds money',
    'Stripe ledger, orders',
    endedHoldsNothing,
    {
      better: ['stripe'],
    },
  ),
  always(
    'M6',
    "Our payments, refunds and disputes are the provider's, row for row",
    'Stripe ledger, payments, captures, refunds, disputes, provider_calls',
    newHoldsAreExpected,
    {atRest: paymentsAreTheLedger, needs: ['stripe']},
  ),
  always(
    'M8',
    'An idempotency key never meant two different requests',
    'Stripe ledger (requests)',
    keysMeanOneRequest,
    {needs: ['stripe']},
  ),
  always(
    'M9',
    'Each capture has one receipt, each refund one credit note, over its amount and numbered without gaps',
    'captures, refunds, documents',
    documentsAreWhole,
  ),
  always(
    'S1',
    'Units on hand and in transit are explained by the stock ledger and lie in bins',
    'stock, stock_moves, stock_bins, order_lines, return_findings',
    async (world) => [...(await stockIsExplained(world)), ...(await restockedIsFound(world))],
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
    async (world) => [...(await unitsAreInOnePlace(world)), ...(await returnedUnitsAreAccepted(world))],
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
    {
      atRest: async (world) => [
        ...(await runsFollowOrders(world)),
        ...(await sideRunsFollowTheirSubjects(world)),
        ...(await returnsFollowTheirRuns(world)),
      ],
    },
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
  always('I1', 'One idempotency key, one order', 'idempotency_keys, orders', oneOrderPerKey),
  always('I2', 'An order that was acknowledged exists', 'idempotency_keys, orders', acknowledgedOrdersExist),
  always(
    'I3',
    'No acknowledged scan is missing: every count has its scans',
    'scans, tasks, task_stops, sub_order_lines, parcels, returns, events',
    async (world) => [...(await scansAreCounted(world)), ...(await returnScansAreCounted(world))],
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
  always(
    'N1',
    'A message is sent at most once',
    'messages, mail sink, text ledger',
    both(mailsAreSentOnce, textsAreSentOnce),
    {better: ['mail', 'sms']},
  ),
  quiet(
    'N2',
    'A mandatory message is sent, and so is every text, unless a true reason is kept',
    'events, messages, message_choices, mail sink, text ledger',
    both(customersAreTold, customersAreTexted),
    {better: ['mail', 'sms']},
  ),
  always(
    'N3',
    'No message about a state the order never had, and no text about one that is over',
    'messages, events, order_audit, mail sink, text ledger',
    both(mailsTellTheTruth, textsTellTheTruth),
    {better: ['mail', 'sms']},
  ),
  always(
    'E3',
    'First deliveries of an order are in sequence (to mails and to texts, the only consumers yet)',
    'mail sink, text ledger, messages, events',
    both(mailsComeInSequence, textsComeInSequence),
    {needs: ['mail'], better: ['sms']},
  ),
  quiet(
    'E2',
    'Every event reached its consumers (mail, workflows), and every webhook was worked off',
    'events, workflow_signals, webhook_inbox',
    everythingIsPassedOn,
  ),
  always(
    'A2',
    'Every privileged or money action is recorded once, with actor, role and request',
    'order_audit, events, payments, captures, refunds, policies, provider_calls, reviews, decisions',
    actionsAreRecorded,
  ),
  always(
    'P1',
    'Personal values occur only encrypted, in the allowed columns',
    'personal_data, customer_keys, blind_index, orders; with marked values everything, logs and Temporal',
    personalDataIsSealed,
  ),
  always(
    'Q1',
    'A quote holds stock only while it can be redeemed',
    'quote_holds, quotes, orders, order_lines',
    quotesHoldForSomebody,
    {atRest: overQuotesAreSwept},
  ),
  always(
    'Q2',
    'A promo code is counted once for each order that uses it, and never used more often than it may be',
    'promo_codes, promo_uses, orders, events',
    promosAreCounted,
  ),
  always(
    'Q3',
    'A quote becomes one order, in time and at its price; prices follow from goods, discount, tax and shipping',
    'quotes, orders, order_lines, events',
    quotesAreKept,
  ),
  quiet(
    'Q4',
    'What was promised is on record, and at the door what became of it',
    'promises, sub_orders, parcels',
    promisesAreJudged,
  ),
];

/** What nothing in the product can show yet, with the row or bar it becomes due with. */
export const NOT_YET: readonly NotYet[] = [
  {id: 'M7', row: 'N3', meaning: 'Double entry: accounts recompute from their entries'},
  {id: 'E4', row: 'L4', meaning: 'Copies of an event are byte-equal'},
  {id: 'A1', row: 'O3', meaning: 'The audit is a hash chain anchored outside'},
  {id: 'A3', row: 'O3', meaning: 'The application can only add to the audit'},
  {id: 'P2', row: 'O4', meaning: 'After erasure nothing decrypts, and the books still hold'},
];

/** What a run that disturbs must have seen, or it proves nothing. The run counts it; an audit cannot. */
export const SOMETIMES: readonly Sometimes[] = [
  {id: 'X1', by: 'npm run chaos, npm run faults', meaning: 'Each kind of fault fired and was seen'},
  {id: 'X2', by: 'npm run chaos', meaning: 'Each branch of recovery was reached'},
  {id: 'X3', by: 'npm run chaos', meaning: 'An order ended in every terminal state'},
  {id: 'X4', by: 'npm run chaos', meaning: 'A lost race was answered out of stock'},
];
