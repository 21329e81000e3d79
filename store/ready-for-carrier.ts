import type {Tx} from './context.ts';
import {Prisma} from './generated/client.ts';

/** Of parcels `p` of parts `s`: labelled, still in this warehouse, a name or a column, and wanted at the door. */
export const readyIn = (warehouse: string | Prisma.Sql): Prisma.Sql => Prisma.sql`(
  s.source_kind = 'warehouse' AND s.source_id = ${warehouse} AND p.label_state = 'bought' AND p.void_state IS NULL
  AND p.state <> 'cancelled' AND p.shipment_ref IS NOT NULL AND p.handed_over_at IS NULL)`;

export interface Ready {
  parcels: number;
  weight_g: number;
  /** the first one's shipment; null: there is none */
  shipment_ref: string | null;
}

/** What a carrier has to fetch from a warehouse now. */
export async function readyFor(tx: Pick<Tx, '$queryRaw'>, warehouse: string, carrier: string): Promise<Ready> {
  const [found] = await tx.$queryRaw<Ready[]>`SELECT count(*)::int AS parcels,
      coalesce(sum(coalesce(p.weight_g, p.expected_g)), 0)::int AS weight_g, min(p.shipment_ref) AS shipment_ref
    FROM parcels p JOIN sub_orders s ON s.id = p.sub_order_id WHERE p.carrier = ${carrier} AND ${readyIn(warehouse)}`;
  return found ?? {parcels: 0, weight_g: 0, shipment_ref: null};
}
