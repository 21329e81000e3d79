import type {StoreContext} from '../context.ts';

/** Manifests of a warehouse, newest first, each with its parcels; `id` finds one of them. */
export async function readManifests(context: StoreContext, asked: {warehouse: string; id?: string; limit?: number}) {
  const {prisma} = context;
  const {warehouse: warehouse_id, id, limit = 1} = asked;
  const rows = await prisma.manifests.findMany({
    where: {warehouse_id, ...(id !== undefined && {id})},
    orderBy: [{created_at: 'desc'}, {id: 'desc'}],
    take: limit,
  });
  const members = await prisma.manifest_parcels.findMany({where: {manifest_id: {in: rows.map((row) => row.id)}}});
  const parcels = await prisma.parcels.findMany({
    where: {id: {in: members.map(({parcel_id}) => parcel_id)}},
    select: {id: true, order_id: true, tracking_number: true, void_state: true, label_state: true},
    orderBy: {id: 'asc'},
  });
  const manifestOf = new Map(members.map(({parcel_id, manifest_id}) => [parcel_id, manifest_id]));
  return rows.map(({id: manifest_id, carrier, day, state, form_url, failure, created_at, made_at}) => ({
    manifest_id,
    warehouse: warehouse_id,
    carrier,
    day,
    state,
    form_url,
    failure,
    created_at: created_at.toISOString(),
    made_at: made_at?.toISOString() ?? null,
    parcels: parcels
      .filter((parcel) => manifestOf.get(parcel.id) === manifest_id)
      .map((parcel) => ({
        parcel_id: parcel.id,
        order_id: parcel.order_id,
        tracking_number: parcel.tracking_number,
        voided: parcel.label_state === 'voided' || parcel.void_state !== null,
      })),
  }));
}
