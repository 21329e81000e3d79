import type {Policy, Sla} from '../domain/policy/policy.ts';
import {type AllocationPlan, isShort, type PlanSource, planAllocation, withSuppliers} from '../domain/routing/plan.ts';
import {SUPPLIER_TERMS} from '../domain/suppliers/terms.ts';
import {logDecision} from './log-decision.ts';
import type {StoreContext, Tx} from './context.ts';
import type {order_lines, orders} from './generated/client.ts';
import {readShipTo} from './personal-data.ts';
import {loadOffers} from './load-offers.ts';
import {loadSources} from './load-sources.ts';
import {quotedPlan} from './quote-holds.ts';
import {lockOrder, recordChange, SYSTEM} from './record-change.ts';
import {transact} from './transact.ts';

export interface PlanInput {
  order_id: string;
  run_id: string;
  policy: Pick<Policy, 'routing' | 'shipping' | 'suppliers'>;
}

export type PlanResult = {outcome: 'planned'; decision_id: string} | {outcome: 'out_of_stock'; skus: string[]};

/**
 * Chooses a place for every unit that has none yet, from the stock as it is, and logs the decision with its inputs.
 * A pending order moves to `payment_processing`. Nothing is promised yet.
 */
export function planOrder(context: StoreContext, input: PlanInput): Promise<PlanResult> {
  return transact(context, async (tx) => {
    const order = await lockOrder(tx, input.order_id);
    if (order.status === 'pending') await startPayment(context, tx, order, input.run_id);
    const plan = await makePlan(context, tx, order, input.policy);
    const {inputs, output} = plan;
    const decision_id = await logDecision(context, tx, {kind: 'allocation', order, inputs, output});
    if (output.missing.length > 0) {
      return {outcome: 'out_of_stock' as const, skus: [...new Set(output.missing.map((m) => m.sku))]};
    }
    return {outcome: 'planned' as const, decision_id};
  });
}

async function startPayment(context: StoreContext, tx: Tx, order: orders, runId: string): Promise<void> {
  await tx.$executeRaw`INSERT INTO order_runs (order_id, workflow_id, run_id, started_at)
    VALUES (${order.id}, ${`order:${order.id}`}, ${runId}, ${context.now()}) ON CONFLICT DO NOTHING`;
  const patch = {status: 'payment_processing'};
  await recordChange(context, tx, {order, type: 'order.payment_started', by: SYSTEM, patch});
}

interface PlanScope {
  /** for what is sent in exchange for that return instead */
  returnId?: string;
  /** for these lines alone */
  only?: readonly string[];
  /** the warehouse that shall not send it */
  avoid?: string | undefined;
}

/** The plan for an order's units that have no place, with what it was decided from. */
export async function makePlan(
  context: StoreContext,
  tx: Tx,
  order: orders,
  policy: PlanInput['policy'],
  {returnId, only, avoid}: PlanScope = {},
) {
  const all = await tx.order_lines.findMany({where: {order_id: order.id}, orderBy: {position: 'asc'}});
  const quoted = !returnId && !only ? await quotedPlan(tx, order, all) : null;
  if (quoted) return {inputs: {quote_id: order.quote_id}, output: quoted};
  const mine = all.filter((line) => line.return_id === (returnId ?? null));
  const lines = mine.filter((line) => line.unallocated > 0 && (!only || only.includes(line.id)));
  const sources = await loadSources(context, tx, [...new Set(lines.map((l) => l.sku))], avoid);
  const needs = lines.map((line) => toNeed(line, line.unallocated));
  const {request, ...plan} = await planFrom(context, tx, order, policy, {needs, sources});
  const offers = isShort(plan.output) ? await loadOffers(context, tx, order, skusLeft(plan.output)) : [];
  if (offers.length === 0) return plan;
  const terms = policy.suppliers ?? SUPPLIER_TERMS;
  return {
    inputs: {...plan.inputs, offers, terms},
    output: withSuppliers(plan.output, request, offers, terms),
  };
}

export type PlanNeed = ReturnType<typeof toNeed>;

/** The plan for so many units of the order's lines from these places. */
export async function planFrom(
  context: StoreContext,
  tx: Tx,
  order: orders,
  policy: PlanInput['policy'],
  {needs, sources}: {needs: PlanNeed[]; sources: PlanSource[]},
) {
  const shipTo = await readShipTo(context, tx, order.id);
  if (!shipTo) throw new Error(`the address of order ${order.id} is gone`);
  const request = {
    lines: needs,
    sources,
    destination: {country: shipTo.country, lat: shipTo.lat, lng: shipTo.lng},
    allow_backorder: order.allow_backorder,
    sla_days: policy.shipping.sla_days[order.delivery_sla as Sla],
    weights: policy.routing.weights,
    max_shipments: policy.routing.max_shipments,
  };
  const output = planAllocation(request);
  // the exact destination is personal: the log keeps the country, distances are in the output
  const inputs = {...request, destination: {country: shipTo.country}};
  return {request, inputs, output};
}

const skusLeft = ({backordered, missing}: AllocationPlan) => [
  ...new Set([...backordered, ...missing].map((units) => units.sku)),
];

export function toNeed(line: order_lines, qty: number) {
  return {
    line_id: line.id,
    sku: line.sku,
    qty,
    weight_g: line.weight_g,
    backorderable: line.backorderable,
    unit_amount: Number(line.unit_amount),
  };
}
