export const CHARACTERS = [
  'good',
  'slow',
  'partial',
  'refusing',
  'silent',
  'over',
  'dear',
  'forgetful',
  'lost',
] as const;
export type Character = (typeof CHARACTERS)[number];

/** One supplier that this process plays; durations are virtual milliseconds. */
export interface Player {
  id: string;
  /** what our customer's webhooks are signed with, `whsec_…` */
  secret: string;
  /** where the customer's interface is, without a slash at the end */
  api: string;
  key: string;
  character: Character;
  /** from the purchase order to the answer, from there to the parcel, from there to the door */
  answer_after_ms: number;
  ship_after_ms: number;
  arrive_after_ms: number;
}

export interface Line {
  line_id: string;
  sku: string;
  qty: number;
  unit_cost: {amount: number; currency: string};
}

/** A message as it was received and believed. */
export interface Message {
  id: string;
  supplier_id: string;
  type: string;
  at: number;
  data: {purchase_order_id: string; supplier_id: string; reference: string; currency: string; lines?: Line[]};
}

export type Action =
  | 'refuse'
  | 'answer'
  | 'answer_too_much'
  | 'answer_part'
  | 'answer_dearer'
  | 'ship'
  | 'ship_too_much'
  | 'ship_again'
  | 'out_for_delivery'
  | 'delivered';

/** What was done about a purchase order and what our customer answered. */
export interface Step {
  purchase_order_id: string;
  action: Action;
  status: number;
  code: string | null;
  at: number;
}

export interface Purchase {
  purchase_order_id: string;
  supplier_id: string;
  reference: string;
  currency: string;
  /** as first asked for */
  lines: Line[];
  received_at: number;
  messages: {id: string; type: string; times: number}[];
  reminded: boolean;
  cancelled: boolean;
  steps: Step[];
}

export type Entry =
  | {player: Player}
  | {message: Message}
  | {step: Step}
  | {forged: {supplier_id: string; why: string; at: number}}
  | {clock: number};
