export const PURCHASE_STATES = [
  'open',
  'price_changed',
  'acknowledged',
  'shipped',
  'refused',
  'given_up',
  'cancelled',
] as const;
export type PurchaseState = (typeof PURCHASE_STATES)[number];

/** States in which the supplier still has something to send, or has sent it. */
export const LIVE_PURCHASES: readonly PurchaseState[] = ['open', 'price_changed', 'acknowledged', 'shipped'];

export const isLive = (state: string): boolean => LIVE_PURCHASES.includes(state as PurchaseState);

/** Units of one line of a purchase order. */
export interface PurchaseUnits {
  line_id: string;
  sku: string;
  qty: number;
  unit_cost: number;
  cancelled: number;
  missing: number;
  shipped: number;
}

/** Units that are still to come or have come. */
export const unitsWanted = ({qty, cancelled, missing}: Pick<PurchaseUnits, 'qty' | 'cancelled' | 'missing'>): number =>
  qty - cancelled - missing;

/** What the supplier says it will send. */
export interface AnswerLine {
  line_id?: string | undefined;
  sku?: string | undefined;
  qty: number;
  /** minor units; absent: the price of the purchase order */
  unit_cost?: number | undefined;
}

export interface AnswerFault {
  /** JSON pointer into the answer */
  pointer: string;
  code: 'unknown_line' | 'named_twice' | 'more_than_wanted';
  detail: string;
}

export interface ReadAnswer {
  /** units it will send, by line; lines it does not name are none */
  units: Map<string, number>;
  /** price by line where it named one */
  costs: Map<string, number>;
  faults: AnswerFault[];
}

/** Fits a supplier's words to the lines of its purchase order; every fault says what is possible instead. */
export function readAnswer(
  lines: readonly PurchaseUnits[],
  answer: readonly AnswerLine[],
  possible: (line: PurchaseUnits) => number = unitsWanted,
): ReadAnswer {
  const read: ReadAnswer = {units: new Map(), costs: new Map(), faults: []};
  for (const [i, said] of answer.entries()) {
    const line = lines.find((l) => (said.line_id ? l.line_id === said.line_id : l.sku === said.sku));
    const fault = faultOf(said, line, read, possible);
    if (fault) read.faults.push({pointer: `/lines/${i}`, ...fault});
    if (fault || !line) continue;
    read.units.set(line.line_id, said.qty);
    if (said.unit_cost !== undefined) read.costs.set(line.line_id, said.unit_cost);
  }
  return read;
}

function faultOf(
  said: AnswerLine,
  line: PurchaseUnits | undefined,
  read: ReadAnswer,
  possible: (line: PurchaseUnits) => number,
): Omit<AnswerFault, 'pointer'> | null {
  if (!line) return {code: 'unknown_line', detail: 'this purchase order has no such line'};
  if (read.units.has(line.line_id)) return {code: 'named_twice', detail: 'this line is named twice'};
  const most = possible(line);
  if (said.qty > most) return {code: 'more_than_wanted', detail: `${most} of ${line.sku} at most`};
  return null;
}

/** Does any price rise by more than the tolerance, in hundredths of a percent? */
export function isDearer(
  lines: readonly PurchaseUnits[],
  costs: ReadonlyMap<string, number>,
  tolerance_bp: number,
): boolean {
  return lines.some(({line_id, unit_cost}) => {
    const told = costs.get(line_id);
    return told !== undefined && (told - unit_cost) * 10_000 > unit_cost * tolerance_bp;
  });
}
