import {type Act, deed, given, isOpen, isPlaced, of, said} from './act.ts';

export const CANCEL: Act = {
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

export const QUANTITY: Act = {
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

export const ADDRESS: Act = {
  name: 'address',
  verb: 'address_deed',
  danger: false,
  fields: ['address'],
  when: isPlaced,
  deed: (draft, order) => {
    if (!said(draft)) return null;
    const {name = '', line1 = '', city = '', country = '', lat = '', lng = '', ...rest} = draft.address;
    const extra = Object.entries(rest).filter(([, value]) => value.trim() !== '');
    const place = lat !== '' && lng !== '' ? {lat: Number(lat), lng: Number(lng)} : {};
    const ship_to = {name, line1, city, country, ...Object.fromEntries(extra), ...place};
    return deed(order, 'change', 'changes', {kind: 'address', ship_to, reason: draft.reason});
  },
};

export const ADD: Act = {
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

export const HOLD: Act = {
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

export const RELEASE: Act = {
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

export const RESUME: Act = {
  name: 'resume',
  verb: 'resume_deed',
  danger: false,
  fields: [],
  when: ({stuck}) => stuck.length > 0,
  deed: (draft, order) => (said(draft) ? deed(order, 'resume', 'resume', {note: draft.reason}) : null),
};
