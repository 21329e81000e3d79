import type {Finding, World} from './types.ts';

/**
 * C11: no parcel has a label for an address that no carrier knows and no person accepted, and an address that was corrected
 * is kept beside the one that was typed.
 */
export async function addressesAreKnown(world: World): Promise<Finding[]> {
  const labelled = await world.sql<{id: string; order_id: string}>(
    `SELECT p.id, p.order_id FROM parcels p JOIN orders o ON o.id = p.order_id
       JOIN address_checks c ON c.order_id = o.id AND c.address_hash = o.address_hash
      WHERE c.verdict = 'unverifiable' AND p.label_state = 'bought' AND p.state <> 'cancelled'
        AND EXISTS (SELECT 1 FROM sub_orders s WHERE s.id = p.sub_order_id AND s.source_kind = 'warehouse') ORDER BY p.id`,
  );
  const lost = await world.sql<{order_id: string}>(
    `SELECT c.order_id FROM address_checks c JOIN orders o ON o.id = c.order_id AND o.address_hash = c.address_hash
      WHERE c.verdict = 'corrected'
        AND EXISTS (SELECT 1 FROM personal_data d WHERE d.subject = 'order:' || o.id AND d.field = 'ship_to')
        AND NOT EXISTS (SELECT 1 FROM personal_data d WHERE d.subject = 'order:' || o.id AND d.field = 'ship_to_corrected')
      ORDER BY c.order_id`,
  );
  return [
    ...labelled.map(({id, order_id}) => {
      const subject = world.nameOf(order_id);
      return {
        subject,
        sentence: `Order ${subject}, parcel ${id}: it has a label for an address that no carrier knows.`,
      };
    }),
    ...lost.map(({order_id}) => {
      const subject = world.nameOf(order_id);
      return {subject, sentence: `Order ${subject}: its address was corrected, and the correction is gone.`};
    }),
  ];
}
