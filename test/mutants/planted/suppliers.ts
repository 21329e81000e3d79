import type {PlantedBug} from './types.ts';

const UNGUARDED = `ALTER TABLE order_lines DROP CONSTRAINT order_lines_units; ALTER TABLE sub_order_lines DROP CONSTRAINT sub_order_lines_units;
  ALTER TABLE purchase_order_lines DROP CONSTRAINT purchase_order_lines_units;`;

export const SUPPLIERS: readonly PlantedBug[] = [
  {
    name: 'supplier-gets-a-new-message-on-every-attempt',
    file: 'adapters/supplier-channel.ts',
    find: 'const {id, type, at, data, to} = message;\n  const url',
    replace:
      'const {type, at, data, to} = message;\n  const id = `${message.id}.${process.hrtime.bigint()}`;\n  const url',
    why: 'a supplier whose answer was lost sends everything twice',
    expect: ['D3'],
  },
  {
    name: 'supplier-partial-answer-is-taken-as-whole',
    file: 'store/acknowledge-purchase.ts',
    find: '    .filter(({qty}) => qty > 0);\n  const at = context.now();',
    replace: '    .filter(({qty}) => qty > 1_000_000);\n  const at = context.now();',
    why: 'units that the supplier does not have are waited for',
    expect: ['D2', 'ending'],
    says: 'acknowledged in part',
  },
  {
    name: 'supplier-silence-never-escalates',
    file: 'store/watch-purchase.ts',
    find: 'if (due !== null && due <= now) await giveUp(',
    replace: 'if (due !== null && due + 1e12 <= now) await giveUp(',
    why: 'an order waits for ever for a supplier that has gone',
    expect: 'ending',
    says: 'a supplier that says nothing',
  },
  {
    name: 'supplier-sees-the-others-purchase-orders',
    file: 'api/own.ts',
    find: "return caller.role === 'supplier' ? (caller.supplier_id ?? '') : null;",
    replace: "return caller.role === 'customer' ? '' : null;",
    why: "a supplier reads its competitors' orders and customers",
    expect: 'ending',
    says: 'it does not exist to others',
  },
  {
    name: 'supplier-fallback-orders-all-units-again',
    file: 'store/drop-supply.ts',
    find: 'unallocated = unallocated + ${qty} WHERE',
    replace: 'unallocated = unallocated + ${line.qty} WHERE',
    why: 'the next supplier sends what the first one has promised already',
    expect: ['S4', 'ending'],
    sql: UNGUARDED,
  },
  {
    name: 'supplier-promises-are-never-used-up',
    file: 'store/promise-supply.ts',
    find: 'UPDATE supplier_offers SET promised = promised - ${part} WHERE',
    replace: 'UPDATE supplier_offers SET promised = promised - 0 * ${part} WHERE',
    why: 'a supplier seems to have nothing left after a while',
    expect: ['D2'],
  },
  {
    name: 'supplier-units-are-taken-off-our-road',
    file: 'store/commit-delivery.ts',
    find: "if (sub.source_kind !== 'supplier')",
    replace: "if (sub.source_kind !== 'nobody')",
    why: 'our books lose units that never were in them',
    expect: ['S1'],
  },
  {
    name: 'supplier-may-send-what-was-cancelled',
    file: 'store/cancel-supply.ts',
    find: "const data = {state: 'cancelled', reason: 'cancelled', updated_at: context.now()};",
    replace: "const data = {state: 'open', reason: 'cancelled', updated_at: context.now()};",
    why: 'a supplier goes on with what nobody wants any more',
    expect: ['D1'],
  },
];
