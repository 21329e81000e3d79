import type {Browser} from 'playwright-core';
import {hashKey} from '../../api/auth.ts';
import {registerApiKeys} from '../../store/register-api-keys.ts';
import {violationsAtRest} from '../support/books.ts';
import {until} from '../support/until.ts';
import {describeInChromium, hasChromium, launch} from './browser.ts';
import {GOODS, openShopFloor, type ShopFloor} from './shop-floor.ts';
import {enter, PATIENCE, SIZES, type Visit, visit} from './visit.ts';

/** A device knows one person at a time. */
const DOCK_KEY = 'wb_test_device_of_the_dock_01';

let shop: ShopFloor;
let browser: Browser;
beforeAll(async () => {
  if (!hasChromium) return;
  shop = await openShopFloor();
  await registerApiKeys(shop.world.api.store, [
    {role: 'device', client_id: 'dock-1', key_hash: hashKey(DOCK_KEY), warehouse_id: 'EAST'},
  ]);
  browser = await launch();
}, PATIENCE);
afterAll(async () => {
  await browser?.close();
  await shop?.world.close();
}, PATIENCE);

const step = (name: string, work: () => Promise<void>) => it(name, work, PATIENCE);

describeInChromium(SIZES)('drivers and their forms by the page alone, $size', (size) => {
  let lead: Visit;
  let carrier = '';
  const fault = (spec: object) => shop.floor.control(shop.world.carrierUrl, 'faults', spec);
  const coming = async () => {
    const ledger = await fetch(`${shop.world.carrierUrl}/_control/ledger`);
    const {pickups} = (await ledger.json()) as {pickups: {status: string}[]};
    return pickups.filter(({status}) => status === 'scheduled').length;
  };

  beforeAll(async () => {
    const {order, east} = await shop.buy([{sku: GOODS[1].sku, qty: 1}]);
    await shop.floor.pick(east);
    const [parcel] = await shop.floor.pack(order.order_id, east);
    carrier = parcel?.carrier ?? '';
    lead = await visit(browser, size);
    const badge = await shop.hire(`8${size.person}`, 'Lea', ['picker', 'warehouse_lead']);
    await enter(lead, shop, badge, '/floor/collection', DOCK_KEY);
  }, PATIENCE);

  step('what the carrier does not do is told with what to do instead', async () => {
    await lead.sees(carrier);
    await lead.look('carriers-01-ready');
    await fault({operation: `pickup.rates.${carrier}`, mode: 'drop'});
    await lead.press('Ask for a driver');
    await lead.sees('The carrier does not do it.');
    await lead.sees('Bring the parcels to its counter.');
    await lead.look('carriers-02-refused');
  });

  step('a driver is asked to come, called off after a second tap, and asked again', async () => {
    await lead.press('Ask for a driver');
    await lead.sees(/comes · /);
    expect(await coming()).toBe(1);
    await lead.look('carriers-03-booked');
    await lead.press('Call off');
    await lead.sees('Call the driver off?');
    await lead.look('carriers-04-sure');
    await lead.press('Call off');
    await until('the driver to be called off', async () => (await coming()) === 0);
    await lead.press('Ask for a driver');
    await lead.sees(/comes · /);
  });

  step('the form is made, and names what is not to be handed over', async () => {
    await lead.press(/Make the form/);
    await lead.sees(/made · /);
    await lead.look('carriers-05-form');
    await lead.press('Call off');
    await lead.press('Call off');
    await until('the driver to be called off', async () => (await coming()) === 0);
  });

  step('nothing was broken, hidden or out of reach', () => {
    expect({broken: lead.broken, serious: lead.serious, below: lead.below}).toEqual({
      broken: [],
      serious: [],
      below: [],
    });
    return Promise.resolve();
  });

  step('and the books agree', async () => {
    expect(await violationsAtRest(shop.world)).toEqual([]);
  });
});
