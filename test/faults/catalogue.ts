/** What can be struck, how, and in which story it happens. */

export const SHAPES = ['one', 'split', 'backorder'] as const;
export type Shape = (typeof SHAPES)[number];

export const KINDS = ['F1', 'F2', 'F3', 'F4', 'F5', 'F6'] as const;
export type Kind = (typeof KINDS)[number];

/**
 * What is special about the story that an order must live through so that its activity runs:
 * `rejected` by a reviewer, `cancelled` by the customer before the pick, `renewed` after the hold was lost, `broke` when
 * it cannot be taken again, `short` on the shelf, `lost` on the road, `unheard` when the carrier's webhooks are,
 * `unread` when its delivery comes in a code that nobody knows yet, `waved` when its warehouse releases picks in waves,
 * `supplied` by a supplier,
 * `refunded` in part once it was paid, `disputed` by the customer's bank then, `sent_back` when it has arrived, or announced and
 * then `kept` after all; `changed` by a line more, with money that is there or `change_declined`, or `relabelled` for another
 * address once it is packed; `asked` by the bank at checkout, paid by a `second_method` after a decline, `unreviewed` by
 * anybody, paid by a `shop` that authorises by itself, or `shop_gone` before it did; cancelled by an act on many orders
 * (`in_bulk`), or held back by one and released by its undoing (`in_bulk_undone`); whose shipments leave `together`.
 */
export type Twist =
  | 'plain'
  | 'rejected'
  | 'cancelled'
  | 'renewed'
  | 'broke'
  | 'short'
  | 'lost'
  | 'unheard'
  | 'unread'
  | 'waved'
  | 'stocked'
  | 'supplied'
  | 'refunded'
  | 'disputed'
  | 'sent_back'
  | 'kept'
  | 'changed'
  | 'change_declined'
  | 'relabelled'
  | 'in_bulk'
  | 'in_bulk_undone'
  | 'together'
  | PayerTwist;
export const PAYER_TWISTS = ['asked', 'second_method', 'unreviewed', 'shop', 'shop_gone'] as const;
export type PayerTwist = (typeof PAYER_TWISTS)[number];

export interface Boundary {
  name: string;
  /** which of the fifteen activities of the fault catalogue it belongs to, or one of ours */
  of: string;
  twist: (shape: Shape) => Twist | null;
  where: 'worker' | 'relay';
}

const always = (twist: Twist) => () => twist;
const plain = always('plain');
const unlessBackorder = (twist: Twist) => (shape: Shape) => (shape === 'backorder' ? 'plain' : twist);
const remainder = (shape: Shape) => (shape === 'one' ? null : 'plain');

/** Where the shape of an order makes no difference, as before there are any places. */
const once = (twist: Twist) => (shape: Shape) => (shape === 'one' ? twist : null);

/** One shape is cancelled, another held back for a while. */
const bulk = (shape: Shape): Twist | null => {
  if (shape === 'backorder') return null;
  return shape === 'one' ? 'in_bulk' : 'in_bulk_undone';
};

const boundary = (name: string, of: string, twist: Boundary['twist'], where: Boundary['where'] = 'worker') => ({
  name,
  of,
  twist,
  where,
});

/**
 * Every boundary a fault is put at. `x` is the whole activity; `x.call` the one call to the neighbour inside it, where
 * the effect is done and nothing of ours knows it yet.
 */
