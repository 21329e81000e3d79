import type {OrderView, TaskView} from '../api-types.ts';
import type {FloorPerson} from './doors.ts';
import {buy, partFrom} from './shop.ts';
import {until, type Walk} from './walk.ts';
import type {Window} from './window.ts';

const PLACE = 'WH-NY-1';

interface Scene {
  walk: Walk;
  window: Window;
  order: OrderView;
}

/** One person with a handheld picks an order, and packs it. */
export async function floor(walk: Walk): Promise<void> {
  const {step, crew, doors} = walk;
  const window = await walk.open('phone');
  const scene = {walk, window} as Scene;
  await step('floor: an order for New York is to be picked', async () => {
    const lines = [
      {sku: 'BOTTLE-STEEL', qty: 1},
      {sku: 'MUG-BLUE', qty: 2},
    ];
    scene.order = await buy(crew, {name: 'Noor Haddad', lines});
  });
  await step('floor: signs in by number and PIN on a shared device', () => comeIn(window, personAt(doors.floor)));
  await pick(scene);
  await pack(scene);
  await window.close();
}

function personAt(people: readonly FloorPerson[]): FloorPerson {
  const person = people.find(({warehouse, path}) => warehouse === PLACE && !path.startsWith('/floor/waves'));
  if (!person) throw new Error(`the start page names nobody who picks at ${PLACE}`);
  return person;
}

async function comeIn(window: Window, {path, staff_id, pin}: FloorPerson): Promise<void> {
  await window.go(path);
  await window.sees('Scan your badge');
  await window.look('floor-badge');
  await window.press('Use number and PIN');
  for (const digits of [staff_id, pin]) {
    for (const digit of digits) await window.page.getByRole('button', {name: digit, exact: true}).click();
    if (digits === pin) await window.look('floor-pin');
    await window.page.getByRole('button', {name: 'OK', exact: true}).click();
  }
  await window.sees('Start the next pick');
  await window.look('floor-tasks');
}

const taskOf = ({walk: {crew}, order}: Scene, kind: TaskView['kind']): Promise<TaskView> =>
  until(`the ${kind} task of ${order.number}`, () => crew.floor.task(PLACE, partFrom(order, PLACE).sub_order_id, kind));

async function pick(scene: Scene): Promise<void> {
  const {window, order} = scene;
  await scene.walk.step('floor: is led from shelf to shelf, and told at once what is wrong', async () => {
    const {stops} = await taskOf(scene, 'pick');
    await window.page.getByRole('button', {name: order.number}).click();
    await window.sees('Scan the bin');
    await window.look('floor-stop');
    await window.scan('99-X-9');
    await window.sees(/Wrong bin/);
    await window.look('floor-wrong-bin');
    for (const [i, {bin, barcode, qty}] of stops.entries()) {
      await window.scan(bin);
      await window.sees('Scan the item');
      if (i === 0) await window.look('floor-bin');
      for (let n = 0; n < qty; n += 1) await window.scan(barcode);
      if (i < stops.length - 1) await window.sees('Scan the bin');
    }
    await window.sees('All picked');
    await window.look('floor-picked');
    await window.press('Next task');
  });
}

async function pack(scene: Scene): Promise<void> {
  const {window, order, walk} = scene;
  let task: TaskView;
  await walk.step('floor: is shown where each piece goes in the box', async () => {
    task = await taskOf(scene, 'pack');
    await window.go('/floor/pack');
    await window.sees(order.number);
    await window.look('floor-packing');
    await window.scan(task.sub_order_id);
    await window.sees(/Item 1 of /);
    await window.look('floor-first-item');
    const next = window.page.getByRole('button', {name: 'It is in: next'});
    while ((await next.count()) > 0) await next.click();
    await window.press('All in: weigh it');
    await window.sees('Weight in grams');
    await window.look('floor-weigh');
  });
  await walk.step('floor: weighs the parcel and has its label', async () => {
    const [parcel] = task.parcels;
    await window.scan(`${parcel?.expected_g} g`);
    await window.sees('Stick the label on this parcel');
    await window.look('floor-label');
    const stage = async () => partFrom(await walk.crew.client.order(order.order_id), PLACE).stage === 'PACKED';
    await until('the shipment to be packed', stage);
  });
}
