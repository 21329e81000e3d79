import type {SystemUrls} from '../../scripts/lib/up.d.mts';
import {openProxy, type Passage, type Weather} from './proxy.ts';
import {PLACES, type Place} from './schedule.ts';

/** The network between the product's processes and their neighbours. */
export interface Network {
  /** To be called once the neighbours' addresses are known: environment that leads through the proxies. */
  reroute(urls: SystemUrls): Promise<Record<string, string>>;
  spell(place: Place, kind: Weather, ms: number): void;
  /** how much was struck, by `place kind` */
  struck(): Record<string, number>;
  close(): Promise<void>;
}

export function createNetwork(): Network {
  const proxies = new Map<Place, Passage>();
  const open = async (place: Place, url: URL) => {
    const proxy = await openProxy({host: url.hostname, port: Number(url.port)});
    proxies.set(place, proxy);
    const other = new URL(url);
    other.port = String(proxy.port);
    return other.href.replace(/\/$/, '');
  };
  return {
    reroute: async ({database, temporal, stripe, carrier}) => ({
      DATABASE_URL: await open('postgres', new URL(database)),
      TEMPORAL_ADDRESS: (await open('temporal', new URL(`http://${temporal}`))).replace('http://', ''),
      STRIPE_API_BASE: await open('stripe', new URL(stripe ?? '')),
      EASYPOST_API_BASE: `${await open('carrier', new URL(carrier ?? ''))}/v2/`,
    }),
    spell: (place, kind, ms) => proxies.get(place)?.spell(kind, ms),
    struck: () =>
      Object.fromEntries(
        PLACES.flatMap((place) =>
          Object.entries(proxies.get(place)?.struck() ?? {}).map(([kind, count]) => [`${place} ${kind}`, count]),
        ),
      ),
    close: async () => {
      await Promise.all([...proxies.values()].map((proxy) => proxy.close()));
    },
  };
}
