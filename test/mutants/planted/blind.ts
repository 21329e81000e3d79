import type {Part} from '../net/stories/index.ts';

/**
 * Bugs planted by somebody who had not read the checks: mistakes that could be made in a hurry in exactly this code.
 * Whether anything notices them is what is to be found out.
 */
export interface BlindBug {
  name: string;
  /** from the root of the repository */
  file: string;
  /** occurs exactly once in the file */
  find: string;
  replace: string;
  /** the harm, and when it comes about */
  why: string;
  /** where it is looked for: said afterwards, by somebody else */
  stories: readonly Part[];
}

export const BLIND: readonly BlindBug[] = [
  {
    name: 'capture-believed-done-by-the-sum-before',
    file: 'activities/payment.ts',
    find: '(await gateway.retrieve(ref)).captured >= expected;',
    replace: '(await gateway.retrieve(ref)).captured >= amount;',
    why: 'When the second capture of a hold is repeated after it never reached the provider, the money taken for the first, larger part passes for it: the part is booked as paid and nobody is charged.',
    stories: ['door', 'money'],
  },
  {
    name: 'capture-under-way-counts-as-paid',
    file: 'store/begin-hold.ts',
    find: "where: {order_id: order.id, state: 'done'},",
    replace: 'where: {order_id: order.id},',
    why: 'When a hold turns out to be expired at the capture, the new hold leaves out the very part whose capture was begun: what was delivered is not held again and cannot be charged, or is taken from the money of the other parts.',
    stories: ['door', 'road'],
  },
  {
    name: 'cancelled-units-stay-set-aside-in-their-bin',
    file: 'store/cancel-units.ts',
    find: [
      '  await tx.$executeRaw`UPDATE stock_bins SET assigned = assigned - ${qty}',
      '    WHERE warehouse_id = ${warehouse_id} AND sku = ${sku} AND bin = ${from.bin}`;',
    ].join('\n'),
    replace: '',
    why: 'Units cancelled after their pick task was opened may be sold again, but their bin keeps them set aside for nobody: later pickers are sent to ask for units that lie on the shelf, and the staging area is counted too low.',
    stories: ['door', 'changes'],
  },
  {
    name: 'first-plan-confirmed-after-a-lost-race',
    file: 'workflows/accept-order.ts',
    find: 'decision_id: reserved});',
    replace: 'decision_id: decision});',
    why: 'Where another order took the last units between plan and lock, the second plan is reserved but the first one becomes the sub-orders: a warehouse is told to send what was never promised from it, and the reserved units belong to no part.',
    stories: ['checkout', 'hands'],
  },
  {
    name: 'pick-not-closed-by-a-cancellation',
    file: 'store/cancel-lines.ts',
    find: [
      '    } else if (task) {',
      '      current = await closePick(context, tx, current, task, by, `${requestId}:${id}`);',
      '    }',
    ].join('\n'),
    replace: '    }',
    why: 'When the customer cancels all that a half-finished pick still lacks, no scan is left that could close the task: what was picked is never packed, sent or charged, and the order stays open for ever.',
    stories: ['door', 'changes'],
  },
  {
    name: 'short-part-worth-what-was-picked',
    file: 'store/shrink-part.ts',
    find: 'const left = runningShare(Number(part.amount), part.qty - qty, part.qty);',
    replace: 'const left = runningShare(Number(part.amount), part.picked, part.qty);',
    why: 'On a line of which units were cancelled before others were missing, or which lacks units in two bins, the units that are there become too cheap and the replacements too dear: parts are charged wrongly, the customer too much when the replacement is sent.',
    stories: ['door', 'changes'],
  },
  {
    name: 'packed-with-the-first-label',
    file: 'store/settle-label.ts',
    find: "label_state: {notIn: ['bought', 'voided']}",
    replace: "label_state: {in: ['wanted', 'buying']}",
    why: 'A sub-order of several parcels counts as packed, and everybody is told so, when the first label is bought while other parcels are still being packed.',
    stories: ['door', 'road'],
  },
  {
    name: 'late-tracker-word-overwrites-the-newer-one',
    file: 'store/apply-tracking.ts',
    find: 'await hear(context, tx, parcel, seen ? (parcel.status as ParcelStatus) : merged.status, fact);',
    replace: 'await hear(context, tx, parcel, status, fact);',
    why: 'A tracker event that arrives late sets the parcel back: customers see it go backwards, and a delivery overtaken before its run has taken it is never committed nor charged, and in the end declared lost.',
    stories: ['door', 'road'],
  },
  {
    name: 'refusal-for-stock-not-kept',
    file: 'api/place-order.ts',
    find: "const known = await beginRequest(call.deps.store, refused, '');",
    replace: 'const known = await findRequest(call.deps.store, refused);',
    why: 'Checkout is told that there is no stock, but its key is not taken: when the same request is repeated after goods arrived, it becomes an order, holds money and ships, although it was refused.',
    stories: ['checkout', 'hands'],
  },
  {
    name: 'refused-scans-not-remembered',
    file: 'store/record-scan.ts',
    find: '  await store(context, tx, input, orderId, answer);',
    replace: '  if (answer.accepted) await store(context, tx, input, orderId, answer);',
    why: 'A scan that was refused and is sent again after a lost answer is judged anew: in the meantime its bin was opened or its task released, so that it now counts a unit the picker had put back.',
    stories: ['checkout', 'hands'],
  },
  {
    name: 'news-told-apart-by-operation-only',
    file: 'workflows/readable.ts',
    find: 'const key = `${name}:${milestone.operation_id}`;',
    replace: 'const key = milestone.operation_id;',
    why: 'For a parcel that nobody scanned at the dock, hand-over and delivery are both told under the name of its tracker: the delivery passes for a repeat, is never charged, and the parcel is declared lost.',
    stories: ['door', 'road'],
  },
  {
    name: 'holds-counted-anew-in-a-fresh-history',
    file: 'workflows/continue-order.ts',
    find: '  run.holds = carried.holds;\n',
    replace: '',
    why: 'After a long history was continued, the next renewal asks under the key of an earlier hold and is answered with it: the run believes in money that was let go or lets the live hold go for it.',
    stories: ['door', 'money'],
  },
  {
    name: 'stuck-again-is-not-reported',
    file: 'store/stuck-steps.ts',
    find: 'where: {id: idOf(input), code, resolved_at: null}});',
    replace: 'where: {id: idOf(input), code}});',
    why: 'A step that got through with the help of ops and later fails for the same reason, as the capture of the next part does, is not reported: the order waits with nobody told, and resuming it finds nothing stuck.',
    stories: ['door', 'money'],
  },
  {
    name: 'signal-marked-before-it-is-sent',
    file: 'workers/relay/send-signals.ts',
    find: [
      '    await client.workflow.getHandle(signal.workflow_id).signal(signal.name, signal.payload);',
      "    await markSignal(store, signal.id, 'sent');",
    ].join('\n'),
    replace: [
      "    await markSignal(store, signal.id, 'sent');",
      '    await client.workflow.getHandle(signal.workflow_id).signal(signal.name, signal.payload);',
    ].join('\n'),
    why: 'When Temporal cannot be reached, the run is not started yet or the relay dies between the two, the signal is lost: a picked, packed, handed over or delivered part goes no further.',
    stories: ['door', 'road'],
  },
];
