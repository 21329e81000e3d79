import {readFileSync} from 'node:fs';
import {INVARIANTS, NOT_YET, SOMETIMES} from '../../simulation/invariants/registry.ts';

it('docs/invariants.md holds the table of the registry', () => {
  const rows = readFileSync('docs/invariants.md', 'utf8')
    .split('\n')
    .filter((line) => /^\| [A-Z]\d+ \|/.test(line))
    .map((line) => line.split('|').map((cell) => cell.trim()));
  const told = rows.map(([, id, meaning, reads, when, since]) => ({id, meaning, reads, when, since}));
  const registered = [
    ...INVARIANTS.map((i) => ({
      id: i.id,
      meaning: i.meaning,
      reads: i.reads,
      when: i.when === 'quiet' ? 'at rest' : i.atRest ? 'always, more at rest' : 'always',
      since: '0.1.0',
    })),
    ...NOT_YET.map((i) => ({id: i.id, meaning: i.meaning, reads: '', when: '', since: `not yet (${i.row})`})),
    ...SOMETIMES.map((i) => ({id: i.id, meaning: i.meaning, reads: i.by, when: 'counted in drills', since: '0.1.0'})),
  ];
  expect(told).toEqual(registered);
  expect(new Set(told.map(({id}) => id)).size).toBe(told.length);
});
