import {instead, whyNotNow} from '../../domain/order/change-limits.ts';
import {isTerminal, type OrderStatus} from '../../domain/order/status.ts';
import {CHANGES} from '../../domain/policy/changes.ts';
import {refusals, type ReturnableLine, returnable} from '../../domain/returns/eligibility.ts';
import {RETURNS} from '../../domain/returns/policy.ts';
import {whyAddressStays} from '../change-address.ts';
import {chooseUnits} from '../choose-units.ts';
import type {Tx} from '../context.ts';
import type {order_lines, orders} from '../generated/client.ts';
import {policyOf} from '../policies.ts';
import {readReturnable} from '../return-facts.ts';
import {time} from './shapes.ts';

/** Why something cannot be done, and what can be done instead. */
export interface Refusal {
  code: string;
  possible: string;
}

const refusal = (code: string): Refusal => ({code, possible: instead(code)});

export interface LineActions {
  /** units that can be cancelled now; `refused`: why the other open ones cannot */
  cancel: {qty: number; refused: Refusal | null};
  /** units that can be sent back now, and until when */
  return: {qty: number; until: string | null; code: string | null};
  /** units that wait for stock, until when at the latest, and whether the customer said that they go on waiting */
  backorder: {qty: number; until: string | null; kept: boolean} | null;
}

export interface OrderActions {
  /** `whole`: nothing is placed yet, so that the order can only be cancelled as one */
  cancel: {possible: boolean; whole: boolean};
  address: {possible: boolean; refused: Refusal | null};
}

/**
 * What the customer may do with an order now, line by line, by the rules that judge them when they do it. It may be
 * otherwise a moment later: what is offered here can still be refused.
 */
export async function readActions(
  tx: Tx,
  order: orders,
  lines: order_lines[],
  now: number,
): Promise<{order: OrderActions; lines: Map<string, LineActions>}> {
  const policy = await policyOf(tx, order);
  const {until} = policy.changes ?? CHANGES;
  const placed = (await tx.sub_orders.count({where: {order_id: order.id}})) > 0;
  const cancelling = await cancellable(tx, order, lines, placed, until.quantity);
  const back = await readReturnable(tx, order, policy.returns ?? RETURNS);
  const waits = await readWaits(tx, order.id);
  const why = whyNotNow(order.status as OrderStatus, 'address') ?? (await whyAddressStays(tx, order, until.address));
  const actions = lines.map((line): [string, LineActions] => [
    line.id,
    {
      cancel: cancelling.get(line.id) ?? {qty: 0, refused: null},
      return: returning(back, line, now),
      backorder:
        line.backordered === 0
          ? null
          : {qty: line.backordered, until: time(waits.get(line.id) ?? null), kept: line.wait_chosen_at !== null},
    },
  ]);
  return {
    order: {
      cancel: {possible: actions.some(([, {cancel}]) => cancel.qty > 0), whole: !placed},
      address: {possible: why === null, refused: why === null ? null : refusal(why)},
    },
    lines: new Map(actions),
  };
}

type Cancelling = Map<string, LineActions['cancel']>;

async function cancellable(
  tx: Tx,
  order: orders,
  lines: order_lines[],
  placed: boolean,
  until: typeof CHANGES.until.quantity,
): Promise<Cancelling> {
  if (isTerminal(order.status as OrderStatus)) return new Map();
  const open = lines.map((line) => ({line_id: line.id, qty: line.qty - line.cancelled})).filter(({qty}) => qty > 0);
  if (!placed) return new Map(open.map(({line_id, qty}) => [line_id, {qty, refused: null}]));
  const {outcome} = await chooseUnits(tx, lines, open, {until});
  return new Map(
    open.map(({line_id}) => {
      const refused = outcome.refused.find((one) => one.line_id === line_id);
      const qty = outcome.cancelled.find((one) => one.line_id === line_id)?.qty ?? 0;
      return [line_id, {qty, refused: refused ? refusal(refused.code) : null}];
    }),
  );
}

function returning(back: readonly ReturnableLine[], line: order_lines, now: number): LineActions['return'] {
  const found = back.find(({line_id}) => line_id === line.id);
  if (!found || found.bought === 0) return {qty: 0, until: null, code: null};
  const {qty, until} = found.window_days === 0 ? {qty: 0, until: null} : returnable(found, now);
  const [refused] = qty > 0 ? [] : refusals([found], [{line_id: line.id, qty: 1}], now);
  return {qty, until: until === null ? null : new Date(until).toISOString(), code: refused?.code ?? null};
}

async function readWaits(tx: Tx, orderId: string): Promise<Map<string, Date>> {
  const rows = await tx.$queryRaw<{line_id: string; until: Date}[]>`
    SELECT p.line_id, max(s.waits_until) AS until FROM sub_orders s JOIN sub_order_lines p ON p.sub_order_id = s.id
     WHERE s.order_id = ${orderId} AND s.stage = 'BACKORDERED' AND p.qty > p.cancelled AND s.waits_until IS NOT NULL
     GROUP BY p.line_id`;
  return new Map(rows.map(({line_id, until}) => [line_id, until]));
}
