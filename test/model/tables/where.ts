import type {Row} from './sql.ts';

type Where = Record<string, unknown>;

const plain = (value: unknown) => (value instanceof Date ? value.getTime() : value);

function isOperators(value: unknown): value is Where {
  return value !== null && typeof value === 'object' && !(value instanceof Date) && !Array.isArray(value);
}

/** Whether a row is meant by a `where` of the database client. */
export function matches(row: Row, where: Where): boolean {
  for (const key in where) {
    const wanted = where[key];
    if (wanted === undefined) continue;
    if (key === 'OR') {
      if (!(wanted as Where[]).some((one) => matches(row, one))) return false;
    } else if (key === 'AND') {
      if (!(wanted as Where[]).every((one) => matches(row, one))) return false;
    } else if (!(key in row)) {
      // the name of a compound key: its columns are inside
      if (!isOperators(wanted) || !matches(row, wanted)) return false;
    } else if (!holds(row[key], wanted)) return false;
  }
  return true;
}

function holds(value: unknown, wanted: unknown): boolean {
  if (!isOperators(wanted)) return equal(value, wanted);
  return Object.entries(wanted).every(([operator, operand]) => operate(operator, value, operand));
}

function equal(a: unknown, b: unknown): boolean {
  if (a == null || b == null) return a == null && b == null;
  // biome-ignore lint/suspicious/noDoubleEquals: a bigint column equals a number
  return plain(a) == plain(b);
}

function operate(operator: string, value: unknown, operand: unknown): boolean {
  if (operand === undefined) return true;
  switch (operator) {
    case 'in':
      return (operand as unknown[]).some((one) => one != null && equal(value, one));
    case 'notIn':
      return value != null && !(operand as unknown[]).some((one) => equal(value, one));
    case 'not':
      return operand === null ? value != null : value != null && !holds(value, operand);
    case 'equals':
      return equal(value, operand);
    default:
      return value != null && operand != null && compared(operator, plain(value) as number, plain(operand) as number);
  }
}

function compared(operator: string, a: number, b: number): boolean {
  if (operator === 'lt') return a < b;
  if (operator === 'lte') return a <= b;
  if (operator === 'gt') return a > b;
  if (operator === 'gte') return a >= b;
  throw new Error(`the model does not know the operator ${operator}`);
}
