import type {Client} from './client.ts';
import type {Layout} from './world/plan.ts';

/** Somebody of the demo's floor, with what lets them in: told to the developer, kept with the demo's state. */
export interface DemoPerson {
  staff_id: string;
  name: string;
  warehouse: string;
  roles: string[];
  badge: string;
  pin: string;
}

const NAMES = ['Ann', 'Ben', 'Cem', 'Dana', 'Eva', 'Finn'];

/** In every warehouse somebody who picks, packs and receives; in the first one a lead as well. */
export async function hireDemoStaff(client: Client, {warehouses}: Pick<Layout, 'warehouses'>): Promise<DemoPerson[]> {
  const everything = ['picker', 'packer', 'receiver'];
  const posts = warehouses.map(({id}, i) => ({staff_id: String(1001 + i), warehouse: id, roles: everything}));
  const [first] = warehouses;
  if (first) posts.push({staff_id: '2001', warehouse: first.id, roles: ['warehouse_lead']});
  const people: DemoPerson[] = [];
  for (const [i, {staff_id, ...post}] of posts.entries()) {
    const name = NAMES[i % NAMES.length] ?? 'Ann';
    const pin = `${staff_id.slice(-2)}${staff_id.slice(0, 2)}`;
    await client.putStaff(staff_id, {name, ...post});
    const {badge} = await client.giveCredentials(staff_id, {badge: true, pin});
    people.push({staff_id, name, ...post, badge, pin});
  }
  return people;
}
