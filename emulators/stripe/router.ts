import type {Route} from './call.ts';
import {chargeAndEventRoutes} from './routes/charges-and-events.ts';
import {customerRoutes} from './routes/customers.ts';
import {paymentIntentRoutes} from './routes/payment-intents.ts';
import {paymentMethodRoutes} from './routes/payment-methods.ts';
import {disputeRoutes} from './routes/disputes.ts';
import {refundRoutes} from './routes/refunds.ts';

const ROUTES = [
  ...customerRoutes,
  ...paymentMethodRoutes,
  ...paymentIntentRoutes,
  ...refundRoutes,
  ...disputeRoutes,
  ...chargeAndEventRoutes,
].map((route) => ({route, parts: route.path.split('/')}));

export interface Match {
  route: Route;
  path: Record<string, string>;
}

/** The first route that fits, with the named parts of the path. */
export function findRoute(method: string, pathname: string): Match | undefined {
  const given = pathname.split('/');
  for (const {route, parts} of ROUTES) {
    if (route.method !== method || parts.length !== given.length) continue;
    const path: Record<string, string> = {};
    const fits = parts.every((part, index) => {
      const text = given[index] ?? '';
      if (!part.startsWith(':')) return part === text;
      path[part.slice(1)] = text;
      return text !== '';
    });
    if (fits) return {route, path};
  }
  return undefined;
}
