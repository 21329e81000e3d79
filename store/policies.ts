import {POLICIES, type Policy, type PolicyName} from '../domain/policy/policy.ts';
import type {StoreContext, Tx} from './context.ts';

export interface PolicyVersion {
  version: number;
  policy: Policy;
}

/** The policy new orders are placed under: the built-in one of that name. */
export function currentPolicy(context: StoreContext, name: PolicyName): Promise<PolicyVersion> {
  return keepPolicy(context, POLICIES[name]);
}

/** Stores a policy as the newest version of its name, unless it is that already. */
export async function keepPolicy(context: StoreContext, policy: Policy): Promise<PolicyVersion> {
  const {name} = policy;
  const newest = await context.prisma.policies.findFirst({where: {name}, orderBy: {version: 'desc'}});
  if (newest && sameJson(newest.body, policy)) return {version: newest.version, policy};
  const row = await context.prisma.policies.create({
    data: {name, body: JSON.parse(JSON.stringify(policy)), created_at: context.now()},
  });
  return {version: row.version, policy};
}

/** The policy that an order was placed under. */
export async function policyOf(
  {policies}: Pick<Tx, 'policies'>,
  {policy_version: version}: {policy_version: number},
): Promise<Policy> {
  const {body} = await policies.findUniqueOrThrow({where: {version}});
  return body as unknown as Policy;
}

const sameJson = (a: unknown, b: unknown) => canonical(a) === canonical(b);

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([k, v]) => `${JSON.stringify(k)}:${canonical(v)}`).join(',')}}`;
}
