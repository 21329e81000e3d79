import {backordersComeFirst} from '../../simulation/invariants/backorders.ts';
import {nothingIsNegative, reservedIsPromised, stockIsExplained} from '../../simulation/invariants/stock.ts';
import type {Finding, World} from '../../simulation/invariants/types.ts';
import {unitsAreInOnePlace} from '../../simulation/invariants/units.ts';
import type {TestStore} from './store.ts';

/** S1 to S4 and S8 of a store alone, in their own SQL. */
export async function stockFindings({store}: TestStore): Promise<Finding[]> {
  const sql = async (text: string) => (await store.pool.query(text)).rows.map(numbered);
  const world = {sql, nameOf: (id: string) => id} as unknown as World;
  const checks = [stockIsExplained, reservedIsPromised, nothingIsNegative, unitsAreInOnePlace, backordersComeFirst];
  const found = await Promise.all(checks.map((check) => check(world)));
  return found.flat();
}

/** Sums come as text from the driver. */
function numbered(row: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(row).map(([key, value]) => {
    return [key, typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value];
  });
  return Object.fromEntries(entries) as Record<string, unknown>;
}
