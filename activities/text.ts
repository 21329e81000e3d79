import {isOvertaken} from '../domain/messages/overtaken.ts';
import {asE164} from '../domain/messages/phone.ts';
import {wants} from '../domain/messages/preferences.ts';
import {whenAwake} from '../domain/messages/quiet.ts';
import {type TextTemplate, writeText} from '../domain/messages/sms-text.ts';
import {channelsOf, kindOf, type MessageTemplate, templateFor} from '../domain/messages/templates.ts';
import type {MessageTerms, TextAsking} from '../domain/messages/terms.ts';
import {ProviderError} from '../domain/provider-error.ts';
import type {OutboxEvent} from '../store/outbox.ts';
import type {TextToQueue} from '../store/queue-text.ts';
import type {TakenMessage} from '../store/take-text.ts';
import type {TextSource} from '../store/views/text-facts.ts';
import type {Sender} from './notify.ts';
import type {TakenText, TextGateway} from './ports.ts';

export interface TextStore {
  now: () => Date;
  readTextFacts(event: OutboxEvent): Promise<TextSource | null>;
  queueText(input: TextToQueue): Promise<void>;
  beginAsking(taken: TakenMessage, segments: number): Promise<boolean>;
  putOffText(taken: TakenMessage, later: {due_at: Date} | {pause: number}): Promise<void>;
  markTextSent(messageId: string, text: TakenText): Promise<void>;
  dropText(messageId: string, reason: string): Promise<void>;
  /** the customer wants no texts any more */
  refuseTexts(customerId: string): Promise<void>;
}

export interface TextParts {
  store: TextStore;
  gateway: TextGateway;
  from: Sender;
  terms: MessageTerms;
}

/** Writes down that an event is to be told by a text, and when: never while those it is for are asleep. */
export async function queueTextOf({store, from, terms}: Omit<TextParts, 'gateway'>, event: OutboxEvent): Promise<void> {
  const template = templateFor(event.type);
  if (!template || !channelsOf(template).includes('sms')) return;
  const source = await store.readTextFacts(event);
  if (!source) return;
  const reason = whyNever(template, source);
  const now = store.now().getTime();
  const due_at = reason === null ? new Date(whenAwake(now, zoneOf(source, from), terms.quiet)) : null;
  await store.queueText({event_id: event.id, order_id: event.order_id, template, due_at, reason});
}

/** Why this customer gets no text of that kind; null: they do. */
function whyNever(template: MessageTemplate, {phone, country, choices}: TextSource): string | null {
  if (phone === null) return 'no_phone';
  if (asE164(phone, country) === null) return 'bad_phone';
  return wants(choices, 'sms', kindOf(template)) ? null : 'unwanted';
}

const zoneOf = ({door}: TextSource, {zoneOf: at}: Sender) => (door ? at(door) : 'UTC');

/**
 * Sends a text that is due, at most once: what was asked before is looked for first, by the link that no other text has.
 * It is judged anew whether it should go at all, for it may have waited all night.
 */
export async function sendText(parts: TextParts, taken: TakenMessage): Promise<void> {
  const {store, gateway} = parts;
  const asked = Date.now();
  const source = await store.readTextFacts(taken.event);
  if (!source) return store.dropText(taken.message_id, 'erased');
  const to = source.phone === null ? null : asE164(source.phone, source.country);
  try {
    const before = to && taken.attempted_at ? await lookFor(gateway, taken, to, taken.attempted_at) : null;
    if (before) return await store.markTextSent(taken.message_id, before);
    await ask(parts, taken, source, asked);
  } catch (error) {
    await settleFailure(parts, taken, source, error);
  }
}

/** A little further back than our own note of it: the provider's clock is its own. */
const SLACK = 3_600_000;

const lookFor = (gateway: TextGateway, {link}: TakenMessage, to: string, attempted: Date) =>
  gateway.find({to, part: link, since: attempted.getTime() - SLACK});

async function ask(parts: TextParts, taken: TakenMessage, source: TextSource, asked: number): Promise<void> {
  const {store, gateway, from, terms} = parts;
  const {message_id} = taken;
  const template = taken.template as TextTemplate;
  const now = store.now().getTime();
  const why = whyNever(template, source) ?? whyNoLonger(template, taken, source, now, terms);
  if (why) return store.dropText(message_id, why);
  const due = whenAwake(now, zoneOf(source, from), terms.quiet);
  if (due > now) return store.putOffText(taken, {due_at: new Date(due)});
  const to = asE164(source.phone ?? '', source.country) ?? '';
  const {text, segments} = writeText(template, {
    ...{shop: from.shop, number: source.number, locale: source.locale, until: source.until},
    zone: zoneOf(source, from),
    url: `${from.publicUrl}/t/${taken.link}`,
  });
  if (!(await store.beginAsking(taken, segments))) return;
  const {lease, settle} = terms.asking;
  const sent = await gateway.send({id: message_id, to, body: text, not_after: asked + lease - settle});
  await store.markTextSent(message_id, sent);
}

function whyNoLonger(
  template: MessageTemplate,
  {created_at}: TakenMessage,
  {standing}: TextSource,
  now: number,
  {text_too_late}: MessageTerms,
): string | null {
  if (isOvertaken(template, standing)) return 'overtaken';
  return now - created_at.getTime() > text_too_late ? 'too_late' : null;
}

/** Sent to a number whose owner told the provider to stop, which its webhook may not have told us. */
const UNSUBSCRIBED = 'refused_21610';

/** A refusal is the end of it; everything else is tried again, after looking what became of it. */
async function settleFailure(
  {store, terms}: TextParts,
  taken: TakenMessage,
  {customer_id}: TextSource,
  error: unknown,
): Promise<void> {
  const told = error instanceof ProviderError ? error : null;
  if (told && !told.retryable) {
    if (told.code === UNSUBSCRIBED) await store.refuseTexts(customer_id);
    return store.dropText(taken.message_id, told.code);
  }
  await store.putOffText(taken, {pause: pauseAfter(terms.asking, taken.attempts, told)});
  throw error;
}

/** Real milliseconds. Where the outcome is unknown nobody looks before it must have come to an end. */
function pauseAfter({retry, retry_longest, settle}: TextAsking, attempts: number, told: ProviderError | null): number {
  const growing = Math.min(retry_longest, retry * 2 ** attempts);
  const least = told === null || told.unknown ? settle : 0;
  return Math.max(growing, least, told?.retryAfter ?? 0);
}
