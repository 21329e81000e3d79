import {type Act, deed, given, said} from './act.ts';
import type {Dossier} from './types.ts';

const hasMoney = ({money}: Dossier) => money.charged.amount > money.refunded.amount;

export const SHIPPING: Act = {
  name: 'refund_shipping',
  verb: 'refund_deed',
  danger: true,
  fields: [],
  when: (order) => hasMoney(order) && (order.refundable?.possible_shipping.amount ?? 0) > 0,
  deed: (draft, order) =>
    said(draft) ? deed(order, 'refund', 'refunds', {kind: 'shipping', reason: draft.reason}) : null,
};

export const UNITS: Act = {
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

export const GOODWILL: Act = {
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
