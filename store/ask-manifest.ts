import {dateAt} from '../domain/calendar/local-time.ts';
import type {StoreContext} from './context.ts';
import {newId} from './ids.ts';
import {logDecision} from './log-decision.ts';
import {readyIn} from './ready-for-carrier.ts';
import {transact} from './transact.ts';

/** Parcels of one form; what is more comes with the next. */
const MOST_PARCELS = 500;

export interface ManifestWish {
  warehouse: {id: string; timezone: string};
  carrier: string;
  by: string;
  /** the same for every repeat of a call */
  request_id: string;
}

/**
 * Takes the labelled parcels of a carrier that are still in the warehouse and in no manifest into a new one, which the relay
 * asks the platform for. Null when there are none. Of two at once each parcel is in one only.
 */
export function askManifest(context: StoreContext, wish: ManifestWish): Promise<string | null> {
  return transact(context, async (tx) => {
    const {warehouse, carrier, by: asked_by, request_id} = wish;
    const known = await tx.manifests.findUnique({where: {request_id}});
    if (known) return known.id;
    const at = context.now();
    const id = newId('man', at);
    const parcels = await tx.$executeRaw`
      INSERT INTO manifest_parcels (parcel_id, manifest_id)
      SELECT p.id, ${id} FROM parcels p JOIN sub_orders s ON s.id = p.sub_order_id
       WHERE p.carrier = ${carrier} AND ${readyIn(warehouse.id)}
         AND NOT EXISTS (SELECT 1 FROM manifest_parcels m WHERE m.parcel_id = p.id)
       ORDER BY p.id LIMIT ${MOST_PARCELS} ON CONFLICT (parcel_id) DO NOTHING`;
    if (parcels === 0) return null;
    const day = dateAt(at.getTime(), warehouse.timezone);
    const row = {id, warehouse_id: warehouse.id, carrier, day, request_id, asked_by, due_at: at, created_at: at};
    await tx.manifests.create({data: {...row, state: 'open'}});
    const inputs = {manifest_id: id, warehouse: warehouse.id, carrier, day, by: asked_by};
    await logDecision(context, tx, {kind: 'manifest', inputs, output: {state: 'open', parcels}});
    return id;
  });
}
