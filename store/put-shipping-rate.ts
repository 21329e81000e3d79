import type {StoreContext} from './context.ts';
import type {shipping_rates} from './generated/client.ts';
import {keep, type Setter, type Unwritten} from './set-up/keep.ts';

/** What customers pay for shipping with this promise, in this currency; minor units. */
export async function putShippingRate(
  context: StoreContext,
  input: Unwritten<shipping_rates>,
  setter: Setter,
): Promise<shipping_rates | 'changed'> {
  const {sla, currency, price_amount} = input;
  const where = {sla_currency: {sla, currency}};
  return keep(context, setter, {
    what: 'shipping_rate',
    id: `${sla}/${currency}`,
    read: (tx) => tx.shipping_rates.findUnique({where}),
    write: (tx, updated_at) =>
      tx.shipping_rates.upsert({where, create: {...input, updated_at}, update: {price_amount, updated_at}}),
  });
}
