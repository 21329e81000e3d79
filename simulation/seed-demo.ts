import {createClient} from './client.ts';
import {worldClock} from './clock.ts';
import {demoLayout} from './demo-catalogue.ts';
import {closeConnections} from './http.ts';
import {layOut} from './world/lay-out.ts';

const REAL_TIME = {t0: 0, real0: 0, speed: 1};

/** Puts the demo shop into a running system; doing it again changes nothing (receipts count once by their reference). */
export async function seedDemo({api, keys}: {api: string; keys: Record<string, string>}): Promise<void> {
  const client = createClient({api, keys, clock: worldClock(REAL_TIME)});
  await layOut(client, demoLayout(), 'demo', () => undefined);
  closeConnections();
}
