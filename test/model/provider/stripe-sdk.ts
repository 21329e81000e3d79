/** Stands in for the package `stripe`: the calls the adapter makes, answered by the bank of the running schedule. */
import {LostConnection} from '../engine/faults.ts';
import type {Bank, IntentParams} from './bank.ts';
import {showIntent} from './intent.ts';
import {StripeConnectionError, StripeError} from './stripe-errors.ts';

let bank: Bank | null = null;

export function useBank(next: Bank): void {
  bank = next;
}

interface Options {
  idempotencyKey: string;
}

/** One request over the wire; a lost one looks as it does to the SDK. */
async function send<T>(name: string, effect: (at: Bank) => T): Promise<T> {
  const at = bank;
  if (!at) throw new Error('there is no bank');
  try {
    return await at.faults.boundary(`Stripe ${name}`, () => effect(at), true);
  } catch (error) {
    throw error instanceof LostConnection ? new StripeConnectionError(error.message) : error;
  }
}

function answered<T extends object>({answer, replayed}: {answer: T; replayed: boolean}) {
  const headers: Record<string, string> = replayed ? {'idempotent-replayed': 'true'} : {};
  return {...answer, lastResponse: {headers}};
}

const post = <T extends {id: string}>(path: string, key: string, params: unknown, effect: (at: Bank) => T) =>
  send(path, (at) => answered(at.once(key, path, params, () => effect(at) as never))) as Promise<
    T & {lastResponse: {headers: Record<string, string>}}
  >;

export default class Stripe {
  static errors = {StripeError, StripeConnectionError};

  customers = {
    create: (params: {metadata: {customer_id: string}}, {idempotencyKey}: Options) =>
      post('customers.create', idempotencyKey, params, (at) => at.createCustomer(params.metadata.customer_id)),
  };

  paymentIntents = {
    create: (params: IntentParams, {idempotencyKey}: Options) =>
      post('paymentIntents.create', idempotencyKey, params, (at) => at.createIntent(params)),
    retrieve: (id: string) => send('paymentIntents.retrieve', (at) => showIntent(at.find(id))),
    list: ({customer}: {customer: string}) => listOf(customer),
    capture: (id: string, params: {amount_to_capture: number; final_capture?: boolean}, {idempotencyKey}: Options) =>
      post(`paymentIntents.capture ${id}`, idempotencyKey, params, (at) =>
        at.capture(id, params.amount_to_capture, params.final_capture ?? true),
      ),
    cancel: (id: string, params: unknown, {idempotencyKey}: Options) =>
      post(`paymentIntents.cancel ${id}`, idempotencyKey, params, (at) => at.cancel(id)),
  };
}

async function* listOf(customer: string) {
  const found = await send('paymentIntents.list', (at) => {
    at.reached('a hold is looked up instead of asked for again');
    return [...at.intents.values()].filter((i) => i.customer === customer).map(showIntent);
  });
  yield* found.reverse();
}
