import {whyTooLate} from '../domain/order/change-limits.ts';
import type {PointOfNoReturn} from '../domain/policy/changes.ts';
import {retaxed, shareOverParts} from '../domain/pricing/reprice.ts';
import type {TaxRule} from '../domain/pricing/price-order.ts';
import {searchTokens} from '../domain/text/search-tokens.ts';
import {addressKey, keepTokens} from './accept-order.ts';
import {ringForAddress} from './address-checks.ts';
import {inside} from './begin-change.ts';
import {ChangeRefused} from './change-refused.ts';
import type {StoreContext, Tx} from './context.ts';
import type {order_changes, order_lines, orders, parcels} from './generated/client.ts';
import {giveUpParcels, progressOf} from './give-up-parcels.ts';
import {newId} from './ids.ts';
import {sealPersonal} from './keep-customer.ts';
import {readNewShipTo, readProfile, type ShipTo} from './personal-data.ts';
import {tellSubOrder} from './queue-signal.ts';
import {recordDerived} from './record-derived.ts';
import {remainingTotals} from './remaining-totals.ts';
import {keepForms} from './search-forms.ts';
import {readTaxRule} from './views/intake-facts.ts';

/**
 * Sends an order of which nothing has left the house to another door: the address sealed anew, taxes by its own rule,
 * and labels that carry the old one given up and bought again.
 */
export async function changeAddress(
  context: StoreContext,
  tx: Tx,
  order: orders,
  change: order_changes,
  until: PointOfNoReturn,
): Promise<void> {
  const shipTo = await readNewShipTo(context, tx, change.id);
  if (!shipTo) throw new ChangeRefused([{code: 'address_erased'}]);
  const lines = await tx.order_lines.findMany({where: {order_id: order.id}, orderBy: {position: 'asc'}});
  const late = await whyAddressStays(tx, order, until);
  if (late) throw new ChangeRefused([{code: late}]);
  const standing = await standingOf(tx, order.id);
  const rule = await readTaxRule(inside(context, tx), shipTo.country, shipTo.region ?? '');
  const totals = await retax(tx, lines, rule);
  await keepAddress(context, tx, order, shipTo);
  const labelled = standing.filter((parcel) => parcel.label_state !== 'none');
  await giveUpParcels(context, tx, order, labelled);
  for (const parcel of labelled) await packAnew(context, tx, parcel, change.id);
  await ringForAddress(context, tx, order.id, change.id);
  const {id: change_id, actor, role, reason} = change;
  await recordDerived(context, tx, order, {
    type: 'order.address_changed',
    by: {actor, role},
    data: {change_id, lines: totals, relabelled: labelled.map((parcel) => parcel.id)},
    patch: {
      ...(await remainingTotals(tx, order.id)),
      ship_country: shipTo.country,
      address_hash: context.vault.hash('address', addressKey(shipTo)),
    },
    act: {subject: `change:${change_id}`, to: 'address applied'},
    note: reason,
  });
}

const standingOf = (tx: Tx, order_id: string) => tx.parcels.findMany({where: {order_id, state: {not: 'cancelled'}}});

/** Why the parcels of an order cannot be sent elsewhere any more, by how far they have come; null while they can. */
export async function whyAddressStays(tx: Tx, {id}: orders, until: PointOfNoReturn): Promise<string | null> {
  const picked = await tx.order_lines.count({where: {order_id: id, picked: {gt: 0}}});
  const late = whyTooLate(until, progressOf(await standingOf(tx, id), picked > 0));
  if (late) return late;
  // a supplier was told the old one with its purchase order
  const supplied = await tx.sub_orders.count({
    where: {order_id: id, source_kind: 'supplier', stage: {notIn: ['CANCELLED', 'DELIVERED']}},
  });
  return supplied > 0 ? 'with_supplier' : null;
}

async function keepAddress(context: StoreContext, tx: Tx, order: orders, value: ShipTo): Promise<void> {
  const key = await tx.customer_keys.findUniqueOrThrow({where: {customer_id: order.customer_id}});
  const customer = {id: order.customer_id, wrapped_key: key.wrapped_key};
  await sealPersonal(context, tx, customer, {subject: `order:${order.id}`, field: 'ship_to', value});
  await keepTokens(context, tx, order, searchTokens({name: value.name}));
  await keepForms(context, tx, order, await readProfile(context, tx, order.customer_id), value);
}

/** The lines at the new address's tax, and their parts at their share of it. */
async function retax(tx: Tx, lines: readonly order_lines[], rule: TaxRule) {
  const changed: {line_id: string; sku: string; qty: number; total: number}[] = [];
  for (const line of lines) {
    const {items_amount: items, discount_amount: discount, shipping_amount: shipping} = line;
    const {tax, total} = retaxed({items: Number(items), discount: Number(discount), shipping: Number(shipping)}, rule);
    changed.push({line_id: line.id, sku: line.sku, qty: line.qty, total});
    if (total === Number(line.total_amount) && tax === Number(line.tax_amount)) continue;
    await tx.order_lines.update({
      where: {id: line.id},
      data: {
        tax_amount: BigInt(tax),
        total_amount: BigInt(total),
        tax_rate_bp: rule.rate_bp,
        tax_inclusive: rule.inclusive,
      },
    });
    await shareAnew(tx, line, total);
  }
  return changed;
}

async function shareAnew(tx: Tx, line: order_lines, total: number): Promise<void> {
  const parts = await tx.sub_order_lines.findMany({where: {line_id: line.id}, orderBy: {sub_order_id: 'asc'}});
  const amounts = shareOverParts(total, line.qty, parts);
  for (const [i, part] of parts.entries()) {
    const amount = BigInt(amounts[i] ?? 0);
    const {sub_order_id, line_id} = part;
    await tx.sub_order_lines.update({where: {sub_order_id_line_id: {sub_order_id, line_id}}, data: {amount}});
    await tx.sub_orders.update({
      where: {id: sub_order_id},
      data: {value_amount: {increment: amount - part.amount}},
    });
  }
}

/** The same box with the same contents under a new number: a parcel has one label, ever. */
async function packAnew(context: StoreContext, tx: Tx, old: parcels, changeId: string): Promise<void> {
  const id = newId('pcl', context.now());
  const {order_id, sub_order_id, box_id, weight_g, length_mm, width_mm, height_mm, expected_g, suggested_box} = old;
  const last = await tx.parcels.findFirst({where: {sub_order_id}, orderBy: {position: 'desc'}});
  await tx.parcels.create({
    data: {
      id,
      order_id,
      sub_order_id,
      position: (last?.position ?? 0) + 1,
      state: 'packed',
      box_id,
      weight_g,
      length_mm,
      width_mm,
      height_mm,
      expected_g,
      suggested_box,
      label_state: 'wanted',
      status: 'created',
    },
  });
  const items = await tx.parcel_items.findMany({where: {parcel_id: old.id}});
  await tx.parcel_items.createMany({data: items.map((item) => ({...item, parcel_id: id}))});
  await tx.$executeRaw`INSERT INTO parcel_packings (parcel_id, box_id, inner_mm, placements)
    SELECT ${id}, box_id, inner_mm, placements FROM parcel_packings WHERE parcel_id = ${old.id}`;
  await tellSubOrder(context, tx, sub_order_id, 'packed', `${changeId}:${id}`, id);
}
