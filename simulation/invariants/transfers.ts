import type {Finding, World} from './types.ts';

interface Row {
  reference: string;
  sku: string;
  qty: number;
  from_warehouse: string;
  to_warehouse: string;
  arrived: number;
  went: number;
  came: number;
}

/** S1 of transfers: what left one site is on its way, or came to the other one, or is written off; never in both. */
export async function transfersAreInOnePlace({sql}: World): Promise<Finding[]> {
  const rows = await sql<Row>(
    `SELECT t.reference, t.sku, t.qty, t.from_warehouse, t.to_warehouse, t.arrived,
            coalesce(-o.d_on_hand, 0) AS went, coalesce(i.d_on_hand, 0) AS came
       FROM transfers t
       LEFT JOIN stock_moves o ON o.cause = 'transfer_out:' || t.id AND o.warehouse_id = t.from_warehouse AND o.sku = t.sku
       LEFT JOIN stock_moves i ON i.cause = 'transfer_in:' || t.id AND i.warehouse_id = t.to_warehouse AND i.sku = t.sku
      WHERE coalesce(-o.d_on_hand, 0) <> t.qty OR coalesce(i.d_on_hand, 0) <> t.arrived
         OR (t.state <> 'arrived' AND t.arrived <> 0) ORDER BY t.reference`,
  );
  return rows.map((row) => ({
    subject: `${row.sku}@${row.from_warehouse}`,
    sentence:
      `Transfer ${row.reference} of ${row.qty} ${row.sku} from ${row.from_warehouse} to ${row.to_warehouse}: the stock ledger ` +
      `took out ${row.went} and put in ${row.came}, of which ${row.arrived} have arrived.`,
  }));
}
