import {CODE_STATUSES, carrierKey, gatherCodes, readCode} from './carrier-codes.ts';
import {parcelStatuses} from './tracking.ts';

const statusOf = (word: string) => {
  const reading = readCode({statuses: [word], reasons: []});
  return reading.kind === 'read' ? reading.status : null;
};

describe('a code of a carrier', () => {
  it('means what was written down, with its reason', () => {
    expect(readCode({statuses: ['on_hold'], reasons: ['customs_delay']})).toEqual({
      kind: 'read',
      status: 'in_transit',
      reason: 'customs_delay',
    });
    for (const status of CODE_STATUSES)
      expect(parcelStatuses.filter((each) => each === statusOf(status))).toHaveLength(1);
  });
  it('is never guessed', () => {
    expect(readCode(undefined)).toEqual({kind: 'unread', why: 'unknown', reason: null});
    expect(readCode({statuses: [], reasons: ['carrier_delay']})).toMatchObject({why: 'unknown'});
    expect(readCode({statuses: ['delivered', 'in_transit'], reasons: []})).toMatchObject({why: 'ambiguous'});
    // both are on the way, and still somebody contradicts somebody
    expect(readCode({statuses: ['in_transit', 'on_hold'], reasons: []})).toMatchObject({why: 'ambiguous'});
    expect(readCode({statuses: ['delivered'], reasons: ['a', 'b']})).toMatchObject({status: 'delivered', reason: null});
  });
  it('belongs to its carrier, however that is written', () => {
    expect(carrierKey('DHLExpress')).toBe(carrierKey('dhl_express'));
    expect(carrierKey('Österreichische Post')).not.toBe(carrierKey('Post'));
  });
  it('is gathered from all that was said of it, and stays as it is written', () => {
    expect(
      gatherCodes([
        {carrier: 'UPS', code: ' D ', status: 'delivered'},
        {carrier: 'ups', code: 'D', reason: 'left_with_neighbour', status: 'delivered'},
        {carrier: 'ups', code: 'd', status: 'on_hold'},
        {carrier: 'ups', code: 'D', status: 'in_transit'},
      ]),
    ).toEqual([
      {carrier: 'ups', code: 'D', statuses: ['delivered', 'in_transit'], reasons: ['left_with_neighbour']},
      {carrier: 'ups', code: 'd', statuses: ['on_hold'], reasons: []},
    ]);
  });
});
