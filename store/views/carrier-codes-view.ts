import {readCode} from '../../domain/shipping/carrier-codes.ts';
import type {StoreContext} from '../context.ts';

export interface CarrierCodeView {
  carrier: string;
  code: string;
  statuses: string[];
  reasons: string[];
  told_by: string;
  updated_at: string;
}

export interface UnreadCodeView {
  carrier: string;
  code: string;
  why: 'unknown' | 'ambiguous';
  /** what contradicts each other */
  statuses: string[];
  reasons: string[];
  words: number;
  since: string;
  /** the newest five */
  parcels: string[];
}

/** What is written down of the codes of one carrier, or of all; in order. */
export async function readCarrierCodes(
  {prisma}: StoreContext,
  input: {carrier?: string; after?: {carrier: string; code: string}; limit: number},
): Promise<CarrierCodeView[]> {
  const {carrier, after} = input;
  const rows = await prisma.carrier_codes.findMany({
    where: {
      ...(carrier !== undefined && {carrier}),
      ...(after && {OR: [{carrier: {gt: after.carrier}}, {carrier: after.carrier, code: {gt: after.code}}]}),
    },
    orderBy: [{carrier: 'asc'}, {code: 'asc'}],
    take: input.limit,
  });
  return rows.map((row) => ({...row, updated_at: row.updated_at.toISOString()}));
}

type Unread = Omit<UnreadCodeView, 'why' | 'since'> & {since: Date};

/** Codes in words that nobody can read, the longest waiting first. */
export async function readUnreadCodes({prisma}: StoreContext, limit: number): Promise<UnreadCodeView[]> {
  const rows = await prisma.$queryRaw<Unread[]>`
    SELECT e.code_carrier AS carrier, e.carrier_code AS code, count(*)::int AS words, min(e.stored_at) AS since,
      COALESCE(c.statuses, '{}') AS statuses, COALESCE(c.reasons, '{}') AS reasons,
      (array_agg(e.parcel_id ORDER BY e.stored_at DESC))[1:5] AS parcels
    FROM parcel_events e LEFT JOIN carrier_codes c ON c.carrier = e.code_carrier AND c.code = e.carrier_code
    WHERE e.unread GROUP BY 1, 2, c.statuses, c.reasons ORDER BY since, 1, 2 LIMIT ${limit}`;
  return rows.map((row) => {
    const reading = readCode(row);
    return {...row, why: reading.kind === 'unread' ? reading.why : 'unknown', since: row.since.toISOString()};
  });
}
