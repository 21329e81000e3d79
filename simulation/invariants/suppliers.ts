import {groupBy} from './group-by.ts';
import type {SupplierOrder} from './supplier-ledger.ts';
import type {Finding, World} from './types.ts';

interface PartRow {
  id: string;
  order_id: string;
  position: number;
  stage: string;
  source_id: string | null;
  purchase_id: string | null;
  supplier_id: string | null;
  state: string | null;
}

const LIVE: readonly string[] = ['open', 'price_changed', 'acknowledged', 'shipped'];
/** Stages in which nothing has left the supplier yet. */
const AT_THE_SUPPLIER: readonly string[] = ['ALLOCATED'];

const partName = (world: World, row: {order_id: string; position: number}) =>
  `Order ${world.nameOf(row.order_id)}, shipment ${row.position}`;

/** D1: what a supplier sends has one purchase order, with it, live as long as the part is; its lines are the part's units. */
export async function partsHaveTheirPurchase(world: World): Promise<Finding[]> {
  return [...(await onePurchaseEach(world)), ...(await linesAgree(world)), ...(await noneWithoutPart(world))];
}

async function onePurchaseEach(world: World): Promise<Finding[]> {
  const rows = await world.sql<PartRow>(
    `SELECT s.id, s.order_id, s.position, s.stage, s.source_id, p.id AS purchase_id, p.supplier_id, p.state
       FROM sub_orders s LEFT JOIN purchase_orders p ON p.sub_order_id = s.id
      WHERE s.source_kind = 'supplier' ORDER BY s.order_id, s.position, p.id`,
  );
  return [...groupBy(rows, (row) => row.id).values()].flatMap((own) => {
    const [part] = own;
    if (!part) return [];
    const say = (what: string) => [
      {subject: world.nameOf(part.order_id), sentence: `${partName(world, part)}: ${what}.`},
    ];
    if (part.purchase_id === null) return say(`${part.source_id} is to send it, but has no purchase order for it`);
    if (own.length > 1) return say(`there are ${own.length} purchase orders for it, one is needed`);
    if (part.supplier_id !== part.source_id)
      return say(`it is to come from ${part.source_id}, but its purchase order is with ${part.supplier_id}`);
    const live = LIVE.includes(part.state ?? '');
    if (part.stage === 'CANCELLED' ? live : !live) {
      return say(`it is ${part.stage}, but its purchase order is ${part.state?.replaceAll('_', ' ')}`);
    }
    return [];
  });
}

/** Units of a purchase order that are still wanted, and those sent, are the part's; no more were promised than are wanted. */
async function linesAgree(world: World): Promise<Finding[]> {
  const rows = await world.sql<{
    order_id: string;
    position: number;
    sku: string;
    wanted: number;
    units: number;
    sent: number;
    shipped: number;
    promised: number;
  }>(
    `WITH asked AS (
       SELECT o.sub_order_id, l.line_id, l.sku, l.qty - l.cancelled - l.missing AS wanted, l.shipped AS sent
         FROM purchase_order_lines l JOIN purchase_orders o ON o.id = l.purchase_id),
     promised AS (
       SELECT sub_order_id, line_id, sum(qty) AS promised FROM supplier_promises WHERE state = 'open' GROUP BY 1, 2),
     parts AS (
       SELECT p.sub_order_id, p.line_id, p.sku, p.qty - p.cancelled AS units, p.shipped FROM sub_order_lines p
         JOIN sub_orders s ON s.id = p.sub_order_id WHERE s.source_kind = 'supplier')
     SELECT s.order_id, s.position, coalesce(a.sku, p.sku) AS sku, coalesce(a.wanted, 0) AS wanted, coalesce(p.units, 0) AS units,
            coalesce(a.sent, 0) AS sent, coalesce(p.shipped, 0) AS shipped, coalesce(r.promised, 0) AS promised
       FROM asked a FULL JOIN parts p USING (sub_order_id, line_id) JOIN sub_orders s ON s.id = sub_order_id
       LEFT JOIN promised r USING (sub_order_id, line_id)
      WHERE coalesce(a.wanted, 0) <> coalesce(p.units, 0) OR coalesce(a.sent, 0) <> coalesce(p.shipped, 0)
         OR coalesce(a.wanted, 0) - coalesce(a.sent, 0) <> coalesce(r.promised, 0) ORDER BY 1, 2, 3`,
  );
  return rows.map((row) => ({
    subject: world.nameOf(row.order_id),
    sentence:
      `${partName(world, row)}: the supplier is asked for ${row.wanted} of ${row.sku}, has promised ${row.promised} more and sent ${row.sent}, ` +
      `the shipment has ${row.units}, of them ${row.shipped} on the road or further.`,
  }));
}

