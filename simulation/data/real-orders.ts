import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {readCsv} from '../../domain/text/csv.ts';

export interface RealItem {
  product: string;
  seller: string;
  /** minor units */
  price: number;
  category: string;
  /** 0 where the source has none */
  weight_g: number;
  length_cm: number;
  height_cm: number;
  width_cm: number;
}

/** Moments are epoch milliseconds (the source's local times read as UTC). */
export interface RealOrder {
  id: string;
  status: string;
  purchased: number;
  approved?: number;
  carrier?: number;
  delivered?: number;
  estimated?: number;
  customer: string;
  zip: string;
  city: string;
  state: string;
  lat?: number;
  lng?: number;
  items: RealItem[];
}

export interface RealSeller {
  id: string;
  zip: string;
  city: string;
  state: string;
  lat?: number;
  lng?: number;
}

export interface RealData {
  /** in order of purchase */
  orders: RealOrder[];
  sellers: Map<string, RealSeller>;
  municipalities: {city: string; state: string; lat: number; lng: number; timezone: string}[];
}

/** Reads a folder of orders.csv, items.csv, sellers.csv and (if there) municipalities.csv. */
export function readRealData(folder: string): RealData {
  const read = (file: string) => readCsv(readFileSync(join(folder, file), 'utf8'));
  const items = new Map<string, RealItem[]>();
  for (const row of read('items.csv')) {
    const id = row.order_id ?? '';
    items.set(id, [...(items.get(id) ?? []), toItem(row)]);
  }
  const orders = read('orders.csv').map((row) => toOrder(row, items.get(row.order_id ?? '') ?? []));
  orders.sort((a, b) => a.purchased - b.purchased || (a.id < b.id ? -1 : 1));
  const sellers = read('sellers.csv').map((row): RealSeller => {
    const place = {zip: row.seller_zip_prefix ?? '', city: row.seller_city ?? '', state: row.seller_state ?? ''};
    return {id: row.seller_id ?? '', ...place, ...position(row.seller_lat, row.seller_lng)};
  });
  return {
    orders,
    sellers: new Map(sellers.map((seller) => [seller.id, seller])),
    municipalities: readMunicipalities(read),
  };
}

function readMunicipalities(read: (file: string) => Record<string, string>[]): RealData['municipalities'] {
  return read('municipalities.csv').map((row) => ({
    city: row.municipality ?? '',
    state: row.uf ?? '',
    lat: Number(row.lat),
    lng: Number(row.lng),
    timezone: row.tz || 'America/Sao_Paulo',
  }));
}

function toItem(row: Record<string, string>): RealItem {
  return {
    product: row.product_id ?? '',
    seller: row.seller_id ?? '',
    price: minorUnits(row.price ?? ''),
    category: row.category ?? '',
    weight_g: Number(row.weight_g || 0),
    length_cm: Number(row.length_cm || 0),
    height_cm: Number(row.height_cm || 0),
    width_cm: Number(row.width_cm || 0),
  };
}

function toOrder(row: Record<string, string>, items: RealItem[]): RealOrder {
  const times = {
    approved: row.approved_at,
    carrier: row.carrier_at,
    delivered: row.delivered_at,
    estimated: row.estimated_delivery,
  };
  const given = Object.fromEntries(
    Object.entries(times).flatMap(([name, text]) => (text ? [[name, moment(text)]] : [])),
  );
  return {
    id: row.order_id ?? '',
    status: row.status ?? '',
    purchased: moment(row.purchased_at ?? ''),
    ...given,
    customer: row.customer_unique_id ?? '',
    zip: row.customer_zip_prefix ?? '',
    city: row.customer_city ?? '',
    state: row.customer_state ?? '',
    ...position(row.customer_lat, row.customer_lng),
    items,
  };
}

function position(lat: string | undefined, lng: string | undefined): {lat?: number; lng?: number} {
  return lat && lng ? {lat: Number(lat), lng: Number(lng)} : {};
}

function moment(text: string): number {
  const at = Date.parse(`${text.replace(' ', 'T')}Z`);
  if (Number.isNaN(at)) throw new Error(`"${text}" is not a time like 2017-11-27 19:09:02`);
  return at;
}

/** "109.9" -> 10990, without binary fractions in between. */
export function minorUnits(text: string): number {
  const match = /^(\d+)(?:\.(\d{1,2})0*)?$/.exec(text.trim());
  if (!match) throw new Error(`"${text}" is not an amount with at most two decimals`);
  return Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'));
}
