const UNITS: Readonly<Record<string, number>> = {ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000};

/** A duration of Temporal's in milliseconds: a number, or text such as "30 days" or "5s". */
export function milliseconds(duration: number | string): number {
  if (typeof duration === 'number') return duration;
  const [, count, unit] = /^\s*([\d.]+)\s*(ms|[smhd])/.exec(duration) ?? [];
  const factor = UNITS[unit ?? ''];
  if (count === undefined || factor === undefined) throw new Error(`"${duration}" is no duration`);
  return Number(count) * factor;
}
