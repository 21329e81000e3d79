import {createHmac} from 'node:crypto';
import {newId} from './ids.ts';
import type {Change, EventType, IntentRecord, Reference} from './records.ts';

/** The changes that record events about an intent or its latest charge, as they stand at that place of the journal. */
export function eventChanges(intent: IntentRecord, types: readonly EventType[], at: number): Change[] {
  const charge = intent.charges.at(-1);
  return types.map((type) => {
    const about: Reference =
      type.startsWith('charge.') && charge ? {kind: 'charge', id: charge.id} : {kind: 'intent', id: intent.id};
    return {add: 'event', id: newId('evt'), type, at, about};
  });
}

/**
 * Headers of one webhook attempt. The time in the signature is the real one, whatever the virtual clock says: receivers
 * hold it against their own wall clock. Two secrets, comma-separated, sign twice, as while a secret is rolled.
 */
export function signatureHeaders(body: string, secrets: string): Record<string, string> {
  const time = Math.floor(Date.now() / 1000);
  const signatures = secrets
    .split(',')
    .map((secret) => `v1=${createHmac('sha256', secret.trim()).update(`${time}.${body}`).digest('hex')}`);
  return {'stripe-signature': [`t=${time}`, ...signatures].join(',')};
}
