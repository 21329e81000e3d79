import type {CarrierLabel, CarrierShipment} from './carrier-ledger.ts';
import {groupBy} from './group-by.ts';
import {amountText} from './money-books.ts';
import type {Finding, World} from './types.ts';

interface ParcelRow {
  id: string;
  order_id: string;
  sub_order_id: string;
  position: number;
  carrier: string | null;
  tracking_number: string | null;
  shipment_ref: string | null;
  cost_amount: number | null;
  cost_currency: string | null;
  stage: string;
  source_kind: string | null;
  label_state: string;
  state: string;
  void_state: string | null;
  shipped: boolean;
}

interface Bought extends CarrierLabel {
  shipment: CarrierShipment;
}

const PARCELS = `SELECT p.id, p.order_id, p.sub_order_id, p.position, p.carrier, p.tracking_number, p.shipment_ref, p.cost_amount,
    p.cost_currency, s.stage, s.source_kind, p.label_state, p.state, p.void_state, coalesce(p.handed_over_at, p.dispatched_at) IS NOT NULL AS shipped
  FROM parcels p JOIN sub_orders s ON s.id = p.sub_order_id ORDER BY p.order_id, p.id`;

/** Labels in the carrier's books by what the shipment refers to: our parcel. */
function labelsByParcel({carrier}: World): Map<string | null, Bought[]> {
  const shipments = new Map(carrier.shipments.map((s) => [s.id, s]));
  const bought = carrier.labels.map((label): Bought => {
    const unknown = {id: label.shipment_id, reference: null, refund_status: null};
    return {...label, shipment: shipments.get(label.shipment_id) ?? unknown};
  });
  return groupBy(bought, (label) => label.shipment.reference);
}

/** Asked back and not refused: the carrier has given the money back or still looks at it. */
const isLetGo = ({voided_at, shipment}: Bought) =>
  voided_at !== null || shipment.refund_status === 'submitted' || shipment.refund_status === 'refunded';

const parcelName = (world: World, parcel: ParcelRow) => `Order ${world.nameOf(parcel.order_id)}, parcel ${parcel.id}`;
const codes = (labels: readonly Bought[]) => labels.map((label) => label.tracking_code).join(', ');

/** C1, always: at most one label that counts per parcel, and none for what is no parcel of ours. */
export async function oneLabelPerParcel(world: World): Promise<Finding[]> {
  const parcels = await world.sql<ParcelRow>(PARCELS);
  const labels = labelsByParcel(world);
  const returns = await readReturns(world);
  const known = new Set<string | null>([...parcels, ...returns].map(({id}) => id));
  const strays = [...labels].flatMap(([reference, bought]) => (known.has(reference) ? [] : bought));
  return [
    ...strays.map((label) => ({
      subject: label.tracking_code,
      sentence: `The carrier sold label ${label.tracking_code} (${amountText(label.cost, label.currency)}) for ${label.shipment.reference ?? 'nothing'}, which is no parcel of ours.`,
    })),
    ...returns.flatMap(({id, order_id}) => {
      const bought = labels.get(id) ?? [];
      if (bought.length <= 1) return [];
      const subject = world.nameOf(order_id);
      const sentence = `Order ${subject}, return ${id}: ${bought.length} labels were bought (${codes(bought)}), one is possible.`;
      return [{subject, sentence}];
    }),
    ...parcels.flatMap((parcel) => {
      const valid = (labels.get(parcel.id) ?? []).filter((label) => !isLetGo(label));
      if (valid.length <= 1) return [];
      const sentence = `${parcelName(world, parcel)}: ${valid.length} labels are paid for (${codes(valid)}), one is needed.`;
      return [{subject: world.nameOf(parcel.order_id), sentence}];
    }),
  ];
}

/** C1 at rest: every parcel that was shipped or counts as labelled has the one label that we track. */
export async function parcelsHaveTheirLabel(world: World): Promise<Finding[]> {
  const parcels = await world.sql<ParcelRow>(PARCELS);
  const labels = labelsByParcel(world);
  const ofReturns = (await readReturns(world)).flatMap((one) => returnLabelFault(world, one, labels.get(one.id) ?? []));
  const ofParcels = parcels.flatMap((parcel) => {
    const valid = (labels.get(parcel.id) ?? []).filter((label) => !isLetGo(label));
    const needed = parcel.shipped || (parcel.label_state === 'bought' && parcel.stage !== 'CANCELLED');
    if (!needed || parcel.carrier === 'own' || parcel.source_kind === 'supplier' || valid.length > 1) return [];
    const subject = world.nameOf(parcel.order_id);
    const name = parcelName(world, parcel);
    const [label] = valid;
    const what = parcel.shipped ? 'was shipped' : 'has a label by our books';
    if (!label) return [{subject, sentence: `${name} ${what}, but the carrier has no valid label for it.`}];
    if (label.tracking_code === parcel.tracking_number && label.shipment_id === parcel.shipment_ref) return [];
    const ours = `${parcel.tracking_number ?? 'no number'} (${parcel.shipment_ref ?? 'no shipment'})`;
    return [
      {subject, sentence: `${name}: we track ${ours}, the carrier sold ${label.tracking_code} (${label.shipment_id}).`},
    ];
  });
  return [...ofReturns, ...ofParcels];
}

