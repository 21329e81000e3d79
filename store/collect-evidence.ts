import type {EvidenceFacts, EvidencePerson} from '../domain/payment/dispute-evidence.ts';
import type {StoreContext, Tx} from './context.ts';
import type {orders} from './generated/client.ts';
import {readProfile, readShipTo} from './personal-data.ts';
import {groupBy} from './views/shapes.ts';

/** What our books say about an order, for a bank that judges about its money. Nothing personal. */
export async function collectEvidence(tx: Tx, order: orders): Promise<EvidenceFacts> {
  const of = {where: {order_id: order.id}};
  const lines = await tx.order_lines.findMany({...of, orderBy: {position: 'asc'}});
  const parcels = await tx.parcels.findMany({...of, orderBy: [{sub_order_id: 'asc'}, {position: 'asc'}]});
  const ids = parcels.map(({id}) => id);
  const items = groupBy(await tx.parcel_items.findMany({where: {parcel_id: {in: ids}}}), (row) => row.parcel_id);
  const words = groupBy(
    await tx.parcel_events.findMany({where: {parcel_id: {in: ids}, applied: true}, orderBy: {at: 'asc'}}),
    (row) => row.parcel_id,
  );
  const scans = await tx.scans.findMany({where: {order_id: order.id, accepted: true}, orderBy: {at: 'asc'}});
  const messages = await tx.messages.findMany({
    where: {order_id: order.id, sent_at: {not: null}},
    orderBy: {created_at: 'asc'},
  });
  const nameOf = new Map(lines.map(({id, name}) => [id, name]));
  return {
    number: order.number,
    placed_at: order.placed_at.toISOString(),
    lines: lines.map(({name, qty}) => ({name, qty})),
    parcels: parcels.map((parcel) => ({
      carrier: parcel.carrier,
      tracking_number: parcel.tracking_number,
      handed_over_at: parcel.handed_over_at?.toISOString() ?? null,
      delivered_at:
        parcel.status === 'delivered' ? ((parcel.ended_at ?? parcel.status_at)?.toISOString() ?? null) : null,
      tracking: (words.get(parcel.id) ?? []).map(({status, at}) => ({status, at: at.toISOString()})),
      items: (items.get(parcel.id) ?? []).map(({line_id, sku, qty}) => ({name: nameOf.get(line_id) ?? sku, qty})),
    })),
    scans: scans.map(({kind, at}) => ({kind, at: at.toISOString()})),
    messages: messages.map(({template, sent_at}) => ({template, sent_at: sent_at?.toISOString() ?? ''})),
  };
}

/** Whom the goods went to; null when that was erased. */
export async function readEvidencePerson(context: StoreContext, tx: Tx, order: orders): Promise<EvidencePerson | null> {
  const profile = await readProfile(context, tx, order.customer_id);
  const to = await readShipTo(context, tx, order.id);
  if (!profile || !to) return null;
  const {name, line1, line2, city, region, postal_code, country} = to;
  const address = [name, line1, line2, city, region, postal_code, country].filter(Boolean).join(', ');
  return {name: profile.name, email: profile.email, address};
}
