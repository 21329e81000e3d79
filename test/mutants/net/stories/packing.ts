import {judgeParcels} from '../../../../domain/packing/judge.ts';
import type {PackItem, Placement} from '../../../../domain/packing/types.ts';
import {offer} from '../../../support/shop.ts';
import {buyNew, expect, type Story} from '../story.ts';

interface Planned {
  inner_mm: number[];
  placements: Omit<Placement, 'line_id'>[];
}

/** What goes into which box and where, and what it weighs then. */
export const PACKING: readonly Story[] = [
  {
    name: 'glass, bottles, acid and many bricks',
    play: async (net) => {
      const {world, floor} = net;
      const wishes = [
        {qty: 6, weight_g: 400, length_mm: 190, width_mm: 140, height_mm: 100, fragile: true},
        {qty: 3, weight_g: 700, length_mm: 60, width_mm: 60, height_mm: 280, upright: true},
        {qty: 1, weight_g: 200, length_mm: 50, width_mm: 50, height_mm: 50, hazmat: '8'},
        {qty: 8, weight_g: 90, length_mm: 100, width_mm: 80, height_mm: 60},
      ];
      const items: PackItem[] = [];
      for (const {qty, ...more} of wishes) {
        const sku = await offer(world.api, {price: 500, at: {EAST: qty}, more});
        items.push({...more, qty, sku, line_id: sku});
      }
      const order = await floor.buy({lines: items.map(({sku, qty}) => ({sku, qty}))});
      const east = floor.partFrom(order, 'EAST');
      await floor.pick(east);
      const parcels = (await floor.openTask(east, 'pack')).parcels as unknown as Planned[];
      const faults = judgeParcels(
        items,
        parcels.map(({inner_mm, placements}) => ({
          box: {inner_mm, weight_g: 0, max_weight_g: 30_000},
          placements: placements.map((place) => ({...place, line_id: place.sku})),
        })),
      );
      expect('every unit lies as its product asks for', faults.length === 0, faults);
      await floor.pack(order.order_id, east);
      await floor.carry(order.order_id, east);
      await floor.ends(order.order_id, 'delivered');
    },
  },
  {
    name: 'a wrong weight that a second person lets pass',
    play: async (net) => {
      const {world, floor} = net;
      const order = await buyNew(net, 2, {at: {EAST: 2}});
      const east = floor.partFrom(order, 'EAST');
      await floor.pick(east);
      const task = await floor.openTask(east, 'pack');
      const [parcel] = task.parcels;
      const weigh = (more: number) => {
        const weight_g = (parcel?.expected_g ?? 0) + more;
        const box = parcel?.suggested_box ? {box: parcel.suggested_box} : {};
        return floor.scan({task_id: task.task_id, kind: 'pack', code: task.task_id, weight_g, ...box}, 'packer');
      };
      const approve = async (role: 'packer' | 'warehouse_lead', more: number) => {
        const path = `/v1/parcels/${parcel?.parcel_id}/weight-approvals`;
        const weight_g = (parcel?.expected_g ?? 0) + more;
        return (await world.api.as(role).post(path, {weight_g, reason: 'a free sample is inside'})).status;
      };
      const wrong = await weigh(300);
      expect('a wrong weight is stopped', wrong.code === 'wrong_weight', wrong);
      const own = await approve('packer', 300);
      expect('nobody lets pass what they were refused', own === 409, own);
      const other = await approve('warehouse_lead', 301);
      expect('only what was refused is let pass', other === 409, other);
      const lead = await approve('warehouse_lead', 300);
      expect('somebody else lets it pass', lead === 200, lead);
      const heavier = await weigh(400);
      expect('another weight is stopped all the same', heavier.code === 'wrong_weight', heavier);
      const packed = await weigh(300);
      expect('the approved weight is accepted', packed.accepted, packed);
      await floor.carry(order.order_id, east);
      await floor.ends(order.order_id, 'delivered');
    },
  },
];
