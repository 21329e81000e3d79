import type {FloorWorker} from './claim-task.ts';

export interface ScanInput {
  operation_id: string;
  task_id?: string;
  kind: 'bin' | 'item' | 'short' | 'pack' | 'dispatch' | 'return';
  code: string;
  qty?: number;
  weight_g?: number;
  box?: string;
  by: FloorWorker;
}

/** What the scanner shows; a refused scan says in plain words what to do instead. */
export interface ScanAnswer {
  accepted: boolean;
  code: string;
  next: unknown;
  message: string;
  parcel_id?: string;
}

export const refuse = (code: string, message: string): ScanAnswer => ({accepted: false, code, next: null, message});
