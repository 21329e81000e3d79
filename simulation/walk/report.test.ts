import {Astray, createReport} from './report.ts';

const well = () => Promise.resolve();
const nothing = () => [];

describe('the report of a walk', () => {
  it('tells each step with its seconds, and counts', async () => {
    const told: string[] = [];
    const report = createReport((line) => told.push(line));
    await report.step('goes in', well, nothing);
    await report.step('looks around', well, nothing);
    expect(told).toEqual([
      expect.stringMatching(/✓ goes in +\d+\.\d s$/),
      expect.stringMatching(/✓ looks around +\d+\.\d s$/),
    ]);
    expect([report.sum(), report.failed()]).toEqual(['2 steps, 0 failed', 0]);
  });

  it('a step fails by what was noticed meanwhile, and the walk goes on', async () => {
    const told: string[] = [];
    const report = createReport((line) => told.push(line));
    await report.step('looks around', well, () => ['console: broken', 'too wide']);
    expect(told).toEqual([expect.stringMatching(/✗ looks around/), '      console: broken', '      too wide']);
    expect(report.sum()).toBe('1 steps, 1 failed');
  });

  it('a step that cannot be gone ends its walk, and is counted once', async () => {
    const told: string[] = [];
    const report = createReport((line) => told.push(line));
    const lost = report.step(
      'goes in',
      () => Promise.reject(new Error('no door')),
      () => ['too wide'],
    );
    await expect(lost).rejects.toThrow(Astray);
    expect(told.slice(1)).toEqual(['      no door', '      too wide']);
    expect(report.sum()).toBe('1 steps, 1 failed');
  });
});
