import {CARRIERS, type CarrierTerms} from '../domain/shipping/carrier-health.ts';
import {CHOICE, type ChoiceWeights, type ServiceRecord} from '../domain/shipping/choose-carrier.ts';
import {INSURANCE, type InsuranceTerms} from '../domain/shipping/customs.ts';
import {logDecision} from './log-decision.ts';
import type {StoreContext, Tx} from './context.ts';
import {policyOf} from './policies.ts';

/** What an order's policy says of carriers. */
export interface CarrierRules {
  order_id: string;
  policy_version: number;
  terms: CarrierTerms;
  weights: ChoiceWeights;
  insurance: InsuranceTerms;
}

export async function carrierRulesOf(tx: Tx, order: {id: string; policy_version: number}): Promise<CarrierRules> {
  const {carriers, carrier_choice, insurance} = await policyOf(tx, order);
  const {id: order_id, policy_version} = order;
  return {
    ...{order_id, policy_version, terms: carriers ?? CARRIERS},
    ...{weights: carrier_choice ?? CHOICE, insurance: insurance ?? INSURANCE},
  };
}

/** How the parcels of these carriers arrived, by service. */
export function carrierRecords({prisma}: StoreContext, input: {carriers: readonly string[]}): Promise<ServiceRecord[]> {
  return prisma.carrier_records.findMany({where: {carrier: {in: [...new Set(input.carriers)]}}});
}

export interface CarrierChoice {
  /** a parcel's or a return's id */
  parcel: string;
  order_id: string;
  policy_version: number;
  rate_ref: string;
  inputs: Record<string, unknown>;
  output: Record<string, unknown>;
}

/** Keeps why a rate was chosen, before it is bought. A repeat changes nothing. */
export async function logCarrierChoice(context: StoreContext, choice: CarrierChoice): Promise<void> {
  const {parcel, order_id, policy_version, rate_ref, inputs, output} = choice;
  const order = {id: order_id, policy_version};
  await logDecision(context, context.prisma, {
    kind: 'carrier',
    order,
    inputs,
    output,
    once: `dec_${parcel}_${rate_ref}`,
  });
}
