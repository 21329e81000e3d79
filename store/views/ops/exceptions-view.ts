import {
  compareExceptions,
  type ExceptionKind,
  REMEDIES,
  type Severity,
  severityOf,
} from '../../../domain/ops/exceptions.ts';
import type {StoreContext} from '../../context.ts';
import {type MoneyView, money, time} from '../shapes.ts';
import {type ExceptionRow, findExceptions} from './find-exceptions.ts';

export interface ExceptionView {
  /** names it for as long as it lasts */
  key: string;
  kind: ExceptionKind;
  /** what is wrong, as a code */
  code: string;
  order_id: string | null;
  number: string | null;
  /** what it is about, beside the order: a part, a parcel, a return, a refund, a carrier's code */
  subject: string;
  since: string;
  deadline: string | null;
  severity: Severity;
  /** who looks after it */
  owner: string | null;
  value: MoneyView | null;
  /** the call that does something about it, by its id in the OpenAPI document */
  call: string | null;
  runbook: string;
}

export interface ExceptionsPage {
  items: ExceptionView[];
  counts: Record<Severity, number> & {mine: number; nobodys: number};
  next: number | null;
}

export interface ExceptionOptions {
  kind?: ExceptionKind | undefined;
  /** `nobody`: those nobody has taken */
  owner?: string | undefined;
  from?: number | undefined;
  limit: number;
  /** who asks */
  me: string;
}

/** Everything that waits for a person, the most severe first. */
export async function readExceptions(context: StoreContext, options: ExceptionOptions): Promise<ExceptionsPage> {
  const [rows, claims] = await Promise.all([
    findExceptions(context),
    context.prisma.exception_claims.findMany({select: {key: true, owner: true}}),
  ]);
  const owners = new Map(claims.map(({key, owner}) => [key, owner]));
  const now = context.now().getTime();
  const all = rows.map((row) => view(row, owners.get(row.key) ?? null, now));
  const counts = {high: 0, medium: 0, low: 0, mine: 0, nobodys: 0};
  for (const {severity, owner} of all) {
    counts[severity] += 1;
    if (owner === options.me) counts.mine += 1;
    if (owner === null) counts.nobodys += 1;
  }
  const chosen = all.filter((item) => wanted(item, options)).sort(compareExceptions);
  const from = options.from ?? 0;
  const items = chosen.slice(from, from + options.limit);
  return {items, counts, next: from + options.limit < chosen.length ? from + options.limit : null};
}

function wanted({kind, owner}: ExceptionView, options: ExceptionOptions): boolean {
  if (options.kind !== undefined && kind !== options.kind) return false;
  if (options.owner === undefined) return true;
  return options.owner === 'nobody' ? owner === null : owner === options.owner;
}

function view(row: ExceptionRow, owner: string | null, now: number): ExceptionView {
  const {key, kind, code, order_id, number, subject, since, deadline, amount, currency} = row;
  const at = {now, since: since.getTime(), deadline: deadline?.getTime() ?? null};
  return {
    ...{key, kind, code, order_id, number, subject, owner},
    since: since.toISOString(),
    deadline: time(deadline),
    severity: severityOf(kind, at),
    value: amount === null || currency === null ? null : money(amount, currency),
    ...REMEDIES[kind],
  };
}
