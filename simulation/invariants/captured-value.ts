import {amountText, total} from './money-books.ts';
import type {Finding, World} from './types.ts';

/** With one of these an order says itself that money is missing. */
const NAMED_STOPS: readonly (string | null)[] = ['payment_renewal', 'payment_method', 'ops'];

/** M3: captured is the value of what was delivered; lost and cancelled units cost nothing. */
export async function capturedIsDelivered(world: World): Promise<Finding[]> {
  return [...(await capturedAgainstParts(world)), ...(await partsAgainstSnapshot(world))];
}

async function capturedAgainstParts(world: World): Promise<Finding[]> {
  const rows = await world.sql<{order_id: string; delivered: number}>(
    `SELECT s.order_id, sum(l.amount * l.delivered / nullif(l.qty, 0)) AS delivered
       FROM sub_order_lines l JOIN sub_orders s ON s.id = l.sub_order_id GROUP BY s.order_id`,
  );
  const delivered = new Map(rows.map((row) => [row.order_id, row.delivered ?? 0]));
  return [...world.orders.values()].flatMap((order) => {
    const due = delivered.get(order.id) ?? 0;
    const captured = total(world.money.byOrder.get(order.id), (h) => h.captured);
    if (captured === due || (captured < due && NAMED_STOPS.includes(order.waiting_on))) return [];
    const [was, should] = [captured, due].map((amount) => amountText(amount, order.currency));
    const sentence = `Order ${order.number}: ${was} was captured, but what was delivered is worth ${should}.`;
    return [{subject: order.number, sentence}];
  });
}

interface LineValue {
  order_id: string;
  position: number;
  name: string;
  qty: number;
  delivered: number;
  total_amount: number;
  worth: number;
  parts: number;
}

/** Each part's share may lose less than one minor unit; a line delivered whole is worth its whole snapshot price. */
async function partsAgainstSnapshot(world: World): Promise<Finding[]> {
  const rows = await world.sql<LineValue>(
    `SELECT o.order_id, o.position, o.name, o.qty, o.delivered, o.total_amount, p.worth, p.parts
       FROM order_lines o JOIN (
         SELECT line_id, sum(amount * delivered / nullif(qty, 0)) AS worth, count(*) AS parts
           FROM sub_order_lines GROUP BY line_id) p ON p.line_id = o.id
      WHERE o.delivered > 0 AND CASE WHEN o.delivered = o.qty THEN p.worth <> o.total_amount
        ELSE abs(p.worth * o.qty - o.total_amount * o.delivered) >= p.parts * o.qty END`,
  );
  return rows.map((row) => {
    const order = world.orders.get(row.order_id);
    const currency = order?.currency ?? 'USD';
    const subject = world.nameOf(row.order_id);
    const [worth, price] = [row.worth, row.total_amount].map((amount) => amountText(amount, currency));
    const sentence =
      `Order ${subject}, line ${row.position}: ${row.delivered} of ${row.qty} units are delivered and charged at ${worth}, ` +
      `which is not their share of the line's price ${price}.`;
    return {subject, sentence};
  });
}
