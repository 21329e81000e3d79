import type {ScanAnswer} from '../../../../simulation/api-types.ts';
import {freshKey} from '../../../support/api.ts';
import {offer, orderOf} from '../../../support/shop.ts';
import {buyNew, expect, type Story} from '../story.ts';

/** Hands that scan twice, scan something else, and book twice. */
export const HANDS: readonly Story[] = [
  {
    name: 'scans that come twice, and wrong ones',
    play: async (net) => {
      const {floor} = net;
      const order = await buyNew(net, 3, {at: {EAST: 3}});
      const id = order.order_id;
      const east = floor.partFrom(order, 'EAST');
      const {task_id, stops} = await floor.openTask(east, 'pick');
      const [stop] = stops;
      const bin = {task_id, kind: 'bin', code: stop?.bin ?? ''} as const;
      const item = {task_id, kind: 'item', code: stop?.barcode ?? ''} as const;
      const refused = async (scan: Promise<ScanAnswer>, why: string) => {
        const answer = await scan;
        expect(`it is refused as ${why}`, !answer.accepted && answer.code === why, answer);
      };
      await refused(floor.scan({...bin, code: 'A-2'}), 'wrong_bin');
      await floor.scan(bin);
      await refused(floor.scan({...item, code: 'bar-of-something-else'}), 'wrong_item');
      await refused(floor.scan({...item, qty: 4}), 'too_many');
      const once = {...item, operation_id: `once-${id}`, qty: 1};
      const answers = await Promise.all([floor.scan(once), floor.scan(once), floor.scan(once)]);
      answers.push(await floor.scan(once));
      expect('each is answered alike', new Set(answers.map((a) => JSON.stringify(a))).size === 1, answers);
      const last = await Promise.all([1, 2, 3].map(() => floor.scan({...item, qty: 1})));
      expect('two of the three last units are there', last.filter((a) => a.accepted).length === 2, last);
      const pack = await floor.openTask(east, 'pack');
      const heavy = {task_id: pack.task_id, kind: 'pack', code: pack.task_id, box: 'BOX', weight_g: 9_000} as const;
      await refused(floor.scan(heavy, 'packer'), 'wrong_weight');
      await floor.pack(id, east);
      await floor.carry(id, east);
      await floor.ends(id, 'delivered');
      await refused(floor.scan(bin), 'done');
    },
  },
  {
    name: 'goods booked twice under one reference, and sold',
    play: async (net) => {
      const {world, floor} = net;
      const sku = await offer(world.api, {});
      const receipt = {warehouse: 'EAST', sku, qty: 2, bin: 'A-2', reference: `twice-${sku}`};
      const book = async (body: object) => (await world.api.as('receiver').post('/v1/inventory/receipts', body)).status;
      const statuses = await Promise.all([book(receipt), book(receipt), book(receipt)]);
      expect(
        'each is answered by the one entry',
        statuses.every((s) => s === 200),
        statuses,
      );
      const other = await book({...receipt, qty: 3});
      expect('another quantity under it is refused', other >= 400 && other < 500, other);
      const {body} = await world.api.as('ops').get(`/v1/inventory/${sku}`).expect(200);
      const [place] = (body as {warehouses: {on_hand: number}[]}).warehouses;
      expect('it counts once', place?.on_hand === 2, body);
      const order = await floor.buy({lines: [{sku, qty: 2}]});
      await floor.deliver(order.order_id, floor.partFrom(order, 'EAST'));
      await floor.ends(order.order_id, 'delivered');
      const third = orderOf({lines: [{sku, qty: 1}]});
      const key = freshKey();
      const ask = async () => (await world.api.as('checkout').post('/v1/orders', third, key)).status;
      expect('there is no third', (await ask()) === 409);
      expect('more of it can be booked', (await book({...receipt, reference: `more-${sku}`})) === 200);
      expect('what was refused under a key stays refused', (await ask()) === 409);
    },
  },
];
