import type {StoreContext} from './context.ts';
import type {shipping_rates} from './generated/client.ts';

/** What customers pay for shipping with this promise, in this currency; minor units. */
export async function putShippingRate(context: StoreContext, input: shipping_rates): Promise<shipping_rates> {
  const {sla, currency, price_amount} = input;
  return context.prisma.shipping_rates.upsert({
    where: {sla_currency: {sla, currency}},
    create: input,
    update: {price_amount},
  });
}
