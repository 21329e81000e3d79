import {IMMEDIATE, type WaveTerms} from '../domain/picking/wave-rules.ts';
import type {StoreContext, Tx} from './context.ts';

/** By what rule the warehouse releases waves. */
export async function readWaveTerms(tx: Pick<Tx, 'wave_terms'>, warehouse: string): Promise<WaveTerms> {
  const row = await tx.wave_terms.findUnique({where: {warehouse_id: warehouse}});
  return {...IMMEDIATE, ...(row?.body as Partial<WaveTerms> | undefined)};
}

/** False when there is no such warehouse. What is released already stays so. */
export async function putWaveTerms(context: StoreContext, warehouse: string, terms: WaveTerms): Promise<boolean> {
  const {prisma} = context;
  if ((await prisma.warehouses.count({where: {id: warehouse}})) === 0) return false;
  const row = {body: JSON.parse(JSON.stringify(terms)), updated_at: context.now()};
  await prisma.wave_terms.upsert({
    where: {warehouse_id: warehouse},
    create: {warehouse_id: warehouse, ...row},
    update: row,
  });
  return true;
}
