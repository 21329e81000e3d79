import type {StoreContext, Tx} from './context.ts';
import {newId} from './ids.ts';
import {toJson} from './record-change.ts';

export interface DecisionToLog {
  kind: string;
  /** whose, and under which of the policies; nobody's where people or the service decide for all */
  order?: {id: string; policy_version: number};
  inputs: unknown;
  output: unknown;
  /** where a repeat is the same decision: then the first one stays */
  once?: string;
}

/** Writes down what was decided, and from what; returns the decision's id. */
export async function logDecision(
  context: StoreContext,
  tx: Pick<Tx, '$executeRaw'>,
  {kind, order, inputs, output, once}: DecisionToLog,
): Promise<string> {
  const at = context.now();
  const id = once ?? newId('dec', at);
  await tx.$executeRaw`INSERT INTO decisions (id, order_id, kind, policy_version, inputs, output, at)
    VALUES (${id}, ${order?.id ?? null}, ${kind}, ${order?.policy_version ?? 0}, ${toJson(inputs)}::jsonb,
      ${toJson(output)}::jsonb, ${at}) ON CONFLICT DO NOTHING`;
  return id;
}
