import type {Deed} from '../../ui/act-dialog.tsx';
import type {Dossier} from './types.ts';

type Line = Dossier['lines'][number];

/** What somebody has filled in so far, of whatever act. */
export interface Draft {
  reason: string;
  /** units by line: to cancel, to refund, or how many there shall be */
  units: Readonly<Record<string, number>>;
  unpick: boolean;
  /** in minor units; null: not given */
  amount: number | null;
  until: string;
  sku: string;
  qty: number;
  address: Record<string, string>;
}

export type FieldName = 'units' | 'unpick' | 'amount' | 'until' | 'product' | 'address';

type Simple = 'cancel' | 'quantity' | 'address' | 'add_lines' | 'hold' | 'release' | 'approve' | 'reject' | 'resume';
type Name = Simple | `return_${'approve' | 'refuse'}`;

export interface Act {
  name: Name | `refund_${'shipping' | 'line' | 'goodwill'}`;
  verb: `${Name | 'refund'}_deed`;
  danger: boolean;
  fields: readonly FieldName[];
  /** of a line: how many units at most; what stands there at first */
  most?: (line: Line, order: Dossier) => number;
  start?: (line: Line) => number;
  when: (order: Dossier) => boolean;
  /** null while something is missing */
  deed: (draft: Draft, order: Dossier) => Deed | null;
}

const ENDED: readonly string[] = ['delivered', 'cancelled', 'refunded'];
export const isOpen = ({status}: Dossier) => !ENDED.includes(status);
export const isPlaced = (order: Dossier) => isOpen(order) && order.sub_orders.length > 0;
export const given = (units: Draft['units']) =>
  Object.entries(units)
    .filter(([, qty]) => qty > 0)
    .map(([line_id, qty]) => ({line_id, qty}));

export const of = (order: Dossier, call: string) => `/v1/orders/${order.order_id}/${call}`;

/** An act whose preview takes the body of its own call. */
export function deed(order: Dossier, act: 'cancel' | 'change' | 'refund' | 'resume', call: string, body: object): Deed {
  return {preview: {[act]: body}, path: of(order, call), body};
}

export const said = ({reason}: Draft) => reason.trim() !== '';

export function draftOf({ship_to}: Dossier): Draft {
  const {name = '', line1 = '', line2, city = '', region, postal_code, country = ''} = ship_to ?? {};
  const address = {
    name,
    line1,
    line2: line2 ?? '',
    postal_code: postal_code ?? '',
    city,
    region: region ?? '',
    country,
  };
  return {reason: '', units: {}, unpick: false, amount: null, until: '', sku: '', qty: 1, address};
}
