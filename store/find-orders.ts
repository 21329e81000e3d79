import {formsOfWord} from '../domain/search/forms.ts';
import type {FoundBy} from '../domain/search/found-by.ts';
import type {Question} from '../domain/search/read-question.ts';
import type {StoreContext} from './context.ts';
import {Prisma} from './generated/client.ts';
import {formToken} from './search-forms.ts';

export interface Candidate {
  order_id: string;
  by: FoundBy;
}

/** Of each way to find one: whoever has more is asked for more words. */
const MOST = 100;
/** Names are compared one by one once they are opened. */
export const MOST_NAMES = 200;
const FEWEST_OF_TRACKING = 6;

type Sql = Prisma.Sql;
const nothing = Promise.resolve<Candidate[]>([]);

/** Orders that fit a question in any way, not yet ranked; those found by a name still have to be compared with it. */
export async function findCandidates(context: StoreContext, question: Question): Promise<Candidate[]> {
  const found = await Promise.all([
    byReference(context, question),
    byNumberEnd(context, question),
    byTrackingEnd(context, question),
    byPerson(context, question),
    byPlace(context, question),
    byName(context, question),
  ]);
  return found.flat();
}

const query = ({prisma}: StoreContext, sql: Sql) => prisma.$queryRaw<Candidate[]>(sql);

/** Whatever has a number or an id of its own. */
function byReference(context: StoreContext, {exact, code}: Question): Promise<Candidate[]> {
  if (code.length < 4) return nothing;
  const number = numberOf(code);
  return query(
    context,
    Prisma.sql`SELECT id AS order_id, 'order' AS by FROM orders WHERE id = ${exact} OR number = ${number} OR tracking_token = ${exact}
      UNION SELECT order_id, 'tracking' FROM parcels WHERE tracking_number IN (${exact}, ${code})
      UNION SELECT order_id, 'parcel' FROM parcels WHERE id = ${exact}
      UNION SELECT order_id, 'parcel' FROM sub_orders WHERE id = ${exact}
      UNION SELECT order_id, 'return' FROM returns WHERE id = ${exact} OR tracking_number IN (${exact}, ${code})
      UNION SELECT order_id, 'payment' FROM payments WHERE id = ${exact} OR provider_ref = ${exact}
      UNION SELECT order_id, 'refund' FROM refunds WHERE id = ${exact} OR credit_note = ${exact} OR provider_ref = ${exact}`,
  );
}

/** ORD20260506001 as it is stored. */
function numberOf(code: string): string {
  const [, year, month, day, count] = /^(?:ORD)?(\d{4})(\d{2})(\d{2})(\d{3,})$/.exec(code) ?? [];
  return `ORD-${year}-${month}-${day}-${count}`;
}

const likeFromEnd = (text: string) => `${[...text].reverse().join('')}%`;

function byNumberEnd(context: StoreContext, {digits}: Question): Promise<Candidate[]> {
  if (digits === null) return nothing;
  return query(
    context,
    Prisma.sql`SELECT id AS order_id, 'number_end' AS by FROM orders
      WHERE reverse(replace(number, '-', '')) LIKE ${likeFromEnd(digits)} ORDER BY placed_at DESC LIMIT ${MOST}`,
  );
}

function byTrackingEnd(context: StoreContext, {code}: Question): Promise<Candidate[]> {
  if (code.length < FEWEST_OF_TRACKING || !/^[A-Z0-9]*\d[A-Z0-9]*$/.test(code)) return nothing;
  return query(
    context,
    Prisma.sql`SELECT order_id, 'tracking_end' AS by FROM parcels
      WHERE reverse(upper(tracking_number)) LIKE ${likeFromEnd(code)} LIMIT ${MOST}`,
  );
}

/** By what was told of the customer exactly: e-mail, the last digits of the telephone, the shop's own number of theirs. */
function byPerson(context: StoreContext, {exact, email, phone}: Question): Promise<Candidate[]> {
  const {vault} = context;
  const tokens = [
    ...(email === null ? [] : [vault.index('email', plainEmail(email))]),
    ...(phone === null ? [] : [vault.index('phone', phone), vault.index('phone', phone.slice(-7))]),
  ];
  const customer = vault.hash('customer', exact);
  return query(
    context,
    Prisma.sql`(SELECT DISTINCT order_id, kind AS by FROM blind_index WHERE token IN (${Prisma.join([...tokens, '-'])}) LIMIT ${MOST})
      UNION (SELECT o.id, 'customer' FROM customers c JOIN orders o ON o.customer_id = c.id WHERE c.external_ref = ${customer}
        ORDER BY o.placed_at DESC LIMIT ${MOST})`,
  );
}

const plainEmail = (email: string) =>
  email.normalize('NFKD').toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '').trim();

const anyOf = (tokens: readonly bigint[]): Sql => Prisma.sql`tokens && ${[...tokens]}::bigint[]`;

function byPlace(context: StoreContext, {postal, doors, mailbox, names}: Question): Promise<Candidate[]> {
  const door = doors.map((value) => formToken(context, {kind: 'door', value}));
  const box = mailbox === null ? [] : [formToken(context, {kind: 'mailbox', value: mailbox})];
  // alone it says little, and beside a name it is looked for with it
  const code = names.length > 0 ? [] : postal.map((value) => formToken(context, {kind: 'postal', value}));
  const one = (by: FoundBy, tokens: bigint[]) =>
    Prisma.sql`(SELECT order_id, ${by}::text AS by FROM search_forms WHERE ${anyOf(tokens)} ORDER BY placed_at DESC LIMIT ${MOST})`;
  const parts = [
    ...(door.length > 0 ? [one('door', door)] : []),
    ...(box.length > 0 ? [one('mailbox', box)] : []),
    ...(code.length > 0 ? [one('postal', code)] : []),
  ];
  return parts.length === 0 ? nothing : query(context, Prisma.join(parts, ' UNION '));
}

/** First those that have every word exactly, then those that have something like every word, then any of them. */
async function byName(context: StoreContext, {names, postal}: Question): Promise<Candidate[]> {
  if (names.length === 0) return [];
  const forms = names.map((word) => formsOfWord(word).map((form) => formToken(context, form)));
  const exact = names.map((value) => formToken(context, {kind: 'word', value}));
  const there = postal.map((value) => formToken(context, {kind: 'postal', value}));
  const place = there.length > 0 ? [anyOf(there)] : [];
  const stages: Sql[][] = [
    [Prisma.sql`tokens @> ${exact}::bigint[]`, ...place],
    [...forms.map(anyOf), ...place],
    ...(place.length > 0 ? [forms.map(anyOf)] : []),
    ...(names.length > 1 ? [[anyOf(forms.flat())]] : []),
  ];
  const found = new Set<string>();
  for (const stage of stages) {
    if (found.size >= ENOUGH) break;
    const rows = await query(
      context,
      Prisma.sql`SELECT order_id, 'name' AS by FROM search_forms WHERE ${Prisma.join(stage, ' AND ')}
        ORDER BY placed_at DESC LIMIT ${MOST_NAMES - found.size}`,
    );
    for (const row of rows) found.add(row.order_id);
  }
  return [...found].map((order_id) => ({order_id, by: 'name'}));
}

/** With so many at hand, weaker likenesses are not looked for. */
const ENOUGH = 60;
