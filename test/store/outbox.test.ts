import type {OutboxEvent} from '../../store/outbox.ts';
import {lockOrder, recordChange, SYSTEM} from '../../store/record-change.ts';
import type {Tx} from '../../store/context.ts';
import {PartitionLocks} from '../../workers/relay/own-partitions.ts';
import {Publisher} from '../../workers/relay/publish-events.ts';
import {randomStream} from '../../simulation/random.ts';
import {startTestStore, stockUp, type TestStore} from '../support/store.ts';
import {storeOrder} from '../support/stored-order.ts';
import {until} from '../support/until.ts';

const ORDERS = 20;
const CHANGES = 15;

describe('the outbox', () => {
  let test: TestStore;
  const orders: string[] = [];
  const heard: OutboxEvent[] = [];
  beforeAll(async () => {
    test = await startTestStore();
    await stockUp(test.store, 'THING', 100);
    for (let i = 0; i < ORDERS; i += 1) orders.push(await storeOrder(test.store, {lines: [{sku: 'THING', qty: 1}]}));
  });
  afterAll(() => test.close());

  const change = (id: string) =>
    test.store.prisma.$transaction(async (tx) => {
      const order = await lockOrder(tx as Tx, id);
      await recordChange(test.store, tx as Tx, {order, type: 'order.test', by: SYSTEM});
    });
  const unsent = () => test.store.prisma.events.count({where: {published_at: null}});

  /** A relay whose receiver fails now and then; `crash` lets its partitions go while it is sending. */
  function relay(name: string) {
    const random = randomStream(3, name);
    const locks = new PartitionLocks(test.databaseUrl);
    const publisher = new Publisher(
      test.store,
      [
        async (event) => {
          await new Promise((resolve) => setTimeout(resolve, random.next() * 4));
          if (random.next() < 0.03) throw new Error('the receiver is not there');
          heard.push(event);
        },
      ],
      () => undefined,
    );
    let stopped = false;
    const running = (async () => {
      while (!stopped) {
        await locks.claim().catch(() => undefined);
        await publisher.publish(locks.partitions);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    })();
    return {
      crash: () => locks.release(),
      stop: async () => {
        stopped = true;
        await running;
        await locks.release();
      },
    };
  }

  it('sends each order in sequence, everything at least once, whatever fails', async () => {
    const relays = [relay('one'), relay('two')];
    const random = randomStream(5, 'writers');
    const writes = random.shuffle(orders.flatMap((id) => Array.from({length: CHANGES}, () => id)));
    const write = async () => {
      for (let id = writes.pop(); id; id = writes.pop()) await change(id);
    };
    const writers = Promise.all(Array.from({length: 6}, write));
    await until('half of it to be sent', async () => heard.length > (ORDERS * CHANGES) / 2);
    await relays[0]?.crash();
    await writers;
    await until('everything to be sent', async () => (await unsent()) === 0, unsent, 25_000);
    await Promise.all(relays.map((r) => r.stop()));

    for (const id of orders) {
      const seqs = heard.filter((e) => e.order_id === id).map((e) => e.seq);
      const first = seqs.filter((seq, i) => seqs.indexOf(seq) === i);
      expect(first).toEqual(Array.from({length: CHANGES + 1}, (_, i) => i + 1));
    }
  });

  it('says the same thing in every copy', () => {
    const byId = new Map<string, string>();
    for (const event of heard) {
      const copy = JSON.stringify(event);
      expect(byId.get(event.id) ?? copy).toBe(copy);
      byId.set(event.id, copy);
    }
  });
});
