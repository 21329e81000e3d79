import {RECEIVING_BIN} from '../bins.ts';
import type {StoreContext} from '../context.ts';

interface BinView {
  bin: string;
  aisle: string;
  rack: string;
  shelf: string;
}

/** A bin by its code; null where nobody put one up and nothing ever lay in one of that name. */
export async function findBin(
  {prisma}: StoreContext,
  {warehouse_id, bin}: {warehouse_id: string; bin: string},
): Promise<BinView | null> {
  const found = await prisma.bins.findUnique({where: {warehouse_id_bin: {warehouse_id, bin}}});
  if (found) return {bin, aisle: found.aisle, rack: found.rack, shelf: found.shelf};
  const used = bin === RECEIVING_BIN || (await prisma.stock_bins.count({where: {warehouse_id, bin}})) > 0;
  return used ? {bin, aisle: '', rack: '', shelf: ''} : null;
}
