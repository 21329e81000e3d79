import type {PlantedBug} from './types.ts';

/** Money given back, and money that a bank takes back. */
export const REFUNDS: readonly PlantedBug[] = [
  {
    name: 'refund-key-per-attempt',
    file: 'activities/refund.ts',
    find: `const found = repeated ? await gateway.findRefund(wanted) : null;
      const made = found ?? (await ask(() => gateway.refund({...wanted, key, order_id, amount})));`,
    replace: `const again = repeated ? {...wanted, key: \`\${key}:\${begun}\`} : {...wanted, key};
      const made = await ask(() => gateway.refund({...again, order_id, amount}));`,
    why: 'a refund whose answer was lost is made again',
    expect: ['M6', 'M4'],
  },
  {
    name: 'refunds-under-way-not-counted',
    file: 'store/refundable.ts',
    find: `['failed', 'rejected'];`,
    replace: `['failed', 'rejected', 'requested', 'asked'];`,
    why: 'two people give the same money back at the same time',
    expect: ['M4'],
  },
  {
    name: 'units-paid-back-again',
    file: 'domain/payment/refundable.ts',
    find: 'const after = line.refunded_units + units;',
    replace: 'const after = units;',
    why: 'of two broken bottles the second is worth nothing',
    expect: ['M4', 'ending'],
    says: 'each of two units is paid back once',
  },
  {
    name: 'refund-that-came-back-stays-counted',
    file: 'store/settle-refund.ts',
    find: 'data: {refunded_amount: {decrement: amount}}',
    replace: 'data: {refunded_amount: {decrement: 0n}}',
    why: 'the customer is told of money that the bank sent back to us',
    expect: ['M6'],
  },
  {
    name: 'second-person-is-the-first',
    file: 'store/decide-refund.ts',
    find: `if (input.decision === 'approve' && current.requested_by === input.by.actor) return 'same_person';`,
    replace: '',
    why: 'one person alone gives any sum away',
    expect: ['A2'],
  },
  {
    name: 'small-refunds-not-added-up',
    file: 'store/request-refund.ts',
    find: 'return before.reduce((sum, row) => sum + Number(row.amount), amount) > second_person;',
    replace: 'return before.length >= 0 && amount > second_person;',
    why: 'the limit is passed in small pieces',
    expect: ['A2'],
  },
  {
    name: 'dock-lets-disputed-goods-go',
    file: 'store/scan-dispatch.ts',
    find: 'if (await isDisputed(tx, order.id))',
    replace: 'if ((await isDisputed(tx, order.id)) && parcel.dispatched_at)',
    why: 'goods go out to somebody whose bank takes the money back',
    expect: ['M4'],
  },
  {
    name: 'refund-while-a-bank-judges',
    file: 'store/request-refund.ts',
    find: `if (refundable.disputed) return 'order_disputed';`,
    replace: '',
    why: 'the customer may get the same money from us and from the bank',
    expect: ['M4'],
  },
  {
    name: 'disputed-money-given-back',
    file: 'store/refundable.ts',
    find: `disputed.filter(({state}) => state === 'lost'),`,
    replace: `disputed.filter(({state}) => state === 'open'),`,
    why: 'what a bank took for good is given back as well',
    expect: ['M4'],
  },
  {
    name: 'lost-dispute-is-kept-money',
    file: 'store/apply-dispute-fact.ts',
    find: `if (state === 'lost') {`,
    replace: `if (state === 'lost' && amount < 0n) {`,
    why: 'the books show money that a bank has taken',
    expect: ['M6'],
  },
];