interface ReturnLabelRow {
  id: string;
  order_id: string;
  state: string;
  label_state: string;
  tracking_number: string | null;
  cost_amount: number | null;
}

const readReturns = ({sql}: World) =>
  sql<ReturnLabelRow>(
    `SELECT id, order_id, state, label_state, tracking_number, cost_amount FROM returns WHERE kind = 'customer' ORDER BY order_id, id`,
  );

const UNSENT: readonly string[] = ['cancelled', 'expired'];

/** A return that counts as labelled has its label, one that was called off has given it back, and it costs what we say. */
function returnLabelFault(world: World, row: ReturnLabelRow, bought: readonly Bought[]): Finding[] {
  const subject = world.nameOf(row.order_id);
  const say = (text: string) => [{subject, sentence: `Order ${subject}, return ${row.id}: ${text}.`}];
  const [label] = bought;
  if (!label) return row.label_state === 'bought' ? say('it has a label by our books, but the carrier sold none') : [];
  if (label.tracking_code !== row.tracking_number && row.tracking_number !== null)
    return say(`we expect ${row.tracking_number}, the carrier sold ${label.tracking_code}`);
  if (label.cost !== row.cost_amount && row.cost_amount !== null)
    return say(`its label costs ${amountText(label.cost, label.currency)} by the carrier's books, not by ours`);
  const kept = UNSENT.includes(row.state) && !isLetGo(label) && label.shipment.refund_status !== 'rejected';
  return kept && row.label_state !== 'kept'
    ? say(`it is ${row.state}, but label ${label.tracking_code} was not given back`)
    : [];
}

/**
 * C2: the labels of a cancelled sub-order, and of a parcel that was given up, are voided; a refused void is in a
 * person's hands, or is asked for again; and what our books say of the money is what the carrier's say.
 */
export async function cancelledLabelsAreVoided(world: World): Promise<Finding[]> {
  const parcels = (await world.sql<ParcelRow>(PARCELS)).filter(
    (parcel) => parcel.stage === 'CANCELLED' || parcel.state === 'cancelled',
  );
  const labels = labelsByParcel(world);
  const tasks = await world.sql<{sub_order_id: string}>(
    `SELECT DISTINCT sub_order_id FROM tasks WHERE kind NOT IN ('pick', 'pack', 'unpick')`,
  );
  const handed = new Set(tasks.map((task) => task.sub_order_id));
  const asking = new Set(
    (
      await world.sql<{id: string}>(
        `SELECT subject_id AS id FROM side_runs WHERE kind = 'labelVoidWorkflow' AND ended_at IS NULL`,
      )
    ).map(({id}) => id),
  );
  return parcels.flatMap((parcel) => {
    const kept = (labels.get(parcel.id) ?? []).filter((label) => !isLetGo(label));
    const person = handed.has(parcel.sub_order_id) || world.orders.get(parcel.order_id)?.waiting_on === 'ops';
    // a run that waits to ask again has not given up
    const inHand = person || (parcel.void_state === 'rejected' && asking.has(parcel.id));
    const misread = (labels.get(parcel.id) ?? []).filter(
      (label) =>
        (parcel.void_state === 'refunded') !== (label.shipment.refund_status === 'refunded') && !asking.has(parcel.id),
    );
    const told = misread.map((label) => ({
      subject: world.nameOf(parcel.order_id),
      sentence: `${parcelName(world, parcel)}: the money for label ${label.tracking_code} is ${parcel.void_state ?? 'not asked for'} by our books, ${label.shipment.refund_status ?? 'not asked for'} by the carrier's.`,
    }));
    const left = kept
      .filter((label) => !(label.shipment.refund_status === 'rejected' && inHand))
      .map((label) => {
        const why =
          label.shipment.refund_status === 'rejected'
            ? 'the void was refused and nobody was told'
            : 'it was never voided';
        const text = `${label.tracking_code} costs ${amountText(label.cost, label.currency)} and ${why}`;
        const sentence = `${parcelName(world, parcel)}: its shipment was cancelled, but label ${text}.`;
        return {subject: world.nameOf(parcel.order_id), sentence};
      });
    return left.length > 0 ? left : told;
  });
}

