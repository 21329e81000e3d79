import {hash32} from '../random.ts';
import {boxes} from '../world/boxes.ts';
import {giveBins} from '../world/invented-catalogue.ts';
import type {Layout} from '../world/plan.ts';

const CURRENCY = 'GBP';
const AMPLE = 100_000;

/** id, city, state, postal code, lat, lng, timezone */
const WAREHOUSES: readonly [string, string, string, string, number, number, string][] = [
  ['SAO', 'Sao Paulo', 'SP', '01000-000', -23.55, -46.63, 'America/Sao_Paulo'],
  ['RIO', 'Rio de Janeiro', 'RJ', '20000-000', -22.91, -43.2, 'America/Sao_Paulo'],
  ['BHZ', 'Belo Horizonte', 'MG', '30000-000', -19.92, -43.94, 'America/Sao_Paulo'],
  ['CWB', 'Curitiba', 'PR', '80000-000', -25.43, -49.27, 'America/Sao_Paulo'],
  ['POA', 'Porto Alegre', 'RS', '90000-000', -30.03, -51.22, 'America/Sao_Paulo'],
  ['SSA', 'Salvador', 'BA', '40000-000', -12.97, -38.5, 'America/Bahia'],
  ['REC', 'Recife', 'PE', '50000-000', -8.05, -34.9, 'America/Recife'],
  ['BSB', 'Brasilia', 'DF', '70000-000', -15.79, -47.88, 'America/Sao_Paulo'],
];

/** The products of a gift shop in eight warehouses; what nobody orders in this run is not laid out. */
export function basketLayout(skus: ReadonlySet<string>, prices: ReadonlyMap<string, number>, seed: number): Layout {
  const ids = WAREHOUSES.map(([id]) => `HUB-${id}`);
  const ordered = [...skus].sort();
  const layout: Layout = {
    currency: CURRENCY,
    products: ordered.map((sku) => ({sku: `GIFT-${sku}`, body: giftOf(sku, prices.get(sku) ?? 100)})),
    warehouses: WAREHOUSES.map(([id, city, region, postal_code, lat, lng, timezone]) => ({
      id: `HUB-${id}`,
      body: {
        name: `Hub ${city}`,
        address: {line1: '1 Rua do Armazem', city, region, postal_code, country: 'BR'},
        lat,
        lng,
        timezone,
        cut_off: '18:00',
        priority: 0,
      },
    })),
    bins: [],
    boxes: boxes(CURRENCY),
    shippingRates: [{sla: 'STANDARD', price: {amount: 395, currency: CURRENCY}}],
    taxRates: [{area: 'BR', rate_bp: 0, inclusive: true}],
    stock: ordered.flatMap((sku) =>
      placesFor(sku, ids, seed).map((warehouse) => ({warehouse, sku: `GIFT-${sku}`, qty: AMPLE, bin: ''})),
    ),
  };
  giveBins(layout);
  return layout;
}

/** Small things; size and weight follow from the code, since the source has none. */
function giftOf(sku: string, price: number): Layout['products'][number]['body'] {
  const size = hash32(sku);
  return {
    name: `Gift ${sku}`,
    price: {amount: price, currency: CURRENCY},
    weight_g: 50 + (size % 900),
    length_mm: 60 + ((size >>> 4) % 200),
    width_mm: 50 + ((size >>> 8) % 120),
    height_mm: 20 + ((size >>> 12) % 100),
    capacity_units: 1,
    barcode: `GIFT-${sku}`,
    backorderable: false,
    category: 'gifts',
  };
}

/** Places by the hash of name and seed alone, never by what is ordered. */
export function placesFor(sku: string, warehouses: readonly string[], seed: number): string[] {
  const ranked = [...warehouses].sort((a, b) => hash32(`${seed}/${sku}/${a}`) - hash32(`${seed}/${sku}/${b}`));
  return ranked.slice(0, 4 + (hash32(`${seed}/${sku}`) % 3));
}
