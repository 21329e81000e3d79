import {gatherCodes, type GivenCode} from '../domain/shipping/carrier-codes.ts';
import type {StoreContext} from './context.ts';
import {newId} from './ids.ts';
import {toJson} from './record-change.ts';
import {transact} from './transact.ts';

export interface GivenCodes {
  codes: readonly GivenCode[];
  /** false: what is written down already stays */
  replace: boolean;
  actor: string;
}

export interface PutCodes {
  codes: number;
  /** several statuses were given for them: nothing is read by them until one is */
  ambiguous: {carrier: string; code: string; statuses: string[]}[];
}

/**
 * Writes down what codes mean. A code that is given with several statuses is kept as the contradiction it is. What is not
 * said (only a status, only a reason) stays.
 */
export function putCarrierCodes(context: StoreContext, {codes, replace, actor}: GivenCodes): Promise<PutCodes> {
  const gathered = gatherCodes(codes);
  return transact(context, async (tx) => {
    const at = context.now();
    await tx.$executeRaw`
      INSERT INTO carrier_codes AS c (carrier, code, statuses, reasons, told_by, updated_at)
      SELECT carrier, code, statuses, reasons, ${actor}, ${at}
      FROM jsonb_to_recordset(${toJson(gathered)}::jsonb) AS given(carrier text, code text, statuses text[], reasons text[])
      ORDER BY carrier, code
      ON CONFLICT (carrier, code) DO UPDATE SET told_by = EXCLUDED.told_by, updated_at = EXCLUDED.updated_at,
        statuses = CASE WHEN cardinality(EXCLUDED.statuses) = 0 OR (${!replace} AND cardinality(c.statuses) > 0)
          THEN c.statuses ELSE EXCLUDED.statuses END,
        reasons = CASE WHEN cardinality(EXCLUDED.reasons) = 0 OR (${!replace} AND cardinality(c.reasons) > 0)
          THEN c.reasons ELSE EXCLUDED.reasons END`;
    const rows = await tx.$queryRaw<PutCodes['ambiguous']>`
      SELECT c.carrier, c.code, c.statuses FROM carrier_codes c
      JOIN jsonb_to_recordset(${toJson(gathered)}::jsonb) AS given(carrier text, code text) USING (carrier, code)
      WHERE cardinality(c.statuses) > 1 ORDER BY 1, 2`;
    await tx.$executeRaw`INSERT INTO decisions (id, order_id, kind, policy_version, inputs, output, at)
      VALUES (${newId('dec', at)}, NULL, 'carrier_codes', 0, ${toJson({codes: gathered, replace, actor})}::jsonb,
        ${toJson({ambiguous: rows})}::jsonb, ${at})`;
    return {codes: gathered.length, ambiguous: rows};
  });
}
