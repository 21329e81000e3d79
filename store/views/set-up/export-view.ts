import type {Body} from '../../../domain/set-up/judge.ts';
import type {ImportKind} from '../../../domain/set-up/kinds.ts';
import type {StoreContext} from '../../context.ts';
import {bodyOf} from '../../set-up/bodies.ts';

/** Everything of one kind that somebody may set up, as the lines of a file have it. */
export async function exportBodies({prisma}: StoreContext, kind: ImportKind, own: string | null): Promise<Body[]> {
  const here = own === null ? {} : {warehouse_id: own};
  switch (kind) {
    case 'products':
      return (await prisma.products.findMany({orderBy: {sku: 'asc'}})).map(bodyOf.products);
    case 'bins':
      return (await prisma.bins.findMany({where: here, orderBy: [{warehouse_id: 'asc'}, {bin: 'asc'}]})).map(
        bodyOf.bins,
      );
    case 'stock':
      return (await prisma.stock_moves.findMany({where: {kind: 'receive', ...here}, orderBy: {id: 'asc'}})).map(
        bodyOf.stock,
      );
    case 'offers': {
      const suppliers = await prisma.suppliers.findMany({select: {id: true, currency: true}});
      const currencies = new Map(suppliers.map(({id, currency}) => [id, currency]));
      const rows = await prisma.supplier_offers.findMany({orderBy: [{supplier_id: 'asc'}, {sku: 'asc'}]});
      return rows.map((row) => bodyOf.offers({...row, currency: currencies.get(row.supplier_id) ?? ''}));
    }
    case 'people':
      return (await prisma.staff.findMany({where: here, orderBy: {id: 'asc'}})).map(bodyOf.people);
  }
}
