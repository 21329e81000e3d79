import {amountText} from './money-books.ts';
import type {Finding, World} from './types.ts';

const NAMES: Readonly<Record<string, {paper: string; about: string}>> = {
  receipt: {paper: 'receipt', about: 'what was charged'},
  credit_note: {paper: 'credit note', about: 'what was given back'},
};
const named = (kind: string) => NAMES[kind] ?? {paper: 'paper', about: 'money'};

interface Pair {
  kind: string;
  order_id: string;
  amount: number;
  currency: string;
  number: string | null;
  said: number | null;
}

/** M9: each capture has one receipt and each refund that went through one credit note, over its amount, numbered without gaps. */
export async function documentsAreWhole(world: World): Promise<Finding[]> {
  return [...(await eachHasItsPaper(world)), ...(await papersOfNothing(world)), ...(await numbersHaveNoGaps(world))];
}

async function eachHasItsPaper(world: World): Promise<Finding[]> {
  const rows = await world.sql<Pair>(
    `SELECT m.kind, m.order_id, m.amount::float8 AS amount, m.currency, d.number, d.amount::float8 AS said
       FROM (SELECT 'receipt' AS kind, c.id, c.order_id, c.amount, o.currency FROM captures c JOIN orders o ON o.id = c.order_id
              WHERE c.state = 'done'
             UNION ALL SELECT 'credit_note', id, order_id, amount, currency FROM refunds WHERE state = 'succeeded') m
       LEFT JOIN documents d ON d.kind = m.kind AND d.subject_id = m.id
      WHERE d.amount IS DISTINCT FROM m.amount OR d.currency <> m.currency OR d.order_id <> m.order_id
      ORDER BY m.order_id, m.kind, m.id`,
  );
  return rows.map(({kind, order_id, amount, currency, number, said}) => {
    const {paper, about} = named(kind);
    const subject = world.nameOf(order_id);
    const is = `${about}, ${amountText(amount, currency)},`;
    const sentence =
      number === null
        ? `Order ${subject}: ${is} has no ${paper}.`
        : `Order ${subject}: ${is} is ${amountText(said ?? 0, currency)} on ${paper} ${number}, or that is of another order.`;
    return {subject, sentence};
  });
}

async function papersOfNothing(world: World): Promise<Finding[]> {
  const rows = await world.sql<{kind: string; number: string; order_id: string}>(
    `SELECT d.kind, d.number, d.order_id FROM documents d
      WHERE NOT EXISTS (SELECT 1 FROM captures c WHERE d.kind = 'receipt' AND c.id = d.subject_id AND c.state = 'done')
        AND NOT EXISTS (SELECT 1 FROM refunds r WHERE d.kind = 'credit_note' AND r.id = d.subject_id AND r.credit_note = d.number)
      ORDER BY d.kind, d.number`,
  );
  return rows.map(({kind, number, order_id}) => {
    const subject = world.nameOf(order_id);
    const {paper, about} = named(kind);
    return {subject, sentence: `Order ${subject}: ${paper} ${number} is not of ${about}.`};
  });
}

async function numbersHaveNoGaps(world: World): Promise<Finding[]> {
  const rows = await world.sql<{kind: string; first: number; last: number; found: number}>(
    `SELECT s.kind, s.first, s.last, count(d.number)::int AS found FROM document_serials s
       LEFT JOIN documents d ON d.kind = s.kind AND d.serial BETWEEN s.first AND s.last
      GROUP BY s.kind HAVING count(d.number) <> s.last - s.first + 1
         OR s.last < (SELECT max(serial) FROM documents o WHERE o.kind = s.kind) ORDER BY s.kind`,
  );
  return rows.map(({kind, first, last, found}) => {
    const {paper} = named(kind);
    return {
      subject: `${paper}s`,
      sentence: `Numbers ${first} to ${last} of ${paper}s are given out, and ${found} are there.`,
    };
  });
}
