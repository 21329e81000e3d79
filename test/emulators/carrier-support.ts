import {mkdtemp, rm} from 'node:fs/promises';
import {createServer, type IncomingHttpHeaders} from 'node:http';
import type {AddressInfo} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import M from '@easypost/api';
import {buildCarrierEmulator, type CarrierEmulatorOptions} from '../../emulators/easypost/emulator.ts';
import {createClock} from '../../emulators/shared/clock.ts';

const EasyPost = M as unknown as (typeof M)['default'];

/** 2026-04-10 09:00 UTC, standing nearly still: a virtual second takes a thousand real ones. */
export const T0 = Date.UTC(2026, 3, 10, 9);

export function stillClock() {
  return createClock({WAYBILL_CLOCK: JSON.stringify({t0: T0, real0: Date.now(), speed: 0.001})});
}

export interface Hit {
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** A webhook endpoint that keeps what it is sent; the first `refusals` answers are 503. */
export async function openSink(refusals = 0) {
  const hits: Hit[] = [];
  const waiting: {count: number; resolve: () => void}[] = [];
  let left = refusals;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      left -= 1;
      response.writeHead(left >= 0 ? 503 : 200).end();
      if (left >= 0) return;
      hits.push({headers: request.headers, body: Buffer.concat(chunks)});
      for (const {count, resolve} of waiting) if (hits.length >= count) resolve();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    hits,
    /** Resolves when `count` events have come in all. */
    received: (count: number) =>
      new Promise<void>((resolve) => {
        if (hits.length >= count) resolve();
        else waiting.push({count, resolve});
      }),
    close: () => {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

export interface Ledger {
  now: string;
  shipments: Record<string, unknown>[];
  labels: Record<string, unknown>[];
  voids: Record<string, unknown>[];
  trackers: Record<string, unknown>[];
  tracker_events: Record<string, unknown>[];
}

/** A running carrier with an SDK client; `dir` is kept when given, so that books can be opened again. */
export async function openCarrierFixture(options: Partial<CarrierEmulatorOptions> = {}) {
  const dir = options.booksDir ?? (await mkdtemp(join(tmpdir(), 'carrier-')));
  const emulator = buildCarrierEmulator({clock: stillClock(), ...options, booksDir: dir});
  const server = await emulator.start();
  const client = new EasyPost('EZTK_test', {baseUrl: `${server.url}/v2/`, timeout: 20_000});
  const control = async (path: string, body?: unknown): Promise<Record<string, unknown>> => {
    const init = body === undefined ? {} : {method: 'POST', body: JSON.stringify(body)};
    const response = await fetch(`${server.url}/_control/${path}`, init);
    const answer = (await response.json()) as Record<string, unknown>;
    if (response.status !== 200) throw new Error(String(answer.error));
    return answer;
  };
  return {
    dir,
    url: server.url,
    emulator,
    client,
    control,
    ledger: async () => (await control('ledger')) as unknown as Ledger,
    close: () => server.close(),
    discard: async () => {
      await server.close();
      await rm(dir, {recursive: true, force: true});
    },
  };
}

export type CarrierFixture = Awaited<ReturnType<typeof openCarrierFixture>>;

const newYork = {name: 'WH NY', street1: '1 Dock St', city: 'New York', state: 'NY', zip: '10001', country: 'US'};
const losAngeles = {
  name: 'Ada Lovelace',
  street1: '9 Sunset Blvd',
  city: 'Los Angeles',
  state: 'CA',
  zip: '90028',
  country: 'US',
};

export function parcelTo(to: Record<string, unknown> = {}, more: Record<string, unknown> = {}) {
  return {
    from_address: {...newYork},
    to_address: {...losAngeles, ...to},
    parcel: {length: 10, width: 8, height: 4, weight: 17},
    reference: 'sub-1',
    ...more,
  };
}

/** Creates a shipment and buys its cheapest rate. */
export async function bought(client: CarrierFixture['client'], more: Record<string, unknown> = {}) {
  const shipment = await client.Shipment.create(parcelTo({}, more) as never);
  return client.Shipment.buy(shipment.id, shipment.lowestRate());
}