/** C5: a label costs in our books what it costs in the carrier's. */
export async function labelCostsAgree(world: World): Promise<Finding[]> {
  const parcels = await world.sql<ParcelRow>(PARCELS);
  const sold = new Map(world.carrier.labels.map((label) => [label.tracking_code, label]));
  return parcels.flatMap((parcel) => {
    const label = sold.get(parcel.tracking_number ?? '');
    if (!label) return [];
    const theirs = amountText(label.cost, label.currency);
    const ours =
      parcel.cost_amount === null ? 'nothing' : amountText(parcel.cost_amount, parcel.cost_currency ?? label.currency);
    if (ours === theirs) return [];
    const sentence = `${parcelName(world, parcel)}: label ${label.tracking_code} costs ${ours} by our books, ${theirs} by the carrier's.`;
    return [{subject: world.nameOf(parcel.order_id), sentence}];
  });
}

const PACKED = ['PACKED', 'IN_TRANSIT', 'OUT_FOR_DELIVERY', 'DELIVERED', 'RETURN_TO_SENDER'];

/** C3: once there are parcels, and from packing on, they hold exactly what was picked for their shipment, each its own. */
export async function parcelsHoldWhatWasPicked(world: World): Promise<Finding[]> {
  const rows = await world.sql<{
    order_id: string;
    position: number;
    sku: string;
    picked: number;
    qty: number;
    boxed: number;
  }>(
    `WITH boxed AS (
       SELECT p.sub_order_id, i.line_id, sum(i.qty) AS boxed FROM parcel_items i JOIN parcels p ON p.id = i.parcel_id
        WHERE p.state <> 'cancelled' GROUP BY 1, 2)
     SELECT s.order_id, s.position, coalesce(l.sku, b.line_id) AS sku, coalesce(l.picked, 0) AS picked,
            coalesce(l.qty, 0) AS qty, coalesce(b.boxed, 0) AS boxed
       FROM sub_order_lines l FULL JOIN boxed b USING (sub_order_id, line_id) JOIN sub_orders s ON s.id = sub_order_id
      WHERE ((s.stage = ANY($1) OR EXISTS (SELECT FROM parcels p WHERE p.sub_order_id = s.id AND p.state <> 'cancelled' AND s.stage <> 'CANCELLED'
              AND EXISTS (SELECT FROM parcel_items i WHERE i.parcel_id = p.id)))
             AND coalesce(b.boxed, 0) <> coalesce(l.picked, 0)) OR coalesce(b.boxed, 0) > coalesce(l.qty, 0)
      ORDER BY s.order_id, s.position`,
    [PACKED],
  );
  const counted = rows.map((row) => ({
    subject: world.nameOf(row.order_id),
    sentence:
      `Order ${world.nameOf(row.order_id)}, shipment ${row.position}: ${row.boxed} units of ${row.sku} are in its parcels, ` +
      `${row.picked} of ${row.qty} were picked.`,
  }));
  return [...counted, ...(await strayContents(world))];
}

/** What lies in a parcel is of the parcel's own order, and of the item that the line names; a parcel is of its shipment's order. */
async function strayContents(world: World): Promise<Finding[]> {
  const rows = await world.sql<{order_id: string; parcel_id: string; sku: string; qty: number}>(
    `SELECT p.order_id, p.id AS parcel_id, i.sku, i.qty FROM parcel_items i LEFT JOIN parcels p ON p.id = i.parcel_id
       LEFT JOIN order_lines l ON l.id = i.line_id LEFT JOIN sub_orders s ON s.id = p.sub_order_id
      WHERE p.id IS NULL OR l.order_id IS DISTINCT FROM p.order_id OR l.sku IS DISTINCT FROM i.sku
         OR s.order_id IS DISTINCT FROM p.order_id ORDER BY 1, 2`,
  );
  return rows.map(({order_id, parcel_id, sku, qty}) => {
    const subject = world.nameOf(order_id);
    return {
      subject,
      sentence: `Order ${subject}, parcel ${parcel_id}: ${qty} units of ${sku} are in it, which do not belong there.`,
    };
  });
}
