import {duration} from './progress.ts';
import type {Tally} from './tally.ts';
import {sum, type Violation} from './verify.ts';
import type {Played} from './world/play.ts';
import type {World} from './world/plan.ts';

/** What `--json` prints; the names are public. */
export interface Report {
  orders: number;
  placed: number;
  refused: number;
  split: number;
  by_status: Record<string, number>;
  captured: number;
  delivered_value: number;
  currency: string;
  kills: number;
  seconds: number;
  violations: Violation[];
  seed: number;
  refused_by_code: Record<string, number>;
  happened: Record<string, number>;
  orders_per_second: number;
  checked?: string[];
  not_yet?: unknown;
}

export interface ReportInput {
  world: World;
  played: Played;
  tally: Tally;
  violations: Violation[];
  seed: number;
  kills: number;
}

const ALL_SEEN_FROM = 50;
const PLACED_SHARE = 0.9;

export function reportOf({world, played, tally, violations, seed, kills}: ReportInput): Report {
  const {outcomes} = played;
  const byStatus: Record<string, number> = {};
  for (const {status} of outcomes) byStatus[status] = (byStatus[status] ?? 0) + 1;
  const taken = outcomes.filter(({status}) => status !== 'refused');
  const refused = outcomes.length - taken.length;
  return {
    orders: world.placeable,
    placed: tally.get('placed'),
    refused,
    split: taken.filter(({places}) => places > 1).length,
    by_status: Object.fromEntries(Object.entries(byStatus).filter(([status]) => status !== 'refused')),
    captured: sum(outcomes, (o) => o.captured),
    delivered_value: sum(outcomes, (o) => o.deliveredValue),
    currency: world.layout.currency,
    kills,
    seconds: Math.round(played.seconds * 10) / 10,
    violations,
    seed,
    refused_by_code: tally.under('refused.'),
    happened: happenings(tally),
    orders_per_second: Math.round((10 * tally.get('placed')) / Math.max(0.1, played.seconds)) / 10,
  };
}

function happenings(tally: Tally): Record<string, number> {
  const all = tally.under('');
  return Object.fromEntries(Object.entries(all).filter(([name]) => !name.startsWith('refused.') && name !== 'placed'));
}

/** Why a run without violations still proves nothing; undefined when it is sound. */
export function whyVoid(report: Report, world: World): string | undefined {
  if (report.placed < PLACED_SHARE * report.orders) {
    return `only ${report.placed} of ${report.orders} orders were placed (${PLACED_SHARE * 100} % are wanted)`;
  }
  if (report.orders < ALL_SEEN_FROM) return undefined;
  const share = report.split / Math.max(1, report.placed);
  if (share < (world.wantedSplitShare ?? 0)) {
    return `only ${(100 * share).toFixed(1)} % of the orders were split (${100 * (world.wantedSplitShare ?? 0)} % are wanted)`;
  }
  const unseen = [
    ...(report.captured > 0 ? [] : ['a capture']),
    ...(report.split > 0 ? [] : ['a split']),
    ...((report.happened['cancel.done'] ?? 0) > 0 ? [] : ['a cancel']),
    ...(report.refused > 0 ? [] : ['a refusal']),
  ];
  return unseen.length > 0 ? `a run of ${report.orders} orders never saw ${unseen.join(', ')}` : undefined;
}

/** What may help a person whose run was refused too often; undefined when nothing comes to mind. */
export function hintFor(report: Report, world: World): string | undefined {
  const meant = world.plans.filter(({ending}) => ending === 'declined').length;
  if ((report.refused_by_code.payment_declined ?? 0) <= meant + 0.05 * report.orders) return undefined;
  return 'all shoppers pay by one test card: start the system with --no-demo, so that its limits per card are off';
}

/** The summary for a person. */
export function summary(report: Report): string[] {
  const money = (amount: number) => `${(amount / 100).toFixed(2)} ${report.currency}`;
  const counts = (record: Record<string, number>) =>
    Object.entries(record)
      .map(([name, count]) => `${name} ${count}`)
      .join(', ') || 'none';
  const share = report.placed > 0 ? ((100 * report.split) / report.placed).toFixed(1) : '0';
  return [
    '',
    `orders        ${report.orders} asked for, ${report.placed} placed, ${report.refused} refused (seed ${report.seed})`,
    `refused       ${counts(report.refused_by_code)}`,
    `ended         ${counts(report.by_status)}`,
    `split         ${report.split} left from two places or more (${share} % of those placed)`,
    `money         captured ${money(report.captured)}, delivered ${money(report.delivered_value)}`,
    `happened      ${counts(report.happened)}`,
    `time          ${duration(report.seconds)}, ${report.orders_per_second} orders/s`,
    ...(report.checked ? [`checked       ${report.checked.length} invariants`] : []),
    ...(report.violations.length === 0 ? ['violations    none'] : [`violations    ${report.violations.length}`]),
    ...report.violations.slice(0, 40).map(({id, subject, sentence}) => `  ${id}  ${subject}: ${sentence}`),
    ...(report.violations.length > 40 ? [`  ... and ${report.violations.length - 40} more`] : []),
  ];
}
