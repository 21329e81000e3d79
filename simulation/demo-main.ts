import {createClient} from './client.ts';
import {Stopped, worldClock} from './clock.ts';
import {playWithWords} from './demo-story.ts';
import {closeConnections} from './http.ts';
import {Trouble} from './options.ts';
import {attach} from './system.ts';
import {carrierControl} from './world/carrier.ts';
import {createFloor} from './world/floor.ts';

const USAGE = `npm run demo -- ORDER_ID [--data-dir D]
  plays picker, packer and carrier for one order of the running system, step by step;
  ORDER_ID is the order's id or its number; D is where the system keeps its data (DATA_DIR, else .data)`;

async function main(): Promise<void> {
  const {order, dataDir} = readArguments(process.argv.slice(2));
  const system = await attach(dataDir);
  if (!system.urls.carrier) throw new Trouble('This system uses a real carrier: nobody can play its part.');
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  const clock = worldClock(system.clock, stop.signal);
  const client = createClient({api: system.urls.api, keys: system.keys, clock, patienceMs: 20_000});
  const crew = {client, clock, floor: createFloor(client, clock), carrier: carrierControl(system.urls.carrier, clock)};
  const orderId = order.startsWith('ORD-') ? await client.idOfNumber(order) : order;
  if (!orderId) throw new Trouble(`There is no order ${order}.`);
  await playWithWords(crew, orderId, (line) => console.log(line));
}

function readArguments(args: readonly string[]): {order: string; dataDir: string} {
  const at = args.indexOf('--data-dir');
  const dataDir = at >= 0 ? args[at + 1] : process.env.DATA_DIR;
  const [order, ...more] = args.filter((_, i) => at < 0 || (i !== at && i !== at + 1));
  if (!order || !dataDir || order.startsWith('--') || more.length > 0) throw new Trouble(USAGE);
  return {order, dataDir};
}

try {
  await main();
} catch (error) {
  if (!(error instanceof Stopped)) {
    console.error(error instanceof Trouble ? `\n${error.message}\n` : error);
    process.exitCode = 1;
  }
} finally {
  closeConnections();
}
