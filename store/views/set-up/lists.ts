import type {StoreContext} from '../../context.ts';
import type {
  bins,
  boxes,
  products,
  promo_codes,
  shipping_rates,
  stock_moves,
  supplier_offers,
  suppliers,
  tax_rates,
  warehouses,
} from '../../generated/client.ts';

/** A page of a list: what its names hold, where it begins, how long it is. */
export interface ListPage {
  q?: string | undefined;
  /** the last of the page before */
  after?: string | undefined;
  limit: number;
}

/** `%` and `_` in what somebody looks for are signs like others. */
const holding = (q: string | undefined) => (name: string) => ({
  [name]: {contains: q?.replaceAll(/[\\%_]/g, '\\$&'), mode: 'insensitive' as const},
});

/** Rows whose names hold the words, behind the last one of the page before, by key. */
function rowsOf<K extends string>({q, after, limit}: ListPage, key: K, names: readonly string[]) {
  const conditions = [
    ...(q ? [{OR: names.map(holding(q))}] : []),
    ...(after === undefined ? [] : [{[key]: {gt: after}}]),
  ];
  return {where: {AND: conditions}, orderBy: {[key]: 'asc' as const}, take: limit};
}

export const listProducts = ({prisma}: StoreContext, page: ListPage): Promise<products[]> =>
  prisma.products.findMany(rowsOf(page, 'sku', ['sku', 'name', 'barcode', 'category']));

/** `only`: the caller's own, where they have one */
export function listWarehouses(
  {prisma}: StoreContext,
  {only, ...page}: ListPage & {only: string | null},
): Promise<warehouses[]> {
  const {where, ...rest} = rowsOf(page, 'id', ['id', 'name']);
  return prisma.warehouses.findMany({where: {AND: [where, only === null ? {} : {id: only}]}, ...rest});
}

export function listBins(
  {prisma}: StoreContext,
  {warehouse_id, ...page}: ListPage & {warehouse_id: string},
): Promise<bins[]> {
  const {where, ...rest} = rowsOf(page, 'bin', ['bin', 'aisle']);
  return prisma.bins.findMany({where: {...where, warehouse_id}, ...rest});
}

/** Newest first: the cursor is the number of the last entry. */
export function listReceipts(
  {prisma}: StoreContext,
  {q, after, limit, warehouse_id}: ListPage & {warehouse_id: string | null},
): Promise<stock_moves[]> {
  return prisma.stock_moves.findMany({
    where: {
      kind: 'receive',
      ...(q ? {OR: ['sku', 'bin', 'reference'].map(holding(q))} : {}),
      ...(after === undefined ? {} : {id: {lt: BigInt(after)}}),
      ...(warehouse_id === null ? {} : {warehouse_id}),
    },
    orderBy: {id: 'desc'},
    take: limit,
  });
}

export const listBoxes = ({prisma}: StoreContext, page: ListPage): Promise<boxes[]> =>
  prisma.boxes.findMany(rowsOf(page, 'id', ['id']));

export const listShippingRates = ({prisma}: StoreContext): Promise<shipping_rates[]> =>
  prisma.shipping_rates.findMany({orderBy: [{currency: 'asc'}, {price_amount: 'asc'}, {sla: 'asc'}], take: 200});

/** The cursor is an area: `US-NY`, or `US` for the country. */
export function listTaxRates({prisma}: StoreContext, {q, after, limit}: ListPage): Promise<tax_rates[]> {
  const [country = '', region = ''] = (after ?? '').split('-');
  const behind = {OR: [{country: {gt: country}}, {country, region: {gt: region}}]};
  return prisma.tax_rates.findMany({
    where: {AND: [q ? {OR: ['country', 'region'].map(holding(q))} : {}, after === undefined ? {} : behind]},
    orderBy: [{country: 'asc'}, {region: 'asc'}],
    take: limit,
  });
}

export const listPromoCodes = ({prisma}: StoreContext, page: ListPage): Promise<promo_codes[]> =>
  prisma.promo_codes.findMany(rowsOf(page, 'code', ['code']));

export const listSuppliers = ({prisma}: StoreContext, page: ListPage): Promise<suppliers[]> =>
  prisma.suppliers.findMany(rowsOf(page, 'id', ['id', 'name']));

export function listOffers(
  {prisma}: StoreContext,
  {supplier_id, ...page}: ListPage & {supplier_id: string},
): Promise<supplier_offers[]> {
  const {where, ...rest} = rowsOf(page, 'sku', ['sku']);
  return prisma.supplier_offers.findMany({where: {...where, supplier_id}, ...rest});
}
