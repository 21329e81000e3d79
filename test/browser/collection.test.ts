import {violationsAtRest} from '../support/books.ts';
import {until} from '../support/until.ts';
import {describeInChromium} from './browser.ts';
import {floorSuite, step} from './floor-suite.ts';
import {GOODS} from './shop-floor.ts';
import {enter, PATIENCE, SIZES, type Visit, visit} from './visit.ts';

const DOCK_KEY = 'wb_test_device_of_the_dock_01';

const suite = floorSuite({devices: {'dock-1': DOCK_KEY}});

describeInChromium(SIZES)('drivers and their forms by the page alone, $size', (size) => {
  let lead: Visit;
  let carrier = '';
  const fault = (spec: object) => suite.shop.floor.control(suite.shop.world.carrierUrl, 'faults', spec);
  const coming = async () => {
    const ledger = await fetch(`${suite.shop.world.carrierUrl}/_control/ledger`);
    const {pickups} = (await ledger.json()) as {pickups: {status: string}[]};
    return pickups.filter(({status}) => status === 'scheduled').length;
  };

  beforeAll(async () => {
    const {order, east} = await suite.shop.buy([{sku: GOODS[1].sku, qty: 1}]);
    await suite.shop.floor.pick(east);
    const [parcel] = await suite.shop.floor.pack(order.order_id, east);
    carrier = parcel?.carrier ?? '';
    lead = await visit(suite.browser, size);
    const badge = await suite.shop.hire(`8${size.person}`, 'Lea', ['picker', 'warehouse_lead']);
    await enter(lead, suite.shop, badge, '/floor/collection', DOCK_KEY);
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
    expect(await violationsAtRest(suite.shop.world)).toEqual([]);
  });
});
