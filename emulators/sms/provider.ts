import {randomUUID} from 'node:crypto';
import {createClock, type EmulatorClock} from '../shared/clock.ts';
import {type OpenFaults, openFaults} from '../shared/faults.ts';
import {openSmsBooks, type SmsBooks} from './books.ts';
import {type Callbacks, openCallbacks} from './callbacks.ts';
import {checkRequest, Refused} from './refusals.ts';
import type {Inbound, Text} from './types.ts';
import {statusAt} from './wire.ts';
import {segmentsOf, wordOf} from './words.ts';

export interface SmsEmulatorOptions {
  booksDir: string;
  /** the account's token: what requests are let in by and callbacks signed with; any is let in where there is none */
  authToken?: string | undefined;
  /** where messages to the number go */
  inboundUrl?: string | undefined;
  clock?: EmulatorClock;
  /** virtual milliseconds from taking a text to the phone */
  deliveryMs?: number;
}

const DELIVERY_MS = 2_000;
const ACCOUNT = 'AC00000000000000000000000000000000';
const newSid = () => `SM${randomUUID().replaceAll('-', '')}`;

/** The provider behind the interface: what it takes, whom it calls back. */
export class Provider {
  readonly clock: EmulatorClock;
  readonly faults: OpenFaults;
  readonly books: SmsBooks;
  readonly callbacks: Callbacks;
  private readonly options: SmsEmulatorOptions;
  /** of each text the last status that was told */
  private readonly told = new Map<string, string>();

  constructor(options: SmsEmulatorOptions) {
    this.options = options;
    this.clock = options.clock ?? createClock(process.env);
    this.faults = openFaults(options.booksDir);
    this.books = openSmsBooks(options.booksDir, this.clock);
    const {clock, faults} = this;
    this.callbacks = openCallbacks({dir: options.booksDir, token: options.authToken ?? '', faults, clock});
    for (const message of this.books.inbound) this.tellInbound(message);
  }

  letsIn(account: string, token: string): boolean {
    return account !== '' && (!this.options.authToken || token === this.options.authToken);
  }

  /** Takes a text, or throws Refused. */
  take(account: string, form: Readonly<Record<string, string | undefined>>): Text {
    const created = this.clock.now();
    const {to = '', body = ''} = {to: form['To'], body: form['Body']};
    try {
      const asked = checkRequest(form, this.books.optedOut);
      const failing = this.faults.take('delivery');
      const text: Text = {
        sid: newSid(),
        account,
        ...asked,
        segments: segmentsOf(body),
        status_callback: form['StatusCallback'] ?? null,
        created,
        fate: {
          status: failing ? 'undelivered' : 'delivered',
          error_code: failing ? (failing.status ?? 30003) : null,
          at: created + (this.options.deliveryMs ?? DELIVERY_MS),
        },
      };
      this.books.write({text});
      return text;
    } catch (error) {
      if (error instanceof Refused) this.books.write({refusal: {to, body, code: error.code, at: created}});
      throw error;
    }
  }

  /** Somebody writes to the number. */
  hear(from: string, body: string, to: string): Inbound {
    const message = {sid: newSid(), from, to, body, word: wordOf(body), at: this.clock.now()};
    this.books.write({inbound: message});
    this.tellInbound(message);
    return message;
  }

  /** Tells senders what has happened since; a restarted queue knows what it has told before. */
  look(): void {
    const now = this.clock.now();
    for (const text of this.books.texts.values()) {
      const status = statusAt(text, now);
      if (status === 'queued' || this.told.get(text.sid) === status) continue;
      if (status !== 'sent' && !this.told.has(text.sid)) this.callbacks.tellStatus(text, 'sent');
      this.callbacks.tellStatus(text, status);
      this.told.set(text.sid, status);
    }
  }

  reset(): void {
    this.told.clear();
    this.callbacks.reset();
    this.books.reset();
  }

  close(): void {
    this.callbacks.stop();
    this.faults.close();
    this.books.close();
  }

  private tellInbound(message: Inbound): void {
    const {inboundUrl} = this.options;
    const account = [...this.books.texts.values()].at(-1)?.account ?? ACCOUNT;
    if (inboundUrl) this.callbacks.tellInbound(message, account, inboundUrl);
  }
}