export const BOUNDARIES: readonly Boundary[] = [
  boundary('planOrder', 'plan', plain),
  boundary('authorize', 'authorise', plain),
  boundary('authorize.call', 'authorise', plain),
  boundary('reservePlan', 'reserve', plain),
  boundary('screenOrder', 'screen', plain),
  boundary('confirmPlan', 'confirm plan', plain),
  boundary('openTasks', 'open tasks', plain),
  boundary('buyLabels', 'buy label', plain),
  boundary('buyLabels.address', 'verify an address', plain),
  boundary('buyLabels.shipment', 'buy label', plain),
  boundary('buyLabels.call', 'buy label', plain),
  boundary('handOver', 'hand over', plain),
  boundary('commitDelivery', 'commit delivery', plain),
  boundary('capture', 'capture', plain),
  boundary('capture.call', 'capture', plain),
  boundary('holdRest', 'authorise the rest', remainder),
  boundary('holdRest.call', 'authorise the rest', remainder),
  boundary('renewHold', 'renew', always('renewed')),
  boundary('renewHold.call', 'renew', always('renewed')),
  boundary('releaseHolds', 'void', unlessBackorder('cancelled')),
  boundary('releaseHolds.call', 'void', unlessBackorder('cancelled')),
  boundary('cancelLines', 'release', unlessBackorder('cancelled')),
  boundary('endOrder', 'release', always('rejected')),
  boundary('reallocate', 'find another place', always('short')),
  boundary('beginFilled', 'fill a backorder', (shape) => (shape === 'backorder' ? 'stocked' : null)),
  boundary('setWaiting', 'name the wait', always('broke')),
  boundary('checkHold', 'authenticate', once('asked')),
  boundary('takeOffer', 'take another method', once('second_method')),
  boundary('escalateReview', 'escalate', once('unreviewed')),
  boundary('matchShopHold', 'match a shop’s hold', once('shop')),
  boundary('leaveShopHold', 'leave a shop’s hold', once('shop_gone')),
  boundary('leaveShopHold.call', 'leave a shop’s hold', once('shop_gone')),
  boundary('commitLoss', 'declare a loss', always('lost')),
  boundary('refund', 'refund', always('refunded')),
  boundary('refund.call', 'refund', always('refunded')),
  boundary('answerDispute', 'answer a dispute', always('disputed')),
  boundary('answerDispute.call', 'answer a dispute', always('disputed')),
  boundary('buyReturnLabel', 'buy the label of a return', always('sent_back')),
  boundary('buyReturnLabel.shipment', 'buy the label of a return', always('sent_back')),
  boundary('buyReturnLabel.call', 'buy the label of a return', always('sent_back')),
  boundary('lookAtReturn', 'look at a return', always('sent_back')),
  boundary('settleReturn', 'settle a return', always('sent_back')),
  boundary('endReturnRun', 'end a return', always('sent_back')),
  boundary('voidReturnLabel', 'void the label of a return', always('kept')),
  boundary('watchPurchase', 'watch a supplier', always('supplied')),
  boundary('sendPurchaseOrder', 'order from a supplier', always('supplied')),
  boundary('sendPurchaseOrder.call', 'order from a supplier', always('supplied')),
  boundary('beginChange', 'price a change', once('changed')),
  boundary('holdMore', 'hold more', once('changed')),
  boundary('holdMore.call', 'hold more', always('changed')),
  boundary('applyChange', 'change the order', always('changed')),
  boundary('refuseChange', 'refuse a change', once('change_declined')),
  boundary('voidLabel', 'void label', once('relabelled')),
  boundary('voidLabel.call', 'void label', once('relabelled')),
  boundary('makeWave', 'release a wave', once('waved'), 'relay'),
  boundary('readHeldWord', 'read a held word', once('unread'), 'relay'),
  boundary('lookAtBulk', 'look at an act on many orders', bulk),
  boundary('previewBulk', 'try an act on many orders out', bulk),
  boundary('actOnBulk', 'act on many orders', bulk),
  boundary('actOnBulk.call', 'act on many orders', bulk),
  boundary('track', 'track', always('unheard'), 'relay'),
  boundary('notify', 'notify', plain, 'relay'),
  boundary('digest', 'tell of several shipments', (shape) => (shape === 'split' ? 'together' : null), 'relay'),
  boundary('text', 'send a text', once('plain'), 'relay'),
];

export interface Strike {
  boundary: string;
  kind: Kind;
}

/** One order and the faults it meets. */
export interface Cell {
  id: string;
  shape: Shape;
  twist: Twist;
  strikes: Strike[];
}

export interface MatrixChoice {
  shape?: Shape;
  /** `activity:kind`, either side may be empty */
  only?: string;
}

/** The exhaustive single-fault matrix, or a part of it. */
export function matrix({shape, only}: MatrixChoice = {}): Cell[] {
  const [activity, kind] = (only ?? '').split(':');
  const cells: Cell[] = [];
  for (const s of SHAPES.filter((each) => !shape || each === shape)) {
    for (const {name, twist} of BOUNDARIES) {
      const story = twist(s);
      if (story === null || (activity && name !== activity && name.split('.')[0] !== activity)) continue;
      for (const k of KINDS.filter((each) => !kind || each === kind)) {
        cells.push({id: `${name}:${k}:${s}`, shape: s, twist: story, strikes: [{boundary: name, kind: k}]});
      }
    }
  }
  return cells;
}
