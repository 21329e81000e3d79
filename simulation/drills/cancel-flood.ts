import {randomStream} from '../random.ts';
import {inventedShopper} from '../world/invented-places.ts';
import type {DrillResult} from './main.ts';
import {type Ground, p99} from './support.ts';

interface Wanted {
  cancels: number;
  seed: number;
  sku: string;
}

/**
 * Many cancellations of one unit each, at once, on one order: more than the engine takes at a time. Every one counts
 * once, those beyond the engine's limit after they were asked to come again.
 */
export async function cancelFlood({client}: Ground, {cancels, seed, sku}: Wanted): Promise<DrillResult> {
  const left = 2;
  const answer = await client.placeOrder(
    {
      ...inventedShopper(randomStream(seed, 'cancels'), 2),
      lines: [{sku, qty: cancels + left}],
      payment_method: 'pm_card_visa',
      delivery_sla: 'STANDARD',
    },
    'drill-cancels',
  );
  if (answer.kind === 'refused') throw new Error(`the order was refused: ${answer.problem.detail ?? answer.status}`);
  const {order_id} = answer.order;
  const line_id = (await client.order(order_id)).lines[0]?.line_id ?? '';
  const answers = await Promise.all(
    Array.from({length: cancels}, async (_, i) => {
      const began = performance.now();
      const one = await client.cancel(
        order_id,
        {lines: [{line_id, qty: 1}], reason: `flood ${i}`},
        `drill-cancel-${i}`,
      );
      const taken = one.refused ? 0 : one.answer.cancelled.reduce((sum, {qty}) => sum + qty, 0);
      return {taken, ms: performance.now() - began};
    }),
  );
  const line = (await client.order(order_id)).lines[0];
  const done = answers.filter(({taken}) => taken === 1).length;
  return {
    seen: {cancels, cancels_done: done, units_cancelled: line?.cancelled ?? 0, cancel_p99_ms: p99(answers)},
    failures: [
      ...(done === cancels ? [] : [`${done} of ${cancels} cancellations took their unit`]),
      ...(line?.cancelled === cancels ? [] : [`${line?.cancelled} units are cancelled instead of ${cancels}`]),
    ],
  };
}
