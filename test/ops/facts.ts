import type {StoreContext} from '../../store/context.ts';
import {newId} from '../../store/ids.ts';

/** Orders written straight into their tables, so that a figure can be computed by hand. */
export interface Fact {
  placed: string;
  /** of the order's promise */
  due?: string;
  delivered?: string;
  handed_over?: string;
  label?: number;
  /** the cheapest label that was offered */
  cheapest?: number;
  captured?: number;
  refunded?: number;
  refunded_at?: string;
  qty?: number;
  arrived?: number;
  cancelled?: number;
  /** who cancelled */
  by?: 'system' | 'support';
  status?: string;
}

let count = 0;

export async function writeFact({prisma}: StoreContext, fact: Fact): Promise<string> {
  count += 1;
  const at = new Date(fact.placed);
  const id = newId('ord', at);
  const {qty = 1, cancelled = 0, status = fact.delivered ? 'delivered' : 'fulfilled'} = fact;
  const arrived = fact.arrived ?? (fact.delivered ? qty - cancelled : 0);
  await prisma.$executeRaw`INSERT INTO orders (id, number, client_id, channel, customer_id, status, currency, items_amount,
      discount_amount, shipping_amount, tax_amount, total_amount, total_capacity, delivery_sla, allow_backorder, ship_country,
      payment_method, address_hash, tracking_token, policy_version, placed_at, updated_at, last_seq)
    VALUES (${id}, ${`ORD-${count}`}, 'shop', 'default', 'cus', ${status}, 'USD', 1000, 0, 0, 0, 1000, 1, 'STANDARD', true, 'US',
      'pm', 'hash', ${id}, 1, ${at}, ${at}, 1)`;
  await prisma.$executeRaw`INSERT INTO order_lines (id, order_id, position, sku, name, qty, unit_amount, items_amount,
      discount_amount, tax_amount, shipping_amount, total_amount, tax_rate_bp, tax_inclusive, weight_g, length_mm, width_mm,
      height_mm, capacity_units, backorderable, unallocated, reserved, picked, in_transit, delivered, cancelled, ever_delivered)
    VALUES (${`${id}-1`}, ${id}, 1, 'S', 'S', ${qty}, 1000, 1000, 0, 0, 0, 1000, 0, false, 1, 1, 1, 1, 1, false,
      ${qty - cancelled - arrived}, 0, 0, 0, ${arrived}, ${cancelled}, ${arrived})`;
  if (fact.by) {
    const data = JSON.stringify({by: {actor: fact.by, role: fact.by}});
    await prisma.$executeRaw`INSERT INTO events (id, order_id, seq, type, data, at)
      VALUES (gen_random_uuid(), ${id}, 1, 'order.lines_cancelled', ${data}::jsonb, ${at})`;
  }
  if (fact.due) await writePromises(prisma, id, fact);
  await writeParcel(prisma, id, fact);
  await writeMoney(prisma, id, fact);
  return id;
}

type Db = StoreContext['prisma'];

async function writePromises(prisma: Db, id: string, {due = '', delivered}: Fact): Promise<void> {
  const outcome = delivered ? (delivered <= due ? 'on_time' : 'late') : null;
  for (const part of [null, `${id}-p`]) {
    await prisma.promises.create({
      data: {
        id: part ?? id,
        order_id: id,
        sub_order_id: part,
        window_to: new Date(due),
        basis: {},
        made_at: new Date(due),
        ...(delivered && {delivered_at: new Date(delivered), outcome}),
      },
    });
  }
}

async function writeParcel(prisma: Db, id: string, fact: Fact): Promise<void> {
  const {handed_over, delivered, label} = fact;
  if (!handed_over) return;
  await prisma.parcels.create({
    data: {
      id: `${id}-parcel`,
      order_id: id,
      sub_order_id: `${id}-p`,
      position: 1,
      state: 'packed',
      expected_g: 1,
      carrier: 'SwiftPost',
      label_state: 'bought',
      status: delivered ? 'delivered' : 'in_transit',
      status_at: new Date(delivered ?? handed_over),
      handed_over_at: new Date(handed_over),
      ...(label !== undefined && {cost_amount: label, cost_currency: 'USD'}),
    },
  });
  if (fact.cheapest === undefined) return;
  const rate = (price: number) => ({terms: {price}});
  await prisma.decisions.create({
    data: {
      id: `dec_${id}`,
      order_id: id,
      kind: 'carrier',
      policy_version: 1,
      inputs: {parcel: `${id}-parcel`},
      output: {ranked: [rate(label ?? 0), rate(fact.cheapest)]},
      at: new Date(handed_over),
    },
  });
}

async function writeMoney(prisma: Db, id: string, fact: Fact): Promise<void> {
  const {captured, refunded, refunded_at, delivered} = fact;
  if (captured === undefined) return;
  const at = new Date(delivered ?? fact.placed);
  const times = {created_at: at, updated_at: at};
  const hold = {purpose: 'initial', provider: 'stripe', idempotency_key: id, amount: captured, state: 'captured'};
  await prisma.payments.create({
    data: {id: `${id}-pay`, order_id: id, currency: 'USD', captured_amount: captured, ...hold, ...times},
  });
  const capture = {
    payment_id: `${id}-pay`,
    sub_order_id: `${id}-p`,
    amount: captured,
    idempotency_key: id,
    state: 'done',
  };
  await prisma.captures.create({data: {id: `${id}-cap`, order_id: id, ...capture, ...times}});
  if (refunded === undefined) return;
  await prisma.refunds.create({
    data: {
      id: `${id}-ref`,
      order_id: id,
      payment_id: `${id}-pay`,
      capture_id: `${id}-cap`,
      kind: 'goodwill',
      lines: [],
      amount: refunded,
      currency: 'USD',
      state: 'succeeded',
      idempotency_key: `${id}-ref`,
      provider_ref: `${id}-re`,
      credit_note: `${id}-cn`,
      reason: 'r',
      requested_by: 'x',
      requested_role: 'finance',
      request_id: id,
      created_at: at,
      updated_at: new Date(refunded_at ?? at),
    },
  });
}
