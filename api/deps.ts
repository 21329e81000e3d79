import type {Client} from '@temporalio/client';
import type {ClockSettings} from '../workflows/messages.ts';
import type {StoreContext} from '../store/context.ts';
import type {PolicyVersion} from '../store/policies.ts';
import type {StartPeople} from '../web/start-page.ts';
import type {Metrics} from './metrics.ts';
import type {TurnsByKind} from './turns.ts';

export interface Logger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Everything the interface needs from outside; tests give their own. */
export interface ApiDeps {
  store: StoreContext;
  temporal: Client;
  taskQueue: string;
  clock: ClockSettings;
  logger: Logger;
  metrics: Metrics;
  /** where customers reach this service, without a slash at the end */
  publicUrl: string;
  /** the shop's page on which payers confirm with their bank or give another card; null = the shop has none */
  shopPaymentUrl: string | null;
  /** the merchant's: order numbers carry its day */
  timezone: string;
  /** all that are valid now: two during a rotation */
  stripeWebhookSecrets: readonly string[];
  easypostWebhookSecrets: readonly string[];
  /** what the provider of texts signs with; none: it is not set, and nothing of it is believed */
  twilioAuthTokens: readonly string[];
  /** checkout requests per minute and client; null = no limit */
  checkoutLimit: number | null;
  turns: TurnsByKind;
  /** milliseconds a checkout waits for its verdict before it is answered 202 */
  verdictWait: number;
  /** what new orders are placed under */
  policy: () => Promise<PolicyVersion>;
  /** true while the process is stopping */
  draining: () => boolean;
  /** where the runs of orders are seen in the engine's own pages; null = nobody said */
  temporalUi: string | null;
  /** shown on the development start page; null in production */
  development: {
    temporalUi: string | null;
    mail: string | null;
    /** secrets of the demo: for the same machine only */
    people?: () => StartPeople;
  } | null;
}
