import type {ManifestForm} from '../activities/ports.ts';
import {asRecord} from './json.ts';
import {providerFailure} from './provider-failures.ts';

const STATES: Readonly<Record<string, ManifestForm['state']>> = {
  creating: 'making',
  created: 'made',
  failed: 'failed',
};

/** Reads a ScanForm. Throws ProviderError for an answer that is none. */
export function readForm(answer: unknown): ManifestForm {
  const form = asRecord(answer);
  const {id, status, form_url, tracking_codes: codes} = form ?? {};
  const state = STATES[String(status)];
  if (typeof id !== 'string' || !state || !Array.isArray(codes)) throw providerFailure.unreadable('EasyPost');
  const url = typeof form_url === 'string' ? form_url : null;
  return {state, form_ref: id, form_url: url, tracking_numbers: codes.filter((code) => typeof code === 'string')};
}

/** The form that a shipment names; null where it is on none. */
export function formRefOf(answer: unknown): string | null {
  const shipment = asRecord(answer);
  if (typeof shipment?.['id'] !== 'string') throw providerFailure.unreadable('EasyPost');
  const ref = asRecord(shipment['scan_form'])?.['id'];
  return typeof ref === 'string' ? ref : null;
}
