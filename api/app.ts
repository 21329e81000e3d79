import express, {type Express, type NextFunction, type Request, type Response} from 'express';
import helmet from 'helmet';
import type {ApiDeps} from './deps.ts';
import {Problem} from './errors.ts';
import {mountRoutes, nameRequest} from './mount.ts';
import {mountPages} from './pages.ts';
import {createRateLimiter, type RateLimiter} from './rate-limit.ts';
import {handleErrors} from './respond.ts';
import type {Route} from './route.ts';
import {bulkRoutes} from './routes/bulk.ts';
import {catalogueRoutes} from './routes/catalogue.ts';
import {deskRoutes} from './routes/desk.ts';
import {dossierRoutes} from './routes/dossier.ts';
import {disputeRoutes} from './routes/disputes.ts';
import {changeRoutes} from './routes/changes.ts';
import {customerRoutes} from './routes/customer.ts';
import {inventoryRoutes} from './routes/inventory.ts';
import {opsRoutes} from './routes/ops.ts';
import {opsSwitchRoutes} from './routes/ops-switches.ts';
import {messageRoutes} from './routes/messages.ts';
import {orderRoutes} from './routes/orders.ts';
import {refundRoutes} from './routes/refunds.ts';
import {purchaseRoutes} from './routes/purchases.ts';
import {supplierRoutes} from './routes/suppliers.ts';
import {returnRoutes} from './routes/returns.ts';
import {previewRoutes} from './routes/preview.ts';
import {promoRoutes} from './routes/promos.ts';
import {quoteRoutes} from './routes/quotes.ts';
import {floorRoutes} from './routes/floor.ts';
import {layoutRoutes} from './routes/layouts.ts';
import {printRoutes} from './routes/print.ts';
import {waveRoutes} from './routes/waves.ts';
import {staffRoutes} from './routes/staff.ts';
import {importRoutes} from './routes/imports.ts';
import {setUpRoutes} from './routes/set-up.ts';
import {searchRoutes} from './routes/search.ts';
import {supportRoutes} from './routes/support.ts';
import {manifestRoutes} from './routes/manifests.ts';
import {pickupRoutes} from './routes/pickups.ts';
import {addressCheckRoutes} from './routes/address-check.ts';
import {carrierRoutes} from './routes/carriers.ts';
import {switchRoutes} from './routes/switches.ts';
import {systemRoutes} from './routes/system.ts';
import {warehouseRoutes} from './routes/warehouse.ts';
import {textWebhookRoutes} from './routes/text-webhooks.ts';
import {webhookRoutes} from './routes/webhooks.ts';

export const ROUTES: readonly Route[] = [
  ...quoteRoutes,
  ...orderRoutes,
  ...refundRoutes,
  ...disputeRoutes,
  ...returnRoutes,
  ...changeRoutes,
  ...customerRoutes,
  ...supportRoutes,
  ...messageRoutes,
  ...searchRoutes,
  ...dossierRoutes,
  ...previewRoutes,
  ...warehouseRoutes,
  ...layoutRoutes,
  ...printRoutes,
  ...waveRoutes,
  ...staffRoutes,
  ...floorRoutes,
  ...deskRoutes,
  ...inventoryRoutes,
  ...catalogueRoutes,
  ...setUpRoutes,
  ...importRoutes,
  ...supplierRoutes,
  ...purchaseRoutes,
  ...promoRoutes,
  ...webhookRoutes,
  ...textWebhookRoutes,
  ...switchRoutes,
  ...opsRoutes,
  ...opsSwitchRoutes,
  ...bulkRoutes,
  ...addressCheckRoutes,
  ...manifestRoutes,
  ...pickupRoutes,
  ...carrierRoutes,
  ...systemRoutes,
];

/** The whole HTTP edge, without listening. */
export function buildApp(deps: ApiDeps): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  app.use(nameRequest, securityHeaders(deps), observe(deps));
  mountPages(app, deps);
  mountRoutes(app, deps, ROUTES, limiters(deps));
  app.use(() => {
    throw new Problem('not_found', 'there is nothing at this address');
  });
  app.use(handleErrors(deps));
  return app;
}

/** Behind one link in a minute: what a page asks that looks every few seconds, and what somebody does by hand. */
const LOOKS_PER_LINK = 120;
const ACTS_PER_LINK = 10;
const PAPERS_PER_LINK = 30;

/** Sign-ins of the office in a minute from one address: each costs a stretched hash, and an office shares one. */
const SIGN_INS = 60;
/** Searches of one person in a minute: typing fast needs fewer, and nobody should walk through all customers. */
const SEARCHES = 600;

const clientOf = (_request: Request, response: Response) => String(response.locals['client']);

const perLink = (perMinute: number, name: string) =>
  createRateLimiter(perMinute, name, ({params}) => String(params['token']));

/** Calls that are limited, each in its own way. */
function limiters({checkoutLimit}: ApiDeps): Readonly<Record<string, RateLimiter>> {
  return {
    placeOrder: createRateLimiter(checkoutLimit, 'checkout', clientOf),
    createQuote: createRateLimiter(checkoutLimit, 'quotes', clientOf),
    deskSignIn: createRateLimiter(SIGN_INS, 'sign-ins', ({socket}) => String(socket.remoteAddress)),
    trackOrder: perLink(LOOKS_PER_LINK, 'tracking'),
    trackCancel: perLink(ACTS_PER_LINK, 'cancelling'),
    trackAddress: perLink(ACTS_PER_LINK, 'addresses'),
    trackBackorder: perLink(ACTS_PER_LINK, 'backorders'),
    trackDelay: perLink(ACTS_PER_LINK, 'delays'),
    requestReturnByLink: perLink(ACTS_PER_LINK, 'returns'),
    cancelReturnByLink: perLink(ACTS_PER_LINK, 'kept returns'),
    getTrackPreferences: perLink(PAPERS_PER_LINK, 'choices'),
    putTrackPreferences: perLink(PAPERS_PER_LINK, 'choosing'),
    previewReturnByLink: perLink(PAPERS_PER_LINK, 'previews'),
    printReturnLabel: perLink(PAPERS_PER_LINK, 'labels'),
    printDocument: perLink(PAPERS_PER_LINK, 'documents'),
    searchOrders: createRateLimiter(SEARCHES, 'searches', clientOf),
  };
}

function securityHeaders({publicUrl}: ApiDeps) {
  return helmet({
    strictTransportSecurity: publicUrl.startsWith('https:'),
    referrerPolicy: {policy: 'no-referrer'},
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
  });
}

/** Counts and logs every request by its operation: addresses hold tokens, and bodies people. */
function observe(deps: ApiDeps) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const began = process.hrtime.bigint();
    response.on('finish', () => {
      const seconds = Number(process.hrtime.bigint() - began) / 1e9;
      const {operation = 'none', requestId, client} = response.locals as Record<string, string | undefined>;
      deps.metrics.observe(operation, response.statusCode, seconds);
      const fields = {
        request_id: requestId,
        operation,
        client,
        method: request.method,
        status: response.statusCode,
        seconds,
      };
      deps.logger.info(fields, 'answered');
    });
    next();
  };
}
