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
const isOpen = ({status}: Dossier) => !ENDED.includes(status);
const isPlaced = (order: Dossier) => isOpen(order) && order.sub_orders.length > 0;
const given = (units: Draft['units']) =>
  Object.entries(units)
    .filter(([, qty]) => qty > 0)
    .map(([line_id, qty]) => ({line_id, qty}));

const of = (order: Dossier, call: string) => `/v1/orders/${order.order_id}/${call}`;

/** An act whose preview takes the body of its own call. */
function deed(order: Dossier, act: 'cancel' | 'change' | 'refund' | 'resume', call: string, body: object): Deed {
  return {preview: {[act]: body}, path: of(order, call), body};
}

const said = ({reason}: Draft) => reason.trim() !== '';

const CANCEL: Act = {
  name: 'cancel',
  verb: 'cancel_deed',
  danger: true,
  fields: ['units', 'unpick'],
  most: (line) => line.qty - line.cancelled,
  start: (line) => line.qty - line.cancelled,
  when: isOpen,
  deed: (draft, order) => {
    const lines = given(draft.units);
    if (!said(draft) || lines.length === 0) return null;
    const {reason, unpick} = draft;
    return deed(order, 'cancel', 'cancel', {lines, reason, ...(unpick && {unpick})});
  },
};

const QUANTITY: Act = {
  name: 'quantity',
  verb: 'quantity_deed',
  danger: false,
  fields: ['units', 'unpick'],
  most: () => 10_000,
  start: (line) => line.qty - line.cancelled,
  when: isPlaced,
  deed: (draft, order) => {
    const lines = order.lines
      .filter(({line_id, qty, cancelled}) => (draft.units[line_id] ?? qty - cancelled) !== qty - cancelled)
      .map(({line_id}) => ({line_id, qty: draft.units[line_id] ?? 0}));
    if (!said(draft) || lines.length === 0) return null;
    const {reason, unpick} = draft;
    return deed(order, 'change', 'changes', {kind: 'quantity', lines, reason, ...(unpick && {unpick})});
  },
};

const ADDRESS: Act = {
  name: 'address',
  verb: 'address_deed',
  danger: false,
  fields: ['address'],
  when: isPlaced,
  deed: (draft, order) => {
    if (!said(draft)) return null;
    const {lat, lng, line2, region, postal_code, ...rest} = draft.address;
    const extra = Object.entries({line2, region, postal_code}).filter(([, value]) => (value ?? '').trim() !== '');
    const ship_to = {...rest, ...Object.fromEntries(extra), lat: Number(lat), lng: Number(lng)};
    return deed(order, 'change', 'changes', {kind: 'address', ship_to, reason: draft.reason});
  },
};

const ADD: Act = {
  name: 'add_lines',
  verb: 'add_lines_deed',
  danger: false,
  fields: ['product'],
  when: isPlaced,
  deed: (draft, order) => {
    if (!said(draft) || draft.sku.trim() === '' || draft.qty < 1) return null;
    const add = [{sku: draft.sku.trim(), qty: draft.qty}];
    return deed(order, 'change', 'changes', {kind: 'add_lines', add, reason: draft.reason});
  },
};

const HOLD: Act = {
  name: 'hold',
  verb: 'hold_deed',
  danger: false,
  fields: ['until'],
  when: (order) => isPlaced(order) && order.hold === null,
  deed: (draft, order) => {
    if (!said(draft)) return null;
    const until = draft.until === '' ? {} : {until: new Date(draft.until).toISOString()};
    const {reason} = draft;
    return {
      ...deed(order, 'change', 'changes', {kind: 'hold', reason, ...until}),
      undo: {path: of(order, 'changes'), body: {kind: 'release', reason}},
    };
  },
};

