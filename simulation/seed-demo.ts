import {createClient} from './client.ts';
import {worldClock} from './clock.ts';
import {demoLayout} from './demo-catalogue.ts';
import {type DemoPerson, hireDemoStaff} from './demo-staff.ts';
import {closeConnections} from './http.ts';
import {layOut} from './world/lay-out.ts';
import {engageSuppliers} from './world/suppliers.ts';

const REAL_TIME = {t0: 0, real0: 0, speed: 1};

interface Target {
  api: string;
  keys: Record<string, string>;
  urls: {supplier?: string | null};
}

/**
 * Puts the demo shop into a running system; doing it again changes nothing (receipts count once by their reference) but
 * the badges of its people, who are told.
 */
export async function seedDemo({api, keys, urls}: Target): Promise<{staff: DemoPerson[]}> {
  const client = createClient({api, keys, clock: worldClock(REAL_TIME)});
  const layout = demoLayout();
  await layOut(client, layout, 'demo', () => undefined);
  if (urls.supplier) await engageSuppliers(client, layout, {control: urls.supplier, api, speed: 1});
  const staff = await hireDemoStaff(client, layout);
  closeConnections();
  return {staff};
}
