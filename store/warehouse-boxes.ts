import type {StoreContext, Tx} from './context.ts';
import type {boxes} from './generated/client.ts';

/** A box as a warehouse has it. */
export interface BoxThere extends boxes {
  /** null: it does not run out */
  on_hand: number | null;
}

/**
 * The boxes a warehouse has, with what they cost there; those of the whole catalogue where it lists none of its own.
 */
export async function boxesAt(tx: Tx, warehouse: string): Promise<BoxThere[]> {
  const catalogue = await tx.boxes.findMany({orderBy: {id: 'asc'}});
  const listed = await tx.warehouse_boxes.findMany({where: {warehouse_id: warehouse}});
  if (listed.length === 0) return catalogue.map((box) => ({...box, on_hand: null}));
  return catalogue.flatMap((box) =>
    listed
      .filter(({box_id}) => box_id === box.id)
      .map(({on_hand, cost_amount}) => ({...box, on_hand, cost_amount: cost_amount ?? box.cost_amount})),
  );
}

/** Those that are left; all of them where the counts say that there is none, which nobody can pack with. */
export async function boxesLeftAt(tx: Tx, warehouse: string): Promise<BoxThere[]> {
  const all = await boxesAt(tx, warehouse);
  const left = all.filter(({on_hand}) => on_hand === null || on_hand > 0);
  return left.length > 0 ? left : all;
}

export interface BoxThereInput {
  warehouse_id: string;
  box_id: string;
  on_hand: number | null;
  /** minor units of the box's currency; null: as in the catalogue */
  cost_amount: bigint | null;
}

/** Says that the warehouse has the box, how many (a new count replaces the old one) and what it costs there. */
export async function putWarehouseBox(
  context: StoreContext,
  {warehouse_id, box_id, ...given}: BoxThereInput,
): Promise<'stored' | 'no_warehouse' | 'no_box'> {
  const {prisma} = context;
  if ((await prisma.warehouses.count({where: {id: warehouse_id}})) === 0) return 'no_warehouse';
  if ((await prisma.boxes.count({where: {id: box_id}})) === 0) return 'no_box';
  const row = {...given, updated_at: context.now()};
  await prisma.warehouse_boxes.upsert({
    where: {warehouse_id_box_id: {warehouse_id, box_id}},
    create: {warehouse_id, box_id, ...row},
    update: row,
  });
  return 'stored';
}

/** One box less; a count that was too low stays at none. */
export async function takeBox(tx: Tx, warehouse: string, box: string): Promise<void> {
  const where = {warehouse_id: warehouse, box_id: box, on_hand: {gt: 0}};
  await tx.warehouse_boxes.updateMany({where, data: {on_hand: {decrement: 1}}});
}
