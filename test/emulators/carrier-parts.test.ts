import {trackingCode} from '../../emulators/easypost/ids.ts';
import {createSchedule} from '../../emulators/easypost/schedule.ts';
import type {Address} from '../../emulators/easypost/types.ts';
import {zoneBetween} from '../../emulators/easypost/zones.ts';
import {seededRandom} from '../../emulators/shared/random.ts';
import {stillClock, T0} from './carrier-support.ts';

const at = (country: string, zip: string | null, city: string | null = null) => ({country, zip, city}) as Address;

describe('carrier emulator: zones', () => {
  it.each([
    ['the same town by postal code', at('US', '10001'), at('US', '10025'), 1],
    ['the same town by name', at('BR', '01310-100', 'São Paulo'), at('BR', '04094-050', 'SAO PAULO'), 1],
    ['coast to coast', at('US', '10001'), at('US', '90028'), 8],
    ['a neighbouring region', at('BR', '01310-100'), at('BR', '20040-020'), 5],
    ['letters', at('GB', 'SW1A 1AA'), at('GB', 'SW9 8AA'), 1],
    ['no postal codes', at('HK', null), at('HK', null), 4],
    ['abroad on the continent', at('DE', '10115'), at('FR', '75001'), 9],
    ['overseas', at('US', '10001'), at('DE', '10115'), 12],
  ])('%s', (_, from, to, zone) => {
    expect(zoneBetween(from, to)).toBe(zone);
    expect(zoneBetween(to, from)).toBe(zone);
  });
});

describe('carrier emulator: schedule', () => {
  it('lets things happen in the order of their times, those of one moment as they were added', () => {
    const clock = stillClock();
    const happened: string[] = [];
    const schedule = createSchedule(clock, (id) => happened.push(id));
    const random = seededRandom(7);
    const planned = Array.from({length: 500}, (_, n) => ({
      id: `m${n}`,
      due: T0 + 1000 + Math.floor(random() * 50) * 1000,
    }));
    for (const {id, due} of planned) schedule.add(due, id);
    clock.advance(25_500);
    schedule.run();
    const early = planned.filter(({due}) => due <= T0 + 25_500).length;
    expect(happened).toHaveLength(early);
    clock.advance(60_000);
    schedule.run();
    expect(happened).toEqual(planned.toSorted((a, b) => a.due - b.due).map(({id}) => id));
    schedule.stop();
  });
});

describe('carrier emulator: tracking codes', () => {
  it('are the same for the same shipment, others for others', () => {
    expect(trackingCode('SWP', 'shp_1', 0)).toBe(trackingCode('SWP', 'shp_1', 0));
    const codes = new Set(Array.from({length: 1000}, (_, n) => trackingCode('SWP', `shp_${n}`, 0)));
    expect(codes.size).toBe(1000);
  });
});
