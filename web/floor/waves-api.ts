import {ask, type Heard, newId} from './api.ts';

export const KINDS = ['batch', 'single', 'zone'] as const;
export type Kind = (typeof KINDS)[number];

export interface Preview {
  tasks: number;
  tours: number;
  walk_mm: number | null;
  alone_mm: number | null;
}

export interface Person {
  staff_id: string;
  name: string;
  roles: string[];
  active: boolean;
}

const site = (warehouse: string, path: string) => `/v1/warehouses/${encodeURIComponent(warehouse)}/${path}`;
const post = <T>(path: string, body?: object): Promise<Heard<T>> => ask('POST', path, {body, key: newId()});

export const fetchTerms = (warehouse: string): Promise<Heard<{rule: string; kind: Kind; totes: number}>> =>
  ask('GET', site(warehouse, 'wave-terms'));
export const fetchPreview = (warehouse: string, kind: Kind, totes: number): Promise<Heard<Preview>> =>
  ask('GET', site(warehouse, `waves/preview?kind=${kind}&totes=${totes}`));
export const fetchStaff = (warehouse: string): Promise<Heard<Person[]>> => ask('GET', site(warehouse, 'staff'));
export const releaseWave = (warehouse: string, body: {kind: Kind; totes: number}) =>
  post<{wave_id: string | null; tasks: number}>(site(warehouse, 'waves'), body);
export const pauseWave = (id: string, paused: boolean) => post(`/v1/waves/${encodeURIComponent(id)}/pause`, {paused});
export const undoWave = (id: string) => post<{tasks: number}>(`/v1/waves/${encodeURIComponent(id)}/undo`);
export const assignTour = (id: string, to: string | null) => post(`/v1/tours/${encodeURIComponent(id)}/assign`, {to});
