import {instead, whereUnitsAre} from '../domain/order/change-limits.ts';
import type {StoreContext} from '../store/context.ts';

/** Refused units with what is possible instead: a sentence that ends with where the units of the line are now. */
export async function sayInstead<R extends {line_id?: string; code: string}>(
  {prisma}: StoreContext,
  orderId: string,
  refused: readonly R[],
): Promise<(R & {possible: string})[]> {
  const ids = refused.flatMap(({line_id}) => line_id ?? []);
  const lines = ids.length === 0 ? [] : await prisma.order_lines.findMany({where: {order_id: orderId, id: {in: ids}}});
  return refused.map((one) => {
    const line = lines.find(({id}) => id === one.line_id);
    const said = instead(one.code);
    return {...one, possible: line ? `${said} (${whereUnitsAre(line)})` : said};
  });
}
