import {dueOf, nextOf, outlookOf} from './outlook.ts';

const NOW = Date.UTC(2026, 4, 6, 12);
const site = (by_stage: Record<string, number>, done_last_hour: number) => ({
  ...{warehouse: 'EAST', name: 'EAST', timezone: 'UTC', active: true, missed: 0, done_last_hour},
  cut_offs: [
    {
      at: new Date(NOW + 2 * 3_600_000).toISOString(),
      open: Object.values(by_stage).reduce((sum, n) => sum + n, 0),
      units: 1,
      by_stage,
    },
  ],
});

/** A cut-off in a minute that nothing has to make. */
const empty = {at: new Date(NOW + 60_000).toISOString(), open: 0, units: 0, by_stage: {}};

describe('the cut-off of a site that counts', () => {
  it('is the next one that something has to make, else the next', () => {
    const {cut_offs} = site({ALLOCATED: 10}, 8);
    expect(dueOf({cut_offs: [empty, ...cut_offs]})).toBe(cut_offs[0]);
    expect(dueOf({cut_offs: [empty]})).toBe(empty);
    expect(outlookOf({cut_offs: [empty, ...cut_offs], done_last_hour: 8}, NOW)).toEqual({
      kind: 'short',
      seconds: 9_000,
    });
  });
});

describe('the next cut-off of all', () => {
  it('is the soonest that something still has to make', () => {
    const later = site({PICKED: 2}, 0);
    const [far] = later.cut_offs;
    const cut_offs = [empty, ...later.cut_offs];
    const west = {
      ...later,
      warehouse: 'WEST',
      cut_offs: later.cut_offs.map((one) => ({...one, at: '2026-05-09T16:00:00Z'})),
    };
    expect(nextOf([west, {...later, cut_offs}])).toEqual({warehouse: 'EAST', name: 'EAST', ...far});
    expect(nextOf([site({}, 0)])).toBe(undefined);
  });
});

describe('the outlook on a cut-off', () => {
  it('counts two tasks for what is not picked, one for what is not packed', () => {
    expect(outlookOf(site({ALLOCATED: 3, PICKED: 2, PACKED: 9}, 8), NOW)).toEqual({kind: 'fine', seconds: 3_600});
    expect(outlookOf(site({ALLOCATED: 10}, 8), NOW)).toEqual({kind: 'short', seconds: 9_000});
  });

  it('says when nothing is due, all is packed, or nobody works', () => {
    expect(outlookOf(site({}, 8), NOW)).toEqual({kind: 'nothing'});
    expect(outlookOf({...site({}, 8), cut_offs: []}, NOW)).toEqual({kind: 'nothing'});
    expect(outlookOf(site({PACKED: 4}, 0), NOW)).toEqual({kind: 'ready'});
    expect(outlookOf(site({PICKED: 4}, 0), NOW)).toEqual({kind: 'nobody'});
  });
});
