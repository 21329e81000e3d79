import {readPromise} from '../../store/views/promise-view.ts';
import * as contract from '../contract/quotes.ts';
import {Problem} from '../errors.ts';
import {createQuote} from '../make-quote.ts';
import {maySeeOrder} from '../own.ts';
import {ok, type Route, route} from '../route.ts';

const create: Route = {
  operation: contract.createQuote as unknown as Route['operation'],
  handle: (call) => createQuote(call, create.operation),
};

const promise = route(contract.getPromise, async ({deps, caller, params}) => {
  const order = await deps.store.prisma.orders.findUnique({where: {id: params.id}});
  if (!order || !maySeeOrder(caller, order)) throw new Problem('not_found', 'there is no such order');
  return ok(await readPromise(deps.store, order));
});

export const quoteRoutes: readonly Route[] = [create, promise];
