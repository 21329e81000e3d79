import {compareExceptions, severityOf} from './exceptions.ts';

const NOW = Date.parse('2026-11-24T12:00:00Z');
const HOUR = 3_600_000;
const at = (age: number, deadline: number | null = null) => ({now: NOW, since: NOW - age, deadline});

describe('how severe an exception is', () => {
  it('grows with its age', () => {
    expect(severityOf('step', at(HOUR))).toBe('medium');
    expect(severityOf('step', at(4 * HOUR))).toBe('high');
    expect(severityOf('carrier_code', at(HOUR))).toBe('low');
    expect(severityOf('carrier_code', at(48 * HOUR))).toBe('high');
  });

  it('is high shortly before a deadline, and for what was escalated', () => {
    expect(severityOf('dispute', at(HOUR, NOW + 13 * HOUR))).toBe('medium');
    expect(severityOf('dispute', at(HOUR, NOW + 11 * HOUR))).toBe('high');
    expect(severityOf('review', at(0))).toBe('high');
  });

  it('puts the severe first, then the old', () => {
    const e = (key: string, severity: 'high' | 'medium', since: string) => ({key, severity, since});
    const list = [e('b', 'medium', '1'), e('c', 'high', '2'), e('a', 'high', '1'), e('d', 'high', '2')];
    expect(list.sort(compareExceptions).map(({key}) => key)).toEqual(['a', 'c', 'd', 'b']);
  });
});
