import {FOUND_BY, type FoundBy} from '../../domain/search/found-by.ts';
import {fitOfName} from '../../domain/search/rank.ts';
import {type Question, readQuestion} from '../../domain/search/read-question.ts';
import type {StoreContext} from '../context.ts';
import {findCandidates} from '../find-orders.ts';
import type {orders} from '../generated/client.ts';
import {type CustomerProfile, openMany, type ShipTo} from '../personal-data.ts';
import {groupBy, type MoneyView, money, type WaitingView, waitingView} from './shapes.ts';

export interface FoundOrder {
  order_id: string;
  number: string;
  status: string;
  waiting_on: WaitingView | null;
  total: MoneyView;
  placed_at: string;
  /** whom it is for and where it goes: to ask the caller back, and no more than that */
  name: string | null;
  city: string | null;
  found_by: {kind: FoundBy; likeness: 'same' | 'similar' | 'sounds' | 'part'}[];
}

export interface SearchResult {
  results: FoundOrder[];
  /** there are others: more words are needed */
  more: boolean;
}

const SHOWN = 25;

/** Orders that fit what a caller said, the surest first, the newest first among equals. */
export async function searchOrders(context: StoreContext, text: string): Promise<SearchResult> {
  const question = readQuestion(text);
  const candidates = groupBy(await findCandidates(context, question), (candidate) => candidate.order_id);
  const ids = [...candidates.keys()];
  const rows = await context.prisma.orders.findMany({where: {id: {in: ids}}});
  const people = await openPeople(context, rows);
  const ranked = rows
    .flatMap((order) => judge(order, candidates.get(order.id) ?? [], question, people.get(order.id)))
    .sort((a, b) => b.score - a.score || b.found.placed_at.localeCompare(a.found.placed_at));
  return {results: ranked.slice(0, SHOWN).map(({found}) => found), more: ranked.length > SHOWN};
}

interface Person {
  names: string[];
  city: string | null;
}

async function openPeople(context: StoreContext, rows: readonly orders[]): Promise<Map<string, Person>> {
  const subjects = rows.flatMap(({id, customer_id}) => [`order:${id}`, `customer:${customer_id}`]);
  const opened = await openMany(context, [...new Set(subjects)]);
  return new Map(
    rows.map(({id, customer_id}) => {
      const shipTo = opened.get(`order:${id}`)?.get('ship_to') as ShipTo | undefined;
      const profile = opened.get(`customer:${customer_id}`)?.get('profile') as CustomerProfile | undefined;
      const names = [profile?.name, shipTo?.name].flatMap((name) => name ?? []);
      return [id, {names, city: shipTo?.city ?? null}];
    }),
  );
}

/** What each way of finding says for itself; names by how well they fit. */
const WEIGHTS: Readonly<Record<FoundBy, number>> = {
  order: 100,
  tracking: 100,
  parcel: 100,
  return: 100,
  payment: 100,
  refund: 100,
  email: 90,
  phone: 80,
  customer: 80,
  door: 60,
  number_end: 50,
  tracking_end: 50,
  mailbox: 45,
  name: 40,
  postal: 10,
};

const PARTS: ReadonlySet<FoundBy> = new Set(['number_end', 'tracking_end', 'mailbox', 'postal']);

function judge(
  order: orders,
  candidates: readonly {by: FoundBy}[],
  {names: said}: Question,
  person: Person | undefined,
): {score: number; found: FoundOrder}[] {
  const names = person?.names ?? [];
  const fits = names.map((name) => ({name, fit: fitOfName(said, name)}));
  const best = fits.reduce(
    (a, b) => ((b.fit?.score ?? 0) > (a.fit?.score ?? 0) ? b : a),
    fits[0] ?? {name: null, fit: null},
  );
  const found_by: FoundOrder['found_by'] = [];
  let score = 0;
  for (const kind of FOUND_BY) {
    if (!candidates.some(({by}) => by === kind)) continue;
    // tokens meet by chance: only the opened name counts
    if (kind === 'name' && best.fit === null) continue;
    const weight = kind === 'name' ? WEIGHTS.name * (best.fit?.score ?? 0) : WEIGHTS[kind];
    score += weight;
    const likeness = kind === 'name' ? (best.fit?.likeness ?? 'sounds') : PARTS.has(kind) ? 'part' : 'same';
    found_by.push({kind, likeness});
  }
  return score === 0 ? [] : [{score, found: viewOf(order, best.name, person?.city ?? null, found_by)}];
}

function viewOf(order: orders, name: string | null, city: string | null, found_by: FoundOrder['found_by']): FoundOrder {
  return {
    order_id: order.id,
    number: order.number,
    status: order.status,
    waiting_on: waitingView(order),
    total: money(order.total_amount, order.currency),
    placed_at: order.placed_at.toISOString(),
    name,
    city,
    found_by,
  };
}
