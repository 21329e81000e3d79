import {Reader} from './reader.ts';

/** The part of SQL that the store's statements use: expressions over one row, its parameters and the excluded row. */
export type Row = Record<string, unknown>;

export interface Scope {
  row: Row;
  values: readonly unknown[];
  /** what an INSERT wanted to write, for ON CONFLICT DO UPDATE */
  excluded: Row | null;
  now: () => Date;
}

export type Expression = (scope: Scope) => unknown;

export function parseExpression(sql: string): Expression {
  const reader = new Reader(sql);
  const expression = readOr(reader);
  if (!reader.done) throw new Error(`nothing expected after the expression, not ${reader.peek()?.text}`);
  return expression;
}

/** Null is neither true nor false: rows are found where a condition is true, and kept where no check is false. */
export const isTrue = (value: unknown) => value === true;

export function readOr(r: Reader): Expression {
  let left = readAnd(r);
  while (r.take('OR')) {
    const [a, b] = [left, readAnd(r)];
    left = (s) => either(a(s), b(s));
  }
  return left;
}

function readAnd(r: Reader): Expression {
  let left = readNot(r);
  while (r.take('AND')) {
    const [a, b] = [left, readNot(r)];
    left = (s) => not(either(not(a(s)), not(b(s))));
  }
  return left;
}

function readNot(r: Reader): Expression {
  if (!r.take('NOT')) return readComparison(r);
  const inner = readNot(r);
  return (s) => not(inner(s));
}

/** Of three truth values: true where one is, else null where one is null. */
const either = (a: unknown, b: unknown): boolean | null => {
  if (a === true || b === true) return true;
  return a == null || b == null ? null : false;
};

const not = (value: unknown): boolean | null => (value == null ? null : value !== true);

const plain = (value: unknown) => (value instanceof Date ? value.getTime() : value);

const COMPARE: Readonly<Record<string, (a: never, b: never) => boolean>> = {
  // biome-ignore lint/suspicious/noDoubleEquals: a bigint column equals a number
  '=': (a, b) => a == b,
  // biome-ignore lint/suspicious/noDoubleEquals: a bigint column differs from a number
  '<>': (a, b) => a != b,
  '<=': (a, b) => a <= b,
  '>=': (a, b) => a >= b,
  '<': (a, b) => a < b,
  '>': (a, b) => a > b,
  // arrays: all of the left are on the right; one of them is
  '<@': (a: unknown[], b: unknown[]) => a.every((one) => b.includes(one)),
  '&&': (a: unknown[], b: unknown[]) => a.some((one) => b.includes(one)),
};

function readComparison(r: Reader): Expression {
  const left = readSum(r);
  if (r.takeAll('IS', 'NOT', 'NULL')) return (s) => left(s) != null;
  if (r.takeAll('IS', 'NULL')) return (s) => left(s) == null;
  if (r.take('IN')) return isIn(left, readList(r));
  const sign = r.peek();
  const compare = sign?.kind === 'sign' ? COMPARE[sign.text] : undefined;
  if (!compare) return left;
  r.next();
  if (r.take('ANY')) return isIn(left, readList(r));
  const right = readSum(r);
  return (s) => {
    const [a, b] = [plain(left(s)), plain(right(s))];
    return a == null || b == null ? null : compare(a as never, b as never);
  };
}

function readList(r: Reader, [open, close] = ['(', ')']): Expression[] {
  const found: Expression[] = [];
  r.expect(open);
  do found.push(readOr(r));
  while (r.take(','));
  r.expect(close);
  return found;
}

function isIn(left: Expression, list: Expression[]): Expression {
  return (s) => {
    const value = plain(left(s));
    if (value == null) return null;
    return list.some((item) => {
      const one = item(s);
      return Array.isArray(one) ? one.includes(value) : plain(one) === value;
    });
  };
}

function readSum(r: Reader): Expression {
  let left = readProduct(r);
  for (;;) {
    if (r.take('+'))
      left = arithmetic(
        left,
        readProduct(r),
        (a, b) => a + b,
        (a, b) => a + b,
      );
    else if (r.take('-'))
      left = arithmetic(
        left,
        readProduct(r),
        (a, b) => a - b,
        (a, b) => a - b,
      );
    else return left;
  }
}

function readProduct(r: Reader): Expression {
  let left = readValue(r);
  while (r.take('*'))
    left = arithmetic(
      left,
      readValue(r),
      (a, b) => a * b,
      (a, b) => a * b,
    );
  return left;
}

function arithmetic(
  left: Expression,
  right: Expression,
  small: (a: number, b: number) => number,
  big: (a: bigint, b: bigint) => bigint,
): Expression {
  return (s) => {
    const [a, b] = [left(s), right(s)];
    if (a == null || b == null) return null;
    if (typeof a === 'bigint' || typeof b === 'bigint') return big(BigInt(a as number), BigInt(b as number));
    return small(a as number, b as number);
  };
}

function readValue(r: Reader): Expression {
  const value = readAtom(r);
  let cast: string | null = null;
  while (r.take('::')) {
    cast = r.name();
    if (r.take('[')) r.expect(']');
  }
  if (cast !== 'jsonb') return value;
  return (s) => {
    const text = value(s);
    return typeof text === 'string' ? JSON.parse(text) : text;
  };
}

function readAtom(r: Reader): Expression {
  if (r.take('(')) {
    const inner = readOr(r);
    r.expect(')');
    return inner;
  }
  if (r.take('CASE')) return readCase(r);
  const token = r.next();
  if (token.kind === 'param') {
    const index = Number(token.text) - 1;
    return (s) => s.values[index] ?? null;
  }
  if (token.kind === 'number') return constant(Number(token.text));
  if (token.kind === 'text') return constant(token.text);
  if (token.kind === 'sign') throw new Error(`a value expected, not ${token.text}`);
  return readNamed(r, token.text);
}

const constant =
  (value: unknown): Expression =>
  () =>
    value;

function readCase(r: Reader): Expression {
  r.expect('WHEN');
  const when = readOr(r);
  r.expect('THEN');
  const then = readOr(r);
  const otherwise = r.take('ELSE') ? readOr(r) : constant(null);
  r.expect('END');
  return (s) => (isTrue(when(s)) ? then(s) : otherwise(s));
}

function readNamed(r: Reader, name: string): Expression {
  const word = name.toUpperCase();
  if (word === 'NULL') return constant(null);
  if (word === 'TRUE') return constant(true);
  if (word === 'FALSE') return constant(false);
  if (word === 'ARRAY') {
    const items = readList(r, ['[', ']']);
    return (s) => items.map((item) => item(s));
  }
  if (r.take('.')) {
    const column = r.name();
    return word === 'EXCLUDED' ? (s) => s.excluded?.[column] ?? null : (s) => s.row[column] ?? null;
  }
  if (r.peek()?.text === '(' && r.peek()?.kind === 'sign') return readCall(r, word);
  return (s) => s.row[name] ?? null;
}

function readCall(r: Reader, name: string): Expression {
  if (r.takeAll('(', ')')) {
    if (name === 'NOW') return (s) => s.now();
    throw new Error(`${name}() is not known here`);
  }
  const args = readList(r);
  if (name === 'COALESCE') return (s) => args.map((a) => a(s)).find((v) => v != null) ?? null;
  if (name === 'CARDINALITY') return (s) => args.map((a) => a(s) as unknown[] | null)[0]?.length ?? null;
  throw new Error(`${name} is not known here`);
}
