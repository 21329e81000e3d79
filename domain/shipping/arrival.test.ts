import {type ArrivalFacts, arrivalOf} from './arrival.ts';

const DAY = 86_400_000;
const NOW = 100 * DAY;
const endOfDay = (at: number) => (Math.floor(at / DAY) + 1) * DAY - 1;
const parcel = (change: Partial<ArrivalFacts['parcels'][number]> = {}) => ({
  ...{status: 'in_transit', eta_to: null, ended_at: null, out_at: null},
  ...change,
});
const facts = (change: Partial<ArrivalFacts> = {}): ArrivalFacts => ({
  ...{promised: {from: NOW + 2 * DAY, to: NOW + 4 * DAY}, parcels: [], now: NOW, endOfDay},
  ...change,
});

describe('the window that is named to the customer', () => {
  it('is the promise, then the carrier’s day, then what is left of today, then the moment at the door', () => {
    expect(arrivalOf(facts())).toEqual({from: NOW + 2 * DAY, to: NOW + 4 * DAY, basis: 'promise', late: false});
    const told = arrivalOf(facts({parcels: [parcel({eta_to: NOW + 3 * DAY})]}));
    expect(told).toEqual({from: NOW + 3 * DAY, to: NOW + 3 * DAY, basis: 'carrier', late: false});
    const out = arrivalOf(facts({parcels: [parcel({status: 'out_for_delivery', out_at: NOW - 1})]}));
    expect(out).toEqual({from: NOW, to: endOfDay(NOW), basis: 'out_for_delivery', late: false});
    const come = arrivalOf(facts({parcels: [parcel({status: 'delivered', ended_at: NOW - DAY})]}));
    expect(come).toEqual({from: NOW - DAY, to: NOW - DAY, basis: 'arrived', late: false});
  });

  it('is that of the last parcel, and says that it is late', () => {
    const two = [parcel({eta_to: NOW + DAY}), parcel({eta_to: NOW + 6 * DAY})];
    expect(arrivalOf(facts({parcels: two}))).toMatchObject({to: NOW + 6 * DAY, late: true});
    expect(
      arrivalOf(facts({parcels: [parcel({status: 'delivered', ended_at: NOW}), ...two.slice(0, 1)]})),
    ).toMatchObject({
      basis: 'carrier',
      to: NOW + DAY,
    });
  });

  it('never ends before now: what is overdue is late, not past', () => {
    const overdue = facts({promised: {from: NOW - 4 * DAY, to: NOW - 2 * DAY}});
    expect(arrivalOf(overdue)).toEqual({from: NOW, to: NOW + DAY, basis: 'promise', late: true});
    expect(arrivalOf({...overdue, parcels: [parcel({eta_to: NOW - 3 * DAY})]})).toMatchObject({
      to: NOW + DAY,
      late: true,
    });
    expect(arrivalOf({...overdue, parcels: [parcel({out_at: NOW - 2 * DAY})]})).toMatchObject({
      to: NOW + DAY,
      late: true,
    });
  });

  it('is nobody’s to name where nothing is known', () => {
    expect(arrivalOf(facts({promised: null}))).toBeNull();
    expect(arrivalOf(facts({promised: null, parcels: [parcel()]}))).toBeNull();
  });
});
