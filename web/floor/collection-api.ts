import {ask, type Heard, newId} from './api.ts';

export interface Pickup {
  pickup_id: string;
  day: string;
  from: string;
  until: string;
  state: 'wanted' | 'booked' | 'cancelling' | 'cancelled' | 'refused';
  parcels: number | null;
  confirmation: string | null;
  failure: string | null;
  instead: ('another_day' | 'counter' | 'call_carrier' | 'ask_ops')[];
}

/** What one carrier has to fetch here. */
export interface Load {
  carrier: string;
  parcels: number;
  weight_g: number;
  /** on no form yet */
  unlisted: number;
  pickups: Pickup[];
}

export interface Form {
  manifest_id: string;
  carrier: string;
  state: 'open' | 'asked' | 'made' | 'failed';
  form_url: string | null;
  created_at: string;
  parcels: {tracking_number: string | null; voided: boolean}[];
}

const site = (warehouse: string, path: string) => `/v1/warehouses/${encodeURIComponent(warehouse)}/${path}`;

export const fetchLoads = (warehouse: string): Promise<Heard<Load[]>> => ask('GET', site(warehouse, 'collection'));
export const fetchForms = (warehouse: string): Promise<Heard<Form[]>> =>
  ask('GET', site(warehouse, 'manifests?limit=20'));
export const askDriver = (warehouse: string, carrier: string): Promise<Heard<Pickup>> =>
  ask('POST', site(warehouse, 'pickups'), {body: {carrier}, key: newId()});
export const callOff = (id: string): Promise<Heard<Pickup>> =>
  ask('POST', `/v1/pickups/${encodeURIComponent(id)}/cancel`, {key: newId()});
export const makeForm = (warehouse: string, carrier: string): Promise<Heard<Form>> =>
  ask('POST', site(warehouse, 'manifests'), {body: {carrier}, key: newId()});
