import {amountText} from './money-books.ts';
import type {Finding, World} from './types.ts';

interface DeclaredRow {
  id: string;
  order_id: string;
  shipment_ref: string;
  currency: string;
  customs_amount: number | null;
  insured_amount: number | null;
  /** of the units in it, as they were paid for */
  worth: number;
}

/** The customs union of the EU, in which nothing is declared. */
const EU = 'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' ');

/**
 * C6: a parcel with a label that crosses a border was declared to the carrier for what its units were paid for, and no
 * other was; it is insured there once, for what we say.
 */
export async function declaredForWhatItIs(world: World): Promise<Finding[]> {
  const rows = await world.sql<DeclaredRow>(
    `SELECT p.id, p.order_id, p.shipment_ref, o.currency, p.customs_amount::float8 AS customs_amount,
        p.insured_amount::float8 AS insured_amount,
        coalesce((SELECT sum(floor((w.items_amount - w.discount_amount) * i.qty / w.qty)) FROM parcel_items i
          JOIN order_lines l ON l.id = i.line_id JOIN order_lines w ON w.id = coalesce(l.value_line_id, l.id)
          WHERE i.parcel_id = p.id), 0)::float8 AS worth
      FROM parcels p JOIN orders o ON o.id = p.order_id
     WHERE p.shipment_ref IS NOT NULL AND p.label_state = 'bought' AND p.state <> 'cancelled' ORDER BY p.id`,
  );
  const shipments = new Map(world.carrier.shipments.map((shipment) => [shipment.id, shipment]));
  return rows.flatMap((row) => {
    const theirs = shipments.get(row.shipment_ref);
    if (theirs?.to_country === undefined || theirs.from_country === undefined) return [];
    const text = (amount: number | null) => (amount === null ? 'nothing' : amountText(amount, row.currency));
    const declared = theirs.customs_items?.map(({value}) => value) ?? null;
    const abroad = crossesBorder(theirs.from_country, theirs.to_country);
    const worth = abroad ? text(row.worth) : 'nothing';
    const [ours, told] = [text(row.customs_amount), sumText(declared, row.currency)];
    const subject = world.nameOf(row.order_id);
    const faults = [
      ...(told === worth && ours === worth
        ? []
        : [`${told} was declared to customs by the carrier's books, ${ours} by ours, and it should be ${worth}`]),
      ...(text(row.insured_amount) === sumText(theirs.insured ? [theirs.insured] : null, row.currency)
        ? []
        : [
            `it is insured for ${theirs.insured ?? 'nothing'} by the carrier's books, for ${text(row.insured_amount)} by ours`,
          ]),
    ];
    return faults.map((fault) => ({subject, sentence: `Order ${subject}, parcel ${row.id}: ${fault}.`}));
  });
}

const crossesBorder = (from: string, to: string) => from !== to && !(EU.includes(from) && EU.includes(to));

/** The sum of amounts as the carrier writes them, in our own writing. */
function sumText(amounts: readonly string[] | null, currency: string): string {
  if (amounts === null) return 'nothing';
  const unit = Number.parseFloat(amountText(1, currency));
  return amountText(
    amounts.reduce((sum, amount) => sum + Math.round(Number(amount) / unit), 0),
    currency,
  );
}
