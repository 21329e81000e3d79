import type {Policy} from './policy.ts';
import {REFUNDS} from './policy.ts';

/** What the service decides by itself and people can take into their own hands, for orders placed from then on. */
export const AUTOMATIONS = ['auto_approval', 'auto_refunds', 'splits'] as const;
export type Automation = (typeof AUTOMATIONS)[number];

const WITHOUT: Readonly<Record<Automation, (policy: Policy) => Policy>> = {
  /** every order that is not refused outright is looked at by a person */
  auto_approval: (policy) => ({...policy, fraud: {...policy.fraud, review_above: -1}}),
  /** whatever staff give back needs a second person */
  auto_refunds: (policy) => ({...policy, refunds: {...(policy.refunds ?? REFUNDS), second_person: 0}}),
  /** an order leaves from one place or waits */
  splits: (policy) => ({...policy, routing: {...policy.routing, max_shipments: 1}}),
};

/** The policy with some of its automations switched off, under a name of its own: `default without splits`. */
export function policyWithout(policy: Policy, off: readonly Automation[]): Policy {
  const sorted = [...new Set(off)].sort();
  if (sorted.length === 0) return policy;
  const changed = sorted.reduce((before, name) => WITHOUT[name](before), policy);
  return {...changed, name: `${policy.name} without ${sorted.join(', ')}`};
}
