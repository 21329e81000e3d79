import express, {type ErrorRequestHandler, type Express, type RequestHandler} from 'express';
import {createClock, type EmulatorClock} from '../shared/clock.ts';
import {createControl} from '../shared/control.ts';
import {openFaults} from '../shared/faults.ts';
import {listen} from '../shared/server.ts';
import {type Carrier, openCarrier} from './carrier.ts';
import {carrierControl} from './control.ts';
import {ledgerOf} from './ledger.ts';
import {addressRoutes, hookRoutes, labelRoutes, shipmentRoutes, trackerRoutes} from './routes.ts';
import {pickupRoutes} from './pickups.ts';
import {scanFormRoutes} from './scan-forms.ts';
import {ApiFault, notFound} from './wire.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

export interface CarrierEmulatorOptions {
  booksDir: string;
  webhookUrl?: string | undefined;
  webhookSecret?: string | undefined;
  clock?: EmulatorClock;
  /** Virtual milliseconds from a request for a refund to its outcome; ten minutes by default. */
  refundDelayMs?: number;
  /** Virtual milliseconds for which a rate can be bought; a day by default (EasyPost names no time), null for ever. */
  rateLifetimeMs?: number | null;
  /** Virtual milliseconds from buying to hand-over if the carrier moves parcels itself; null (default): it does not. */
  handOverAfterMs?: number | null;
}

export interface CarrierEmulator {
  carrier: Carrier;
  /** Listens on 127.0.0.1, port 0 for a free one. */
  start(port?: number): Promise<{port: number; url: string; close(): Promise<void>}>;
}

/** EasyPost's API v2 with three made-up carriers, on books of its own. */
export function buildCarrierEmulator(options: CarrierEmulatorOptions): CarrierEmulator {
  const carrier = openCarrier({
    booksDir: options.booksDir,
    clock: options.clock ?? createClock(process.env),
    faults: openFaults(options.booksDir),
    webhook: {
      ...(options.webhookUrl && {url: options.webhookUrl}),
      ...(options.webhookSecret && {secret: options.webhookSecret}),
    },
    refundDelayMs: options.refundDelayMs ?? 10 * MINUTE,
    rateLifetimeMs: options.rateLifetimeMs === undefined ? 24 * HOUR : options.rateLifetimeMs,
    handOverAfterMs: options.handOverAfterMs ?? null,
  });
  const app = buildApp(carrier);
  return {
    carrier,
    start: async (port = 0) => {
      const server = await listen(app, port);
      carrier.baseUrl = server.url;
      carrier.start();
      const close = async () => {
        await server.close();
        carrier.close();
      };
      return {port: server.port, url: server.url, close};
    },
  };
}

/** Reads BOOKS_DIR, WEBHOOK_URL, WEBHOOK_SECRET, WAYBILL_CLOCK, CARRIER_AUTOPILOT and three durations (CARRIER_…_MS). */
export function optionsFromEnv(env: Record<string, string | undefined>): CarrierEmulatorOptions {
  if (!env.BOOKS_DIR) throw new Error('BOOKS_DIR is not set: name a folder for the books of the carrier');
  const handOver = milliseconds(env, 'CARRIER_HANDOVER_MS', 4 * HOUR);
  return {
    booksDir: env.BOOKS_DIR,
    webhookUrl: env.WEBHOOK_URL,
    webhookSecret: env.WEBHOOK_SECRET,
    clock: createClock(env),
    refundDelayMs: milliseconds(env, 'CARRIER_REFUND_DELAY_MS', 10 * MINUTE),
    rateLifetimeMs: milliseconds(env, 'CARRIER_RATE_LIFETIME_MS', 24 * HOUR),
    handOverAfterMs: env.CARRIER_AUTOPILOT === '1' ? handOver : null,
  };
}

function milliseconds(env: Record<string, string | undefined>, name: string, byDefault: number): number {
  const value = env[name] === undefined ? byDefault : Number(env[name]);
  if (!Number.isFinite(value) || value < 0) throw new Error(`${name} must be milliseconds, 0 or more`);
  return value;
}

function buildApp(carrier: Carrier): Express {
  const app = express();
  const control = createControl({
    name: 'carrier',
    clock: carrier.clock,
    faults: carrier.faults,
    ledger: () => ledgerOf(carrier),
    clockMoved: () => carrier.clockMoved(),
    reset: () => carrier.reset(),
    extra: carrierControl(carrier),
  });
  app.disable('x-powered-by').disable('etag');
  app.use(async (request, response, next) => {
    if (!(await control(request, response))) next();
  });
  app.use((_request, _response, next) => {
    carrier.settleDue();
    next();
  });
  app.use('/labels', labelRoutes(carrier));
  app.use('/v2', requireKey, express.json({limit: '2mb'}));
  app.use('/v2/shipments', shipmentRoutes(carrier));
  app.use('/v2/trackers', trackerRoutes(carrier));
  app.use('/v2/addresses', addressRoutes(carrier));
  app.use('/v2/scan_forms', scanFormRoutes(carrier));
  app.use('/v2/pickups', pickupRoutes(carrier));
  app.use('/v2/webhooks', hookRoutes(carrier));
  app.use(() => {
    throw notFound();
  });
  app.use(answerError);
  return app;
}

/** Any key will do, as HTTP Basic user name or as bearer token. */
const requireKey: RequestHandler = (request, _response, next) => {
  const [scheme = '', value = ''] = (request.headers.authorization ?? '').split(' ');
  const basic = scheme.toLowerCase() === 'basic' ? Buffer.from(value, 'base64').toString('utf8').split(':')[0] : '';
  const key = scheme.toLowerCase() === 'bearer' ? value : basic;
  if (!key) throw new ApiFault(401, 'UNAUTHORIZED', 'Authentication is required: send an API key.');
  next();
};

const answerError: ErrorRequestHandler = (error, _request, response, next) => {
  if (response.headersSent) return next(error);
  const fault =
    error instanceof ApiFault
      ? error
      : error?.type === 'entity.parse.failed'
        ? new ApiFault(400, 'BAD_REQUEST', 'The body is not JSON.')
        : new ApiFault(500, 'INTERNAL_SERVER_ERROR', error instanceof Error ? error.message : String(error));
  response.status(fault.status).json(fault.body());
};
