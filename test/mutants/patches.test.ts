import {INVARIANTS, NOT_YET} from '../../simulation/invariants/registry.ts';
import {plantedCode} from './apply.ts';
import {PLANTED} from './planted/index.ts';

const ROOT = process.cwd();
const IDS: ReadonlySet<string> = new Set([...INVARIANTS, ...NOT_YET].map(({id}) => id));

describe('planted bugs', () => {
  it.each(PLANTED.map((bug) => [bug.name, bug] as const))('%s fits the product and can be built', (_name, bug) => {
    expect(plantedCode(bug, ROOT).length).toBeGreaterThan(0);
  });

  it.each(PLANTED.map((bug) => [bug.name, bug.expect] as const))('%s expects what there is', (_name, expected) => {
    const ids = typeof expected === 'string' ? [] : expected.filter((id) => id !== 'ending');
    expect(ids.filter((id) => !IDS.has(id))).toEqual([]);
  });

  it('have names of their own', () => {
    const names = PLANTED.map(({name}) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => !/^[a-z0-9-]+$/.test(name))).toEqual([]);
  });
});
