import type {Body} from '../../domain/set-up/judge.ts';
import type {StoreContext, Tx} from '../context.ts';
import {settleStaff, type StaffInput} from '../put-staff.ts';

/** As `putStaff` does, many at once: with what it keeps of each, and who is signed out by it. The caller holds all of `staff`. */
export async function writePeople(
  context: StoreContext,
  tx: Tx,
  bodies: readonly Body[],
  actor: string,
): Promise<void> {
  const people = bodies.map(inputOf);
  const known = await tx.staff.findMany({where: {id: {in: people.map(({id}) => id)}}});
  const at = context.now();
  await tx.$executeRaw`
    INSERT INTO staff (id, name, warehouse_id, roles, active, created_at, updated_at)
    SELECT id, name, warehouse_id, ARRAY(SELECT jsonb_array_elements_text(roles)), active, ${at}, ${at}
    FROM jsonb_to_recordset(${JSON.stringify(people)}::jsonb)
      AS t(id text, name text, warehouse_id text, roles jsonb, active boolean)
    ON CONFLICT (id) DO UPDATE SET name = EXCLUDED.name, warehouse_id = EXCLUDED.warehouse_id, roles = EXCLUDED.roles,
      active = EXCLUDED.active, updated_at = greatest(EXCLUDED.updated_at, staff.updated_at + interval '1 millisecond')`;
  for (const person of people)
    await settleStaff(context, tx, {person, before: known.find(({id}) => id === person.id) ?? null, by: actor});
}

function inputOf(body: Body): StaffInput {
  const {login, name, roles, warehouse, active} = body;
  return {
    ...{id: String(login), name: String(name), roles: roles as string[], active: active !== false},
    warehouse_id: (warehouse as string | null | undefined) ?? null,
  };
}
