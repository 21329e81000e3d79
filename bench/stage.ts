import {crewOn} from '../simulation/drills/support.ts';
import type {OrderView} from '../simulation/api-types.ts';
import {createClient} from '../simulation/client.ts';
import {worldClock} from '../simulation/clock.ts';
import type {System} from '../simulation/system.ts';
import {boxes} from '../simulation/world/boxes.ts';
import type {Crew} from '../simulation/world/crew.ts';
import type {Layout} from '../simulation/world/plan.ts';

export const PATIENCE = 120_000;

/** A place, and how many products only it has. */
export interface Spot {
  name: string;
  lat: number;
  lng: number;
  products: number;
}

/** Warehouses each with products of their own: an order of some of each leaves from all of them. */
export function layoutOf(tag: string, spots: readonly Spot[], units: number): Layout {
  const usd = (amount: number) => ({amount, currency: 'USD'});
  const stock = spots.flatMap((spot) =>
    skusOf(tag, spot).map((sku) => ({warehouse: `${tag}-${spot.name}`, sku, qty: units, bin: 'A-1'})),
  );
  return {
    currency: 'USD',
    products: stock.map(({sku}) => ({
      sku,
      body: {
        name: `Only in one place: ${sku}`,
        // cheap: hundreds of them in one order are no reason for a person to look at it
        price: usd(199),
        weight_g: 400,
        length_mm: 100,
        width_mm: 80,
        height_mm: 60,
        capacity_units: 1,
        barcode: sku,
        backorderable: false,
      },
    })),
    warehouses: spots.map(({name, lat, lng}) => ({
      id: `${tag}-${name}`,
      body: {
        name: `${name} (benchmark)`,
        address: {line1: '1 Dock Road', city: 'New York', region: 'NY', postal_code: '10001', country: 'US'},
        lat,
        lng,
        timezone: 'UTC',
        cut_off: '16:00',
        priority: 1,
      },
    })),
    bins: spots.map(({name}) => ({
      warehouse: `${tag}-${name}`,
      bin: 'A-1',
      body: {aisle: '1', rack: 'A', shelf: '1', x_mm: 0, y_mm: 0},
    })),
    boxes: boxes('USD'),
    shippingRates: [{sla: 'STANDARD', price: usd(499)}],
    taxRates: [],
    stock,
  };
}

export const skusOf = (tag: string, {name, products}: Spot): string[] =>
  Array.from({length: products}, (_, i) => `${tag}-${name}-${i + 1}`);

export function crewOf(system: System, layout: Layout, tag: string): Crew {
  const clock = worldClock(system.clock);
  const client = createClient({api: system.urls.api, keys: system.keys, clock});
  return crewOn({system, clock, client}, layout, {seed: 1, tag});
}

export async function seen(crew: Crew, orderId: string, test: (view: OrderView) => boolean): Promise<OrderView> {
  for (const began = Date.now(); ; ) {
    const view = await crew.client.order(orderId);
    if (test(view)) return view;
    if (Date.now() - began > PATIENCE) throw new Error(`order ${view.number} stands still as ${view.status}`);
    await crew.clock.pause(100);
  }
}

export function orderBody(tag: string, lines: readonly {sku: string; qty: number}[]) {
  const customer = {id: tag, name: 'Ann Example', email: `${tag}@example.com`};
  return {
    customer,
    ship_to: {
      name: customer.name,
      line1: '1 Example Street',
      city: 'New York',
      region: 'NY',
      postal_code: '10007',
      country: 'US',
      lat: 40.71,
      lng: -74,
    },
    lines: [...lines],
    payment_method: 'pm_card_visa',
    delivery_sla: 'STANDARD',
  };
}
