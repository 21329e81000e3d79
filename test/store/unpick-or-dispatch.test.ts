import {OPEN_POLICY} from '../../domain/policy/policy.ts';
import {recordScan} from '../../store/record-scan.ts';
import {onTheFloor, startTestStore, stockUp, type TestStore, unitFaults} from '../support/store.ts';

const RACES = 200;
const by = {actor: 'packer-1', role: 'packer', warehouse_id: null};

describe('support that takes a packed order back while the packer hands it over', () => {
  let test: TestStore;
  beforeAll(async () => {
    test = await startTestStore();
    await stockUp(test.store, 'THING', RACES);
  });
  afterAll(() => test.close());

  let scans = 0;
  const scan = (input: {
    task_id?: string;
    kind: 'bin' | 'item' | 'pack' | 'dispatch';
    code: string;
    weight_g?: number;
  }) => {
    scans += 1;
    return recordScan(test.store, {operation_id: `scan-${scans}`, ...input, by}, OPEN_POLICY.warehouse);
  };

  async function packed(n: number) {
    const {order_id} = await onTheFloor(test, {lines: [{sku: 'THING', qty: 1}]});
    const {prisma} = test.store;
    const pick = await prisma.tasks.findFirstOrThrow({where: {order_id, kind: 'pick'}});
    await scan({task_id: pick.id, kind: 'bin', code: 'A-1'});
    await scan({task_id: pick.id, kind: 'item', code: 'bar-THING'});
    const pack = await prisma.tasks.findFirstOrThrow({where: {order_id, kind: 'pack'}});
    const parcel = await prisma.parcels.findFirstOrThrow({where: {order_id}});
    await scan({task_id: pack.id, kind: 'pack', code: pack.id, weight_g: parcel.expected_g});
    await test.verbs.settleLabel({
      parcel_id: parcel.id,
      carrier: 'SwiftPost',
      service: 'Ground',
      tracking_number: `TRK-${n}`,
      tracker_ref: null,
      label_url: 'http://carrier.test/label.pdf',
      cost: 500,
      currency: 'USD',
      estimated_delivery: null,
      delivery_days: null,
    });
    return {order_id, parcel_id: parcel.id};
  }

  it('has one winner each time, and both are told', async () => {
    const won = {support: 0, packer: 0};
    for (let n = 0; n < RACES; n += 1) {
      const {order_id, parcel_id} = await packed(n);
      const who = {reason: 'test', actor: 'ann', role: 'support', request_id: `race-${n}`, unpick: true};
      const acts = [() => scan({kind: 'dispatch', code: `TRK-${n}`}), () => test.verbs.cancelLines({order_id, ...who})];
      const answers = await Promise.all((n % 2 === 0 ? acts : acts.toReversed()).map((act) => act()));
      const scanned = answers.find((answer) => 'accepted' in answer);
      const cancelled = answers.find((answer) => 'refused' in answer);
      const handedOver = scanned && 'accepted' in scanned && scanned.accepted;
      const back = cancelled && 'refused' in cancelled && cancelled.cancelled.length > 0;
      expect(handedOver).toBe(!back);
      won[back ? 'support' : 'packer'] += 1;
      const parcel = await test.store.prisma.parcels.findUniqueOrThrow({where: {id: parcel_id}});
      const order = await test.store.prisma.orders.findUniqueOrThrow({where: {id: order_id}});
      expect([parcel.label_state, parcel.state]).toEqual(back ? ['voided', 'cancelled'] : ['bought', 'packed']);
      expect(Number(order.total_amount) > 0).toBe(!back);
      if (scanned && 'accepted' in scanned && back) expect(scanned.code).toBe('cancelled');
      if (cancelled && 'refused' in cancelled && !back) expect(cancelled.refused[0]?.code).toMatch(/already_/);
    }
    expect(won.support).toBeGreaterThan(0);
    expect(won.packer).toBeGreaterThan(0);
    const runs = await test.store.prisma.side_runs.count({where: {kind: 'labelVoidWorkflow'}});
    expect(runs).toBe(won.support);
    expect(await unitFaults(test)).toEqual([]);
  }, 300_000);
});
