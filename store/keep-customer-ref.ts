import type {StoreContext} from './context.ts';

/** Keeps the provider's reference of a customer; the first one stays, and is what comes back. */
export async function keepCustomerRef(
  context: StoreContext,
  input: {customer_id: string; ref: string},
): Promise<string> {
  await context.prisma.customers.updateMany({
    where: {id: input.customer_id, provider_ref: null},
    data: {provider_ref: input.ref},
  });
  const kept = await context.prisma.customers.findUniqueOrThrow({where: {id: input.customer_id}});
  return kept.provider_ref ?? input.ref;
}

export async function customerRefOf(context: StoreContext, input: {order_id: string}): Promise<string | null> {
  const order = await context.prisma.orders.findUniqueOrThrow({where: {id: input.order_id}});
  const customer = await context.prisma.customers.findUniqueOrThrow({where: {id: order.customer_id}});
  return customer.provider_ref;
}