const RELEASE: Act = {
  name: 'release',
  verb: 'release_deed',
  danger: false,
  fields: [],
  when: (order) => order.hold !== null,
  deed: (draft, order) => {
    if (!said(draft)) return null;
    const {reason} = draft;
    return {
      ...deed(order, 'change', 'changes', {kind: 'release', reason}),
      undo: {path: of(order, 'changes'), body: {kind: 'hold', reason}},
    };
  },
};

const hasMoney = ({money}: Dossier) => money.charged.amount > money.refunded.amount;

const SHIPPING: Act = {
  name: 'refund_shipping',
  verb: 'refund_deed',
  danger: true,
  fields: [],
  when: (order) => hasMoney(order) && (order.refundable?.possible_shipping.amount ?? 0) > 0,
  deed: (draft, order) =>
    said(draft) ? deed(order, 'refund', 'refunds', {kind: 'shipping', reason: draft.reason}) : null,
};

const UNITS: Act = {
  name: 'refund_line',
  verb: 'refund_deed',
  danger: true,
  fields: ['units'],
  most: (line, order) => order.refundable?.possible_lines.find(({line_id}) => line_id === line.line_id)?.qty ?? 0,
  start: () => 0,
  when: hasMoney,
  deed: (draft, order) => {
    const lines = given(draft.units);
    if (!said(draft) || lines.length === 0) return null;
    return deed(order, 'refund', 'refunds', {kind: 'line', lines, reason: draft.reason});
  },
};

const GOODWILL: Act = {
  name: 'refund_goodwill',
  verb: 'refund_deed',
  danger: true,
  fields: ['amount'],
  when: hasMoney,
  deed: (draft, order) => {
    if (!said(draft) || !draft.amount || draft.amount < 1) return null;
    const amount = {amount: draft.amount, currency: order.total.currency};
    return deed(order, 'refund', 'refunds', {kind: 'goodwill', amount, reason: draft.reason});
  },
};

const review = (decision: 'approve' | 'reject'): Act => ({
  name: decision,
  verb: `${decision}_deed`,
  danger: decision === 'reject',
  fields: [],
  when: (order) => order.review?.state === 'open',
  deed: (draft, order) => {
    if (!said(draft) || !order.review) return null;
    const body = {decision, note: draft.reason};
    return {preview: {review: body}, path: `/v1/reviews/${order.review.review_id}`, body};
  },
});

const returned = (decision: 'approve' | 'refuse'): Act => ({
  name: `return_${decision}`,
  verb: `return_${decision}_deed`,
  danger: decision === 'refuse',
  fields: [],
  when: (order) => order.returns.some(({state}) => state === 'in_review'),
  deed: (draft, order) => {
    const found = order.returns.find(({state}) => state === 'in_review');
    if (!said(draft) || !found) return null;
    const {return_id} = found;
    const body = {decision, note: draft.reason};
    return {preview: {return: {return_id, ...body}}, path: `/v1/returns/${return_id}/decision`, body};
  },
});

const RESUME: Act = {
  name: 'resume',
  verb: 'resume_deed',
  danger: false,
  fields: [],
  when: ({stuck}) => stuck.length > 0,
  deed: (draft, order) => (said(draft) ? deed(order, 'resume', 'resume', {note: draft.reason}) : null),
};

/** In the order in which they are offered. */
export const ACTS: readonly Act[] = [
  review('approve'),
  review('reject'),
  returned('approve'),
  returned('refuse'),
  RESUME,
  RELEASE,
  HOLD,
  QUANTITY,
  ADD,
  ADDRESS,
  CANCEL,
  SHIPPING,
  UNITS,
  GOODWILL,
];

export function draftOf({ship_to}: Dossier): Draft {
  const {name = '', line1 = '', line2, city = '', region, postal_code, country = '', lat = 0, lng = 0} = ship_to ?? {};
  const address = {
    ...{name, line1, city, country},
    ...{line2: line2 ?? '', region: region ?? '', postal_code: postal_code ?? ''},
    ...{lat: String(lat), lng: String(lng)},
  };
  return {reason: '', units: {}, unpick: false, amount: null, until: '', sku: '', qty: 1, address};
}
