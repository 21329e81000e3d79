import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {carrierKey, gatherCodes, type GivenCode, readCode} from '../domain/shipping/carrier-codes.ts';
import {fromEasypostStatus} from '../domain/shipping/tracking.ts';
import {csvRows} from '../domain/text/csv.ts';
import {Trouble} from '../simulation/options.ts';
import type {Benchmark} from './main.ts';

/**
 * How much of what carriers say is understood: every code of a list, as a tracker would say it, with the list loaded. Each
 * is read as what the list says, or flagged; the baseline is the platform's own words alone. Then the list without every
 * tenth code: those must be flagged, all of them.
 */
export function carrierCodes(data: string | undefined): Benchmark {
  const given = [...load(data, 'tracking_codes.csv', 'status'), ...load(data, 'incident_codes.csv', 'reason')];
  const said = gatherCodes(given).filter(({statuses}) => statuses.length > 0);
  const whole = judge(given, said);
  const hidden = said.filter((_, i) => i % 10 === 0);
  const keys = new Set(hidden.map(({carrier, code}) => `${carrier} ${code}`));
  const rest = given.filter(({carrier, code}) => !keys.has(`${carrierKey(carrier)} ${code.trim()}`));
  const without = judge(rest, hidden);
  const byWord = said.filter(({code, statuses}) => fromEasypostStatus(code) === readStatus(statuses)).length;
  const guessed = whole.wrong + without.read;
  const [value, baseline] = [whole.read / said.length, byWord / said.length];
  return {
    figure: {
      name: 'carrier-codes',
      value: round(value),
      unit: 'share of codes read',
      baseline: round(baseline),
      ratio: round(value / Math.max(baseline, 1 / said.length)),
      details: {codes: said.length, ...whole, hidden: hidden.length, hidden_flagged: without.unknown, guessed},
    },
    lines: [
      `${whole.read} of ${said.length} codes read, ${whole.ambiguous} flagged as ambiguous, ${whole.unknown} as unknown`,
      `${without.unknown} of ${hidden.length} codes that nobody wrote down flagged as unknown`,
    ],
    ...(guessed > 0 ? {failure: `${guessed} codes were guessed`} : {}),
  };
}

/** Reads every code by what was given; `wrong`: read as something else than was said of it, or though it was ambiguous. */
function judge(given: readonly GivenCode[], said: ReturnType<typeof gatherCodes>) {
  const known = new Map(gatherCodes(given).map((row) => [`${row.carrier} ${row.code}`, row]));
  const counts = {read: 0, ambiguous: 0, unknown: 0, wrong: 0};
  for (const {carrier, code, statuses} of said) {
    const reading = readCode(known.get(`${carrier} ${code}`));
    if (reading.kind === 'unread') counts[reading.why] += 1;
    else if (reading.status === readStatus(statuses)) counts.read += 1;
    else counts.wrong += 1;
  }
  return counts;
}

function readStatus(statuses: readonly string[]): string | null {
  const reading = readCode({statuses, reasons: []});
  return reading.kind === 'read' ? reading.status : null;
}

function load(data: string | undefined, file: string, as: 'status' | 'reason'): GivenCode[] {
  const path = join(data ?? '', 'carriers', file);
  if (!data || !existsSync(path)) throw new Trouble(`carrier-codes needs --data DIR with carriers/${file}`);
  const [, ...rows] = csvRows(readFileSync(path, 'utf8'));
  return rows.map(([carrier = '', code = '', unified = '']) => ({carrier, code, [as]: unified}));
}

const round = (value: number) => Math.round(value * 10_000) / 10_000;
