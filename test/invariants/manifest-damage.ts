import type {Damage} from './damage.ts';
import type {Books} from './rows.ts';

const PARCEL = 'par_sub_ord_1_1';

/** The platform has a form with so many of its parcel's tracking numbers. */
const onForm = (books: Books, has: boolean) => {
  const shipment = books.carrier.shipments.find(({reference}) => reference === PARCEL);
  const label = books.carrier.labels.find(({shipment_id}) => shipment_id === shipment?.id);
  books.carrier.scan_forms = [{id: 'sf_1', tracking_codes: has && label ? [label.tracking_code] : []}];
};
const MADE = [
  `UPDATE parcels SET carrier = 'Teak' WHERE id = '${PARCEL}'`,
  `INSERT INTO manifest_parcels VALUES ('${PARCEL}', 'man_1')`,
  `INSERT INTO manifests (id, warehouse_id, carrier, day, state, request_id, asked_by, due_at, platform_ref, created_at, made_at)
    SELECT 'man_1', s.source_id, 'Teak', '2026-05-06', 'made', 'r', 'ops', now(), 'sf_1', now(), now()
      FROM parcels p JOIN sub_orders s ON s.id = p.sub_order_id WHERE p.id = '${PARCEL}'`,
];
const damaged = (title: string, subject: string, sql: string[], has = true): Damage => ({
  title,
  fires: ['C12'],
  subject,
  sql: [...MADE, ...sql],
  books: (books) => onForm(books, has),
});

export const MANIFEST_DAMAGE: readonly Damage[] = [
  {...damaged('a manifest that is as the platform has it', PARCEL, []), fires: []},
  damaged('a parcel on the manifest of another carrier', PARCEL, [`UPDATE manifests SET carrier = 'Oak'`]),
  damaged('a parcel on the manifest of another warehouse', PARCEL, [`UPDATE manifests SET warehouse_id = 'NOWHERE'`]),
  damaged('a parcel on a manifest that failed', PARCEL, [`UPDATE manifests SET state = 'failed'`]),
  damaged('a parcel on a manifest that is gone', PARCEL, ['DELETE FROM manifests']),
  damaged('a manifest of nothing', 'man_1', ['DELETE FROM manifest_parcels']),
  damaged('a manifest that the platform never made', 'man_1', [], false),
];
