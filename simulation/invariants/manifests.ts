import type {Finding, World} from './types.ts';

/**
 * C12: a parcel is on one manifest at most, and that is there; what is on a made one was labelled by its carrier and leaves
 * its warehouse; and the platform's form of that name lists those parcels.
 */
export async function manifestsAreWhole(world: World): Promise<Finding[]> {
  const {sql, carrier} = world;
  const strange = await sql<{parcel_id: string; manifest_id: string; known: boolean}>(
    `SELECT x.parcel_id, x.manifest_id, m.id IS NOT NULL AS known FROM manifest_parcels x
       LEFT JOIN manifests m ON m.id = x.manifest_id LEFT JOIN parcels p ON p.id = x.parcel_id
       LEFT JOIN sub_orders s ON s.id = p.sub_order_id
      WHERE m.id IS NULL OR m.state = 'failed' OR p.carrier IS DISTINCT FROM m.carrier OR p.shipment_ref IS NULL
         OR p.label_state NOT IN ('bought', 'voided') OR s.source_id IS DISTINCT FROM m.warehouse_id
      ORDER BY x.parcel_id`,
  );
  const made = await sql<{id: string; platform_ref: string; tracking: string[]}>(
    `SELECT m.id, m.platform_ref, coalesce(array_agg(p.tracking_number) FILTER (WHERE p.id IS NOT NULL), '{}') AS tracking
       FROM manifests m LEFT JOIN manifest_parcels x ON x.manifest_id = m.id LEFT JOIN parcels p ON p.id = x.parcel_id
      WHERE m.state = 'made' GROUP BY m.id ORDER BY m.id`,
  );
  const forms = carrier.scan_forms && new Map(carrier.scan_forms.map((form) => [form.id, form.tracking_codes]));
  return [
    ...strange.map(({parcel_id, manifest_id, known}) => ({
      subject: parcel_id,
      sentence: known
        ? `Parcel ${parcel_id} is on manifest ${manifest_id}, which is not for such a parcel.`
        : `Parcel ${parcel_id} is on manifest ${manifest_id}, which is not there.`,
    })),
    ...made.flatMap(({id, platform_ref, tracking}) => {
      if (tracking.length === 0) return [{subject: id, sentence: `Manifest ${id} was made of nothing.`}];
      const form = forms && (forms.get(platform_ref) ?? []);
      // somebody may have put more on the form by hand
      const missing = form ? tracking.filter((code) => !form.includes(code)) : [];
      if (missing.length === 0) return [];
      return [
        {
          subject: id,
          sentence: `Manifest ${id} has ${missing.join(', ')}; form ${platform_ref} of the platform has not.`,
        },
      ];
    }),
  ];
}
