import type {PlantedBug} from './types.ts';

const UNGUARDED =
  'ALTER TABLE stock DROP CONSTRAINT stock_sane; ALTER TABLE stock DROP CONSTRAINT stock_earmarked_sane;';

export const BACKORDERS: readonly PlantedBug[] = [
  {
    name: 'newest-backorder-first',
    file: 'store/fill-backorders.ts',
    find: `SELECT l.id, l.order_id, l.sku, l.backordered, sum(l.backordered)
          OVER (PARTITION BY l.sku ORDER BY o.placed_at, o.id, l.position)`,
    replace: `SELECT l.id, l.order_id, l.sku, l.backordered, sum(l.backordered)
          OVER (PARTITION BY l.sku ORDER BY o.placed_at DESC, o.id DESC, l.position DESC)`,
    why: 'who has waited longest waits on while a later customer is served',
    expect: ['S8', 'ending'],
    says: 'the first is served first',
  },
  {
    name: 'partial-fill-drops-the-rest',
    file: 'store/fill-backorders.ts',
    find: 'reduce((sum, f) => sum + f.qty, 0) === open;',
    replace: 'length > 0 && open > 0;',
    why: 'the part goes to the floor as if all of it had come, and the pickers look for units that are not promised',
    expect: ['S4', 'ending'],
  },
  {
    name: 'nothing-is-set-aside',
    file: 'store/waiting-lines.ts',
    find: 'const now = wanted.get(warehouse_id) ?? 0;',
    replace: 'const now = Math.min(0, wanted.get(warehouse_id) ?? 0);',
    why: 'goods that come are sold to whoever looks first, and backorders wait for ever',
    expect: ['S8', 'ending'],
  },
  {
    name: 'count-leaves-the-promise',
    file: 'store/unplace-units.ts',
    find: 'UPDATE stock SET reserved = reserved - ${qty} WHERE',
    replace: 'UPDATE stock SET reserved = reserved - 0 * ${qty} WHERE',
    why: 'more is promised from a place than lies there',
    expect: ['S2', 'S3'],
    sql: UNGUARDED,
  },
  {
    name: 'transfer-counted-at-both-sites',
    file: 'store/transfer-stock.ts',
    find: 'UPDATE stock SET on_hand = on_hand - ${qty} WHERE warehouse_id = ${from.warehouse}',
    replace: 'UPDATE stock SET on_hand = on_hand - 0 * ${qty} WHERE warehouse_id = ${from.warehouse}',
    why: 'goods on a lorry are sold from the site they left',
    expect: ['S1'],
  },
  {
    name: 'picker-sent-to-the-bin-in-quarantine',
    file: 'store/bins.ts',
    find: '      AND NOT quarantined\n',
    replace: '',
    why: 'pickers walk to a shelf again and again on which the goods were missing',
    expect: ['ending'],
    says: 'it is picked from the other bin',
  },
  {
    name: 'site-off-still-promises',
    file: 'store/load-sources.ts',
    find: 'WHERE w.active AND w.id = ANY',
    replace: 'WHERE w.id = ANY',
    why: 'orders go to a site that cannot send them',
    expect: ['ending'],
    says: 'only the other site sends',
  },
];
