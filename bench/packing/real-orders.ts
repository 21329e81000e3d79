import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import type {Box, PackItem} from '../../domain/packing/types.ts';

export interface RealOrders {
  orders: PackItem[][];
  boxes: Box[];
  /** Cartons that the peer took with free turning; undefined = not told. */
  peer: number | undefined;
}

/** Real orders and cartons of a folder with orders_items.csv and boxes.csv; null when it has none. */
export function readOrders(dir: string): RealOrders | null {
  const folder = [dir, join(dir, 'packing')].find((one) => existsSync(join(one, 'orders_items.csv')));
  if (folder === undefined) return null;
  const read = (name: string) => rowsOf(readFileSync(join(folder, name), 'utf8'));
  const byOrder = new Map<string, PackItem[]>();
  for (const row of read('orders_items.csv')) {
    const items = byOrder.get(row.order_id ?? '') ?? [];
    byOrder.set(row.order_id ?? '', [...items, itemOf(row, items.length)]);
  }
  const reference = existsSync(join(folder, 'orders_reference.csv')) ? read('orders_reference.csv') : null;
  return {
    orders: [...byOrder.values()],
    boxes: read('boxes.csv').map(boxOf),
    peer: reference?.reduce((sum, row) => sum + Number(row.boxes_free), 0),
  };
}

type Row = Record<string, string>;

/** The files have no quotes in them. */
function rowsOf(csv: string): Row[] {
  const [head = '', ...lines] = csv.trim().split(/\r?\n/);
  const names = head.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((value, i) => [names[i] ?? '', value])));
}

function itemOf(row: Row, index: number): PackItem {
  return {
    line_id: `L${index}`,
    sku: row.sku ?? '',
    qty: Number(row.qty),
    weight_g: Number(row.weight_g),
    length_mm: Number(row.length_mm),
    width_mm: Number(row.width_mm),
    height_mm: Number(row.depth_mm),
  };
}

/** Every carton costs the same: the cheapest plan is the one with the fewest. */
function boxOf(row: Row): Box {
  return {
    id: row.box ?? '',
    inner_mm: [Number(row.inner_w), Number(row.inner_l), Number(row.inner_d)],
    weight_g: Number(row.empty_weight),
    max_weight_g: Number(row.max_weight),
    cost_amount: 100,
  };
}
