import {staffOf} from '../domain/floor/sign-in.ts';
import type {Tx} from './context.ts';

const PICKS = ['picker', 'warehouse_lead'];

/** Whether a person, or a device with a key of its own, under this name picks in the warehouse, or leads it. */
export async function worksAt(tx: Tx, actor: string, warehouse: string): Promise<boolean> {
  const id = staffOf(actor);
  if (id !== null) {
    const where = {id, warehouse_id: warehouse, active: true, roles: {hasSome: PICKS}};
    return (await tx.staff.count({where})) > 0;
  }
  const here = [{warehouse_id: null}, {warehouse_id: warehouse}];
  return (await tx.api_keys.count({where: {client_id: actor, disabled_at: null, role: {in: PICKS}, OR: here}})) > 0;
}
