import {binView, productView, versionOf, warehouseView} from '../../store/views/set-up/catalogue-views.ts';
import * as lists from '../../store/views/set-up/lists.ts';
import {money} from '../../store/views/shapes.ts';
import type {Operation, Shape} from '../contract/operation.ts';
import * as contract from '../contract/set-up.ts';
import {Problem} from '../errors.ts';
import {nextLink} from '../next-link.ts';
import {requireSite, requireWarehouse} from '../own.ts';
import {type Call, ok, type Route, route} from '../route.ts';
import {boxView} from './boxes.ts';
import {promoView} from './promos.ts';
import {entryView} from './stock.ts';
import {offerView, supplierView} from './suppliers.ts';

interface Listed<Row> {
  rows: (call: Call, page: lists.ListPage) => Promise<readonly Row[]>;
  view: (row: Row, call: Call) => object;
  /** where the next page begins */
  key: (row: Row) => string;
}

interface PageQuery {
  q?: string;
  cursor?: string;
  limit: number;
}

/** Ties a list of the contract to its rows: pages, and where the next one is. */
function list<Row>(operation: Operation<Shape, Shape, null>, {rows, view, key}: Listed<Row>): Route {
  return route(operation, async (given) => {
    const call = given as Call;
    const {q, cursor, limit} = call.query as unknown as PageQuery;
    const found = await rows(call, {q: q?.trim(), after: cursor, limit});
    const last = found.length === limit ? found.at(-1) : undefined;
    return ok(
      found.map((row) => view(row, call)),
      nextLink(call.request, last === undefined ? null : key(last)),
    );
  });
}

const idOf = ({params}: Call) => (params as unknown as {id: string}).id;

const products = list(contract.listProducts, {
  rows: ({deps}, page) => lists.listProducts(deps.store, page),
  view: (row) => ({...productView(row), ...versionOf(row)}),
  key: (row) => row.sku,
});

const warehouses = list(contract.listWarehouses, {
  rows: ({deps, caller}, page) => lists.listWarehouses(deps.store, {...page, only: caller.warehouse_id}),
  view: (row) => ({...warehouseView(row), active: row.active, ...versionOf(row)}),
  key: (row) => row.id,
});

const bins = list(contract.listBins, {
  rows: async (call, page) => {
    const {id: warehouse_id} = await requireSite(call, idOf(call));
    return lists.listBins(call.deps.store, {...page, warehouse_id});
  },
  view: (row) => ({...binView(row), ...versionOf(row)}),
  key: (row) => row.bin,
});

const receipts = list(contract.listReceipts, {
  rows: ({deps, caller, query}, page) => {
    const {warehouse} = query as unknown as {warehouse?: string};
    if (warehouse !== undefined) requireWarehouse(caller, warehouse);
    if (page.after !== undefined && !/^\d{1,18}$/.test(page.after))
      throw new Problem('invalid_parameter', 'a cursor is used as it came');
    return lists.listReceipts(deps.store, {...page, warehouse_id: warehouse ?? caller.warehouse_id});
  },
  view: (row) => {
    const {kind: _kind, ...entry} = entryView(row);
    return {...entry, actor: row.actor};
  },
  key: (row) => String(row.id),
});

const boxes = list(contract.listBoxes, {
  rows: ({deps}, page) => lists.listBoxes(deps.store, page),
  view: (row) => ({...boxView(row), ...versionOf(row)}),
  key: (row) => row.id,
});

const shippingRates = route(contract.listShippingRates, async ({deps}) => {
  const rows = await lists.listShippingRates(deps.store);
  return ok(rows.map((row) => ({sla: row.sla, price: money(row.price_amount, row.currency), ...versionOf(row)})));
});

const areaOf = ({country, region}: {country: string; region: string}) => (region ? `${country}-${region}` : country);

const taxRates = list(contract.listTaxRates, {
  rows: ({deps}, page) => lists.listTaxRates(deps.store, page),
  view: ({updated_at, ...row}) => ({area: areaOf(row), ...row, ...versionOf({updated_at})}),
  key: areaOf,
});

const promoCodes = list(contract.listPromoCodes, {
  rows: ({deps}, page) => lists.listPromoCodes(deps.store, page),
  view: (row) => ({...promoView(row), ...versionOf(row)}),
  key: (row) => row.code,
});

const suppliers = list(contract.listSuppliers, {
  rows: ({deps}, page) => lists.listSuppliers(deps.store, page),
  view: (row) => ({...supplierView(row), ...versionOf(row)}),
  key: (row) => row.id,
});

const offers = list(contract.listOffers, {
  rows: async (call, page) => {
    const supplier = await call.deps.store.prisma.suppliers.findUnique({where: {id: idOf(call)}});
    if (!supplier) throw new Problem('not_found', 'there is no such supplier');
    const rows = await lists.listOffers(call.deps.store, {...page, supplier_id: supplier.id});
    return rows.map((row) => ({...row, currency: supplier.currency}));
  },
  view: ({currency, ...row}) => ({...offerView(row, currency), ...versionOf(row)}),
  key: (row) => row.sku,
});

export const setUpRoutes: readonly Route[] = [
  ...[products, warehouses, bins, receipts, boxes],
  ...[shippingRates, taxRates, promoCodes, suppliers, offers],
];
