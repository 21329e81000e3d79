import type {PlantedBug} from './types.ts';

export const RETURNS: readonly PlantedBug[] = [
  {
    name: 'returned-in-two-requests-at-once',
    file: 'store/return-facts.ts',
    find: 'announced: announced.get(line.id) ?? 0,',
    replace: 'announced: Math.min(0, announced.get(line.id) ?? 0),',
    why: 'two people announce the same unit, and both hear that it is taken back',
    expect: ['S4', 'ending'],
  },
  {
    name: 'restocked-with-every-look',
    file: 'store/return-stock.ts',
    find: 'const cause = `restock:${found.id}:${line_id}:${grade}`;',
    replace: 'const cause = `restock:${found.id}:${line_id}:${grade}:${context.now().getTime()}`;',
    why: 'a unit that came back once is sold twice',
    expect: ['S1'],
  },
  {
    name: 'paid-on-the-scan-and-on-the-inspection',
    file: 'store/settle-return.ts',
    find: 'if (found.refund_at !== null) return false;',
    replace: "if (found.refund_at !== null && found.state !== 'inspected') return false;",
    why: 'the customer gets the money twice, or the return never closes',
    expect: ['S4', 'M4', 'ending'],
  },
  {
    name: 'window-counted-from-the-order',
    file: 'store/return-facts.ts',
    find: 'SELECT i.line_id, i.qty, p.ended_at AS at FROM parcels p JOIN parcel_items i ON i.parcel_id = p.id',
    replace:
      'SELECT i.line_id, i.qty, o.placed_at AS at FROM parcels p JOIN parcel_items i ON i.parcel_id = p.id JOIN orders o ON o.id = p.order_id',
    why: 'who waited long for a parcel may not send it back',
    expect: ['ending'],
  },
  {
    name: 'shipment-of-a-return-is-not-kept',
    file: 'activities/returns.ts',
    find: 'const keep = (ref: string) => store.keepReturnShipment({return_id, shipment_ref: ref});',
    replace: 'const keep = (ref: string) => Promise.resolve(ref);',
    why: 'an attempt whose answer was lost is repeated with a second label',
    expect: ['C1'],
  },
  {
    name: 'return-scanned-in-twice',
    file: 'store/scan-return.ts',
    find: "outcome === 'received')",
    replace: "outcome !== 'not_expected')",
    why: 'the handheld takes in a parcel that is here already',
    expect: ['I3', 'ending'],
  },
  {
    name: 'what-came-back-stays-on-the-road',
    file: 'store/come-back.ts',
    find: 'd_in_transit: -qty,',
    replace: 'd_in_transit: 0,',
    why: 'units are counted with a carrier that has brought them back',
    expect: ['S1'],
  },
];
