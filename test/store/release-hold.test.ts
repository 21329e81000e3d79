import {applyHoldFact} from '../../store/apply-hold-event.ts';
import {planned, startTestStore, stockUp, type TestStore} from '../support/store.ts';

describe('a hold that is let go', () => {
  let test: TestStore;
  let next = 0;
  beforeAll(async () => {
    test = await startTestStore();
  });
  afterAll(() => test.close());

  async function held() {
    next += 1;
    const sku = `HELD-${next}`;
    await stockUp(test.store, sku, 1);
    const {order_id} = await planned(test, {lines: [{sku, qty: 1}]});
    const [payment] = await test.verbs.findLiveHolds({order_id});
    if (!payment) throw new Error('there is no hold');
    return {order_id, payment_id: payment.id, ref: `pi_${order_id}`, amount: Number(payment.amount)};
  }
  type Held = Awaited<ReturnType<typeof held>>;

  const providerEndsIt = ({order_id, payment_id, ref, amount}: Held, captured = 0) => {
    const intent = {order_id, payment_id, ref, amount, captured, currency: 'usd', status: 'canceled'};
    return applyHoldFact(test.store, {...intent, told_by: 'evt'});
  };
  const openCalls = ({order_id}: Held) => test.store.prisma.provider_calls.count({where: {order_id, state: 'started'}});
  const told = async ({order_id}: Held) => {
    const where = {order_id, type: {in: ['order.hold_released', 'order.hold_expired']}};
    return (await test.store.prisma.events.findMany({where, orderBy: {seq: 'asc'}})).map(({type}) => type);
  };

  it('ran out before it was to be let go: nothing is asked for', async () => {
    const hold = await held();
    expect(await providerEndsIt(hold)).toEqual({outcome: 'hold_gone'});
    expect(await test.verbs.beginRelease(hold)).toBeNull();
    expect(await openCalls(hold)).toBe(0);
  });

  it('is told to be gone while it is let go: what was asked for is written down as answered, and told once', async () => {
    const hold = await held();
    expect(await test.verbs.beginRelease(hold)).not.toBeNull();
    expect(await openCalls(hold)).toBe(1);
    expect(await providerEndsIt(hold)).toEqual({outcome: 'confirmed'});
    await test.verbs.settleRelease({...hold, reason: 'released'});
    expect(await openCalls(hold)).toBe(0);
    expect(await told(hold)).toEqual(['order.hold_released']);
  });

  it('answers a capture that came too late for it', async () => {
    const hold = await held();
    const {order_id} = hold;
    const decision = await test.store.prisma.decisions.findFirstOrThrow({where: {order_id}});
    await test.verbs.reservePlan({order_id, decision_id: decision.id});
    const [part] = await test.verbs.confirmPlan({order_id, decision_id: decision.id});
    const sub_order_id = part?.sub_order_id ?? '';
    await test.store.prisma.sub_order_lines.updateMany({
      where: {sub_order_id},
      data: {picked: 1, shipped: 1, delivered: 1},
    });
    const due = await test.verbs.beginCapture({order_id, sub_order_id, last: true});
    expect(due.state).toBe('due');
    expect(await openCalls(hold)).toBe(1);
    await test.verbs.settleRelease({...hold, reason: 'expired'});
    expect(await openCalls(hold)).toBe(0);
    expect(await test.verbs.beginCapture({order_id, sub_order_id, last: true})).toEqual({state: 'no_hold'});
  });

  it('is not written off before money that was taken of it is in the books', async () => {
    const hold = await held();
    expect(await providerEndsIt(hold, hold.amount)).toEqual({outcome: 'early'});
    expect(await told(hold)).toEqual([]);
    await test.store.prisma.payments.update({where: {id: hold.payment_id}, data: {captured_amount: hold.amount}});
    expect(await providerEndsIt(hold, hold.amount)).toEqual({outcome: 'hold_gone'});
  });

  it('leaves no call open where the hold was written off beside it', async () => {
    const hold = await held();
    await test.verbs.beginRelease(hold);
    await test.store.prisma.payments.update({where: {id: hold.payment_id}, data: {state: 'canceled'}});
    await test.verbs.settleRelease({...hold, reason: 'released'});
    expect(await openCalls(hold)).toBe(0);
  });
});
