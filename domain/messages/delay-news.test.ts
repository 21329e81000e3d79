import {isNewDelay} from './delay-news.ts';

const HOUR = 3_600_000;
const PROMISED = Date.parse('2026-06-01T18:00:00Z');

it('a delay is told when it is a day, and again when it has grown by another', () => {
  const after = (hours: number, told: number | null = null) =>
    isNewDelay({
      promised: PROMISED,
      told: told === null ? null : PROMISED + told * HOUR,
      until: PROMISED + hours * HOUR,
    });
  expect([after(-48), after(0), after(23), after(24), after(100)]).toEqual([false, false, false, true, true]);
  expect([after(30, 30), after(53, 30), after(54, 30), after(24, 72), after(95, 72), after(96, 72)]).toEqual([
    false,
    false,
    true,
    false,
    false,
    true,
  ]);
});