async function noneWithoutPart(world: World): Promise<Finding[]> {
  const rows = await world.sql<{id: string; order_id: string}>(
    `SELECT p.id, p.order_id FROM purchase_orders p LEFT JOIN sub_orders s ON s.id = p.sub_order_id
      WHERE s.source_kind IS DISTINCT FROM 'supplier' OR s.order_id <> p.order_id ORDER BY p.id`,
  );
  return rows.map(({id, order_id}) => {
    const subject = world.nameOf(order_id);
    return {subject, sentence: `Order ${subject}: purchase order ${id} belongs to no shipment of a supplier.`};
  });
}

/** D2: what is promised of an offer is what orders were promised; nothing was sent that was not acknowledged. */
export async function promisesAddUp(world: World): Promise<Finding[]> {
  const offers = await world.sql<{supplier_id: string; sku: string; promised: number; open: number}>(
    `WITH open AS (SELECT supplier_id, sku, sum(qty) AS open FROM supplier_promises WHERE state = 'open' GROUP BY 1, 2)
     SELECT supplier_id, sku, coalesce(f.promised, 0) AS promised, coalesce(o.open, 0) AS open
       FROM supplier_offers f FULL JOIN open o USING (supplier_id, sku) WHERE coalesce(f.promised, 0) <> coalesce(o.open, 0)
      ORDER BY 1, 2`,
  );
  const sent = await world.sql<{order_id: string; id: string; sku: string; shipped: number; acknowledged: number}>(
    `SELECT o.order_id, o.id, l.sku, l.shipped, coalesce(l.acknowledged, 0) AS acknowledged FROM purchase_order_lines l
       JOIN purchase_orders o ON o.id = l.purchase_id WHERE l.shipped > coalesce(l.acknowledged, 0) ORDER BY o.id`,
  );
  const overdue = await world.sql<{order_id: string; id: string; acknowledge_by: Date}>(
    `SELECT order_id, id, acknowledge_by FROM purchase_orders WHERE state = 'open' ORDER BY id`,
  );
  return [
    ...offers.map(({supplier_id, sku, promised, open}) => ({
      subject: `${sku}@${supplier_id}`,
      sentence: `${sku} at ${supplier_id}: ${promised} units count as promised, but orders were promised ${open}.`,
    })),
    ...sent.map(({order_id, id, sku, shipped, acknowledged}) => {
      const subject = world.nameOf(order_id);
      const sentence = `Order ${subject}: ${shipped} of ${sku} were sent for purchase order ${id}, but ${acknowledged} were acknowledged.`;
      return {subject, sentence};
    }),
    ...overdue
      .filter((row) => row.acknowledge_by.getTime() < overdueBefore(world))
      .map(({order_id, id, acknowledge_by}) => {
        const subject = world.nameOf(order_id);
        const sentence = `Order ${subject}: purchase order ${id} should have been given up at ${acknowledge_by.toISOString()}, and still waits.`;
        return {subject, sentence};
      }),
  ];
}

/** A deadline is kept within a virtual hour and what passes in two real minutes: a worker may have to come back first. */
const overdueBefore = ({now, speed}: World): number => now - (60 + 2 * speed) * 60_000;

interface AskedRow {
  id: string;
  order_id: string;
  supplier_id: string;
  sub_order_id: string;
  stage: string;
  /** the message that asks for the units is said to have arrived */
  sent: boolean;
  lines: {line_id: string; sku: string; qty: number}[];
}

