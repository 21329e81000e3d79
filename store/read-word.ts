import {type CodeName, readCode} from '../domain/shipping/carrier-codes.ts';
import {codeOf, fromEasypostStatus, type ParcelStatus, type TrackerWord} from '../domain/shipping/tracking.ts';
import type {Tx} from './context.ts';

export interface ReadWord {
  status: ParcelStatus;
  code: CodeName | null;
  /** what is in the parcel's way, by the carrier's own code */
  reason: string | null;
  /** nobody knows what it means: a person is asked */
  unread: boolean;
}

/** What a tracker's word means: the platform's status where it has one, else the carrier's code where it is written down. */
export async function readWord(tx: Tx, told: TrackerWord, carrier: string | null): Promise<ReadWord> {
  const status = fromEasypostStatus(told.raw_status);
  // the carrier is the one the label was bought from, whatever the tracker calls it
  const code = codeOf({...told, code: told.code && {...told.code, carrier: carrier ?? told.code.carrier}});
  if (code === null) return {status, code, reason: null, unread: false};
  const reading = readCode(await tx.carrier_codes.findUnique({where: {carrier_code: code}}));
  const {reason} = reading;
  if (status !== 'unknown') return {status, code, reason, unread: false};
  return reading.kind === 'read'
    ? {status: reading.status, code, reason, unread: false}
    : {status, code, reason, unread: true};
}
