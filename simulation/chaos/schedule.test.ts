import {chaosSchedule, EMULATORS, FORGERIES, OURS, PLACES, type Step} from './schedule.ts';
import {WEATHERS} from './proxy.ts';

const MINUTES = 60_000;
const kills = (steps: Step[], victims: readonly string[]) =>
  steps.filter((step) => step.do === 'kill' && victims.includes(step.victim)).map(({at}) => at);
const gaps = (times: number[]) => times.map((at, i) => at - (times[i - 1] ?? 0));

describe('chaosSchedule', () => {
  const steps = chaosSchedule(7, 4 * MINUTES);

  it('is the same for the same seed and another for another', () => {
    expect(chaosSchedule(7, 4 * MINUTES)).toEqual(steps);
    expect(chaosSchedule(8, 4 * MINUTES)).not.toEqual(steps);
  });

  it('kills at the cadence of bar R4', () => {
    for (const gap of gaps(kills(steps, OURS))) expect(gap >= 2_000 && gap <= 5_000).toBe(true);
    for (const gap of gaps(kills(steps, ['postgres']))) expect(gap >= 20_000 && gap <= 30_000).toBe(true);
    expect(kills(steps, ['temporal'])).toHaveLength(2);
    expect(kills(steps, EMULATORS).length).toBeGreaterThan(4);
  });

  it('has everything in it, in order, within its time', () => {
    const seen = new Set(
      steps.map((s) => (s.do === 'kill' ? s.victim : s.do === 'network' ? `${s.place} ${s.weather}` : s.forgery)),
    );
    for (const name of [...OURS, ...EMULATORS, 'postgres', 'temporal', ...FORGERIES]) expect(seen).toContain(name);
    for (const place of PLACES) for (const weather of WEATHERS) expect(seen).toContain(`${place} ${weather}`);
    expect(steps.map(({at}) => at)).toEqual(steps.map(({at}) => at).sort((a, b) => a - b));
    expect(steps.every(({at}) => at > 0 && at < 4 * MINUTES)).toBe(true);
  });

  it('restarts Temporal twice however short the run is', () => {
    expect(kills(chaosSchedule(1, 30_000), ['temporal'])).toHaveLength(2);
  });
});