/** D3, always: what suppliers have of us are our purchase orders, one for each shipment, over the units we wrote down. */
export async function suppliersWereAskedOnce(world: World): Promise<Finding[]> {
  const known = new Map((await askedRows(world)).map((row) => [row.id, row]));
  return [
    ...strangers(world, known),
    ...twiceForOnePart(world),
    ...(world.suppliers?.orders ?? []).flatMap((order) => {
      const row = known.get(order.purchase_order_id);
      return row ? oddities(world, row, order) : [];
    }),
  ];
}

/** D3 at rest: a purchase order that is said to be sent arrived, and nothing is on the road that nobody was asked for. */
export async function suppliersWereAsked(world: World): Promise<Finding[]> {
  const theirs = new Map((world.suppliers?.orders ?? []).map((order) => [order.purchase_order_id, order]));
  return (await askedRows(world)).flatMap((row) => {
    const asked = (theirs.get(row.id)?.lines.length ?? 0) > 0;
    const sent = row.sent || ![...AT_THE_SUPPLIER, 'CANCELLED'].includes(row.stage);
    if (asked || !sent) return [];
    const what = row.sent ? 'was sent' : `is ${row.stage}`;
    const subject = world.nameOf(row.order_id);
    const sentence = `Order ${subject}: purchase order ${row.id} ${what}, but ${row.supplier_id} never heard of it.`;
    return [{subject, sentence}];
  });
}

function oddities(world: World, row: AskedRow, order: SupplierOrder): Finding[] {
  const subject = world.nameOf(row.order_id);
  const say = (what: string) => [{subject, sentence: `Order ${subject}: purchase order ${row.id} ${what}.`}];
  if (order.supplier_id !== row.supplier_id)
    return say(`was meant for ${row.supplier_id}, but ${order.supplier_id} has it`);
  if (order.lines.length > 0 && linesText(order.lines) !== linesText(row.lines)) {
    return say(`asks for ${linesText(row.lines)}, but ${row.supplier_id} was asked for ${linesText(order.lines)}`);
  }
  const asked = order.messages.filter(({type}) => type === 'purchase_order.created');
  return asked.length > 1 ? say(`was sent ${asked.length} times, each time as a new message`) : [];
}

function askedRows(world: World): Promise<AskedRow[]> {
  return world.sql<AskedRow>(
    `SELECT o.id, o.order_id, o.supplier_id, o.sub_order_id, s.stage,
            EXISTS (SELECT FROM purchase_messages m WHERE m.purchase_id = o.id AND m.kind = 'order' AND m.state = 'sent') AS sent,
            (SELECT json_agg(json_build_object('line_id', l.line_id, 'sku', l.sku, 'qty', l.qty)) FROM purchase_order_lines l
              WHERE l.purchase_id = o.id) AS lines
       FROM purchase_orders o JOIN sub_orders s ON s.id = o.sub_order_id JOIN suppliers u ON u.id = o.supplier_id
      WHERE u.webhook_url IS NOT NULL ORDER BY o.id`,
  );
}

const linesText = (lines: readonly {line_id: string; sku: string; qty: number}[]) =>
  lines
    .map(({line_id, sku, qty}) => `${qty} of ${sku} (${line_id})`)
    .sort()
    .join(', ');

function strangers(world: World, known: ReadonlyMap<string, AskedRow>): Finding[] {
  return (world.suppliers?.orders ?? [])
    .filter((order) => !known.has(order.purchase_order_id))
    .map((order) => ({
      subject: order.purchase_order_id,
      sentence: `${order.supplier_id} has a purchase order ${order.purchase_order_id} of ours that we do not know.`,
    }));
}

function twiceForOnePart(world: World): Finding[] {
  const asked = (world.suppliers?.orders ?? []).filter((order: SupplierOrder) => order.lines.length > 0);
  return [...groupBy(asked, (order) => order.reference).values()]
    .filter((orders) => orders.length > 1)
    .map((orders) => ({
      subject: orders[0]?.reference ?? '',
      sentence: `Shipment ${orders[0]?.reference}: suppliers were asked for it with ${orders.length} purchase orders.`,
    }));
}
