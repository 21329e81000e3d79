import {notesOf} from '../../adapters/easypost-shipment.ts';
import {fromEasypostStatus, lastWord, trackingFactKey} from '../../domain/shipping/tracking.ts';
import {applyHoldFact, type HoldFact} from '../../store/apply-hold-event.ts';
import {applyTracking, type TrackingFact} from '../../store/apply-tracking.ts';
import type {StoreContext} from '../../store/context.ts';
import {applyReturnTracking} from '../../store/receive-return.ts';
import type {webhook_inbox} from '../../store/generated/client.ts';
import {openWebhooks, settleWebhooks, type WebhookOutcome} from '../../store/inbox.ts';
import {moneyFactOf} from './money-facts.ts';
import {textFactOf} from './text-facts.ts';

/** A fact about something we do not know yet may be early: asked again so many times, over about five minutes. */
const ATTEMPTS = 14;

export interface InboxLog {
  warn(fields: object, message: string): void;
}

/** Turns stored webhooks into facts of ours; returns how many were closed. */
export async function workInbox(store: StoreContext, log: InboxLog): Promise<number> {
  const rows = await openWebhooks(store, 100);
  const worked = await Promise.all([...byWhat(rows).values()].map((group) => workGroup(store, log, group)));
  const outcomes = worked.flat();
  await settleWebhooks(store, outcomes);
  return outcomes.filter((o) => o.closed).length;
}

/** Webhooks about the same thing one after the other, the rest side by side. */
function byWhat(rows: webhook_inbox[]): Map<string, webhook_inbox[]> {
  const groups = new Map<string, webhook_inbox[]>();
  for (const row of rows) {
    const money = intentOf(row)?.ref ?? moneyFactOf(row)?.ref;
    const key = trackingOf(row)?.tracking_number ?? money ?? textFactOf(row)?.about ?? String(row.id);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return groups;
}

async function workGroup(store: StoreContext, log: InboxLog, rows: webhook_inbox[]): Promise<WebhookOutcome[]> {
  const outcomes: WebhookOutcome[] = [];
  for (const row of rows) {
    const outcome = await workOne(store, log, row).catch((error: unknown) => {
      log.warn({event: row.event_id, type: row.type, error}, 'a webhook could not be worked off');
      return 'failed';
    });
    const open = AGAIN.has(outcome) && row.attempts < ATTEMPTS;
    outcomes.push({id: row.id, outcome, closed: !open});
  }
  return outcomes;
}

/** Outcomes that may be another one later. */
const AGAIN = new Set(['unknown_parcel', 'early', 'failed']);

async function workOne(store: StoreContext, log: InboxLog, row: webhook_inbox): Promise<string> {
  const tracking = trackingOf(row);
  if (tracking) {
    const outcome = await applyTracking(store, tracking);
    if (outcome !== 'unknown_parcel') return outcome;
    const status = fromEasypostStatus(tracking.raw_status);
    return applyReturnTracking(store, {tracking_number: tracking.tracking_number, status});
  }
  const text = textFactOf(row);
  if (text) return text.apply(store);
  const intent = intentOf(row);
  const money = intent ? null : moneyFactOf(row);
  const ref = intent?.ref ?? money?.ref;
  const result = intent ? await applyHoldFact(store, intent) : await money?.apply(store);
  if (!result) return 'ignored';
  if (result.outcome === 'mismatch') {
    const about = {event: row.event_id, type: row.type, ref, ...result.contradiction};
    log.warn(about, 'a webhook contradicts our books and was not believed');
  }
  return result.outcome;
}

interface TrackerObject {
  [field: string]: unknown;
  tracking_code?: string;
  status?: string;
  est_delivery_date?: string | null;
}

function trackingOf(row: webhook_inbox): TrackingFact | null {
  if (row.provider !== 'easypost' || !row.type.startsWith('tracker.')) return null;
  const tracker = ((row.body as {result?: unknown}).result ?? {}) as TrackerObject;
  return toTracking(tracker);
}

/** The newest word of a tracker, whichever way it came; its time is 0 where none can be read. */
export function toTracking(tracker: TrackerObject): TrackingFact | null {
  const {tracking_code, status, est_delivery_date} = tracker;
  if (!tracking_code || !status) return null;
  const word = lastWord({status, ...notesOf(tracker)}) ?? {raw_status: status, at: 0, code: null};
  const eta = est_delivery_date ? Date.parse(est_delivery_date) : Number.NaN;
  return {
    tracking_number: tracking_code,
    ...word,
    estimated_delivery: Number.isNaN(eta) ? null : eta,
    fact_key: trackingFactKey(word),
  };
}

interface IntentObject {
  id?: string;
  status?: string;
  amount?: number;
  amount_received?: number;
  currency?: string;
  metadata?: {order_id?: string; payment_id?: string} | null;
}

function intentOf(row: webhook_inbox): HoldFact | null {
  if (row.provider !== 'stripe' || !row.type.startsWith('payment_intent.')) return null;
  const {data} = row.body as {data?: {object?: IntentObject}};
  const {id, status, amount, amount_received: captured = 0, currency, metadata} = data?.object ?? {};
  if (!id || !status || amount === undefined || !currency) return null;
  const {order_id = null, payment_id = null} = metadata ?? {};
  return {ref: id, status, amount, currency, captured, order_id, payment_id, told_by: row.event_id};
}
