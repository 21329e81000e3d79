import {type EvidenceFacts, writeEvidence} from './dispute-evidence.ts';

const facts: EvidenceFacts = {
  number: 'ORD-2026-05-06-001',
  placed_at: '2026-05-06T10:00:00.000Z',
  lines: [{name: 'Green tea', qty: 3}],
  parcels: [
    {
      carrier: 'USPS',
      tracking_number: 'T1',
      handed_over_at: '2026-05-07T15:00:00.000Z',
      delivered_at: '2026-05-09T12:00:00.000Z',
      tracking: [{status: 'out_for_delivery', at: '2026-05-09T08:00:00.000Z'}],
      items: [{name: 'Green tea', qty: 2}],
    },
    {
      carrier: null,
      tracking_number: null,
      handed_over_at: null,
      delivered_at: null,
      tracking: [],
      items: [{name: 'Green tea', qty: 1}],
    },
  ],
  scans: [{kind: 'dispatch', at: '2026-05-07T14:00:00.000Z'}],
  messages: [{template: 'dispatched', sent_at: '2026-05-07T15:01:00.000Z'}],
};

describe('the evidence for a bank', () => {
  it('names carrier, number and day of what was sent, and nothing of what was not', () => {
    expect(writeEvidence(facts, null)).toMatchObject({
      shipping_carrier: 'USPS',
      shipping_tracking_number: 'T1',
      shipping_date: '2026-05-07',
      product_description: '3 x Green tea',
    });
  });

  it('tells what happened in its order', () => {
    expect((writeEvidence(facts, null)['uncategorized_text'] ?? '').split('\n')).toEqual([
      '2026-05-06T10:00:00.000Z Order ORD-2026-05-06-001 was placed',
      '2026-05-07T14:00:00.000Z Warehouse scan: dispatch',
      '2026-05-07T15:01:00.000Z The customer was sent the mail "dispatched"',
      '2026-05-09T08:00:00.000Z Parcel T1 (USPS): out for delivery',
      '2026-05-09T12:00:00.000Z Parcel T1 (USPS) was delivered: 2 x Green tea',
    ]);
  });

  it('says whom it went to, and leaves out what is not known', () => {
    const person = {name: 'Ann Example', email: 'ann@example.com', address: '1 Example Street, New York'};
    expect(writeEvidence(facts, person)).toMatchObject({customer_name: 'Ann Example'});
    expect(Object.keys(writeEvidence({...facts, parcels: []}, null))).toEqual([
      'product_description',
      'uncategorized_text',
    ]);
  });
});
