import type {OrderView, TaskView} from '../../simulation/api-types.ts';
import {violationsAtRest} from '../support/books.ts';
import {codesIn} from '../support/read-barcodes.ts';
import {until} from '../support/until.ts';
import {describeInChromium} from './browser.ts';
import {floorSuite, step} from './floor-suite.ts';
import {GOODS} from './shop-floor.ts';
import {enter, PATIENCE, SIZES, type Visit, visit} from './visit.ts';

const [WHEY, MUG, LAMP] = GOODS;

const suite = floorSuite();

describeInChromium(SIZES)('the packing station, $size', (given) => {
  let at: Visit;
  let order: OrderView;
  let task: TaskView;
  let second: string;
  const prisma = () => suite.shop.world.api.store.prisma;
  const parcelId = () => task.parcels[0]?.parcel_id ?? '';
  const {person} = given;

  beforeAll(async () => {
    const badge = await suite.shop.hire(person, 'Ann', ['picker', 'packer']);
    second = await suite.shop.hire(`2${person}`, 'Bo', ['packer'], '1234');
    const lines = [
      {sku: WHEY.sku, qty: 3},
      {sku: MUG.sku, qty: 1},
    ];
    const bought = await suite.shop.buy(lines);
    const {east} = bought;
    order = bought.order;
    await suite.shop.floor.pick(east);
    task = await suite.shop.floor.openTask(east, 'pack');
    at = await visit(suite.browser, given);
    await enter(at, suite.shop, badge, '/floor/pack');
  }, PATIENCE);

  step('show where each unit goes, one after the other, and refuse what does not go in', async () => {
    await at.sees(order.number);
    await at.look('20-packing');
    await at.scan(task.sub_order_id);
    await at.sees(/Item 1 of /);
    await at.look('21-first-item');
    await at.scan(LAMP.barcode);
    await at.sees('This does not go into this parcel. Put it aside.');
    const early = (await at.page.getByRole('heading', {name: MUG.name}).count()) > 0 ? WHEY : MUG;
    await at.scan(early.barcode);
    await at.sees(/Not yet: first /);
    await at.look('22-not-yet');
    const numbers = () => at.page.locator('.placed svg text').count();
    while ((await at.page.getByRole('button', {name: 'It is in: next'}).count()) > 0) {
      expect(await numbers()).toBeGreaterThan(0);
      await at.press('It is in: next');
    }
    await at.look('23-last-item');
    await at.press('All in: weigh it');
    await at.sees('Weight in grams');
    await at.look('24-weigh');
  });

  step('let a wrong weight go no further, unless a second person looks', async () => {
    await at.scan('NO-SUCH-BOX');
    await at.scan('9999 g');
    await at.sees('There is no box NO-SUCH-BOX.');
    await at.scan('9999 g');
    await at.sees('It weighs 9999 g and should weigh about');
    await at.look('25-wrong-weight');
    await at.press('It is right: somebody else looks');
    await at.look('26-why');
    await at.press('A sample or leaflet is inside');
    await at.sees('The other person scans their badge');
    await at.scan(`2${person}-0000000000000000`);
    await at.sees('That did not let you in.');
    await at.press('Use number and PIN');
    await at.type(person);
    await at.type('4711');
    await at.sees('It must be somebody else than who packed.');
    await at.look('27-second-badge');
    await at.press('Use number and PIN');
    await at.type(`2${person}`);
    await at.type('1234');
    await at.sees('Stick the label on this parcel');
    await at.look('28-label');
    const approval = await prisma().weight_approvals.findFirstOrThrow({where: {parcel_id: parcelId()}});
    expect(approval).toMatchObject({
      ...{weight_g: 9_999, reason: 'a sample or leaflet is inside'},
      ...{refused_actor: `staff:${person}`, actor: `staff:2${person}`, role: 'packer'},
    });
    // whoever looked is not signed in by it
    const live = await prisma().sessions.findMany({where: {ended_at: null}});
    expect(live.map(({staff_id}) => staff_id)).toContain(person);
    expect(second).toContain(`2${person}-`);
  });

  step('print the label, ask why it is printed again, and count it', async () => {
    const row = () => prisma().parcels.findUniqueOrThrow({where: {id: parcelId()}});
    await at.press('Print the label');
    await until('the label to be printed', async () => (await row()).printed_at !== null);
    await at.press(/Print it again/);
    await at.look('29-why-again');
    await at.press('The label is damaged');
    await until('the label to be printed again', async () => (await row()).reprints === 1);
    const prints = await prisma().label_prints.findMany({where: {parcel_id: parcelId()}, orderBy: {id: 'asc'}});
    expect(prints.map(({format, reason, actor}) => [format, reason, actor])).toEqual([
      ['pdf', null, `staff:${person}`],
      ['pdf', 'the label is damaged', `staff:${person}`],
    ]);
    const png = await at.page.evaluate(async (path) => {
      const answer = await fetch(path);
      return Array.from(new Uint8Array(await answer.arrayBuffer()));
    }, `/v1/parcels/${parcelId()}/label/png?reason=torn`);
    expect(await codesIn(Buffer.from(png))).toEqual([['Code128', (await row()).tracking_number]]);
    await at.press('Next task');
    await at.press('Print a label again');
    await at.look('30-printed-here');
    await at.page.getByRole('button', {name: order.number}).click();
    await at.sees('Stick the label on this parcel');
    await at.press(/Print it again/);
    await at.press('Cancel');
  });

  step('break nowhere, hide no button, and leave nobody out', async () => {
    expect(at.broken).toEqual([]);
    expect(at.serious).toEqual([]);
    expect(at.below).toEqual([]);
    expect(await violationsAtRest(suite.shop.world)).toEqual([]);
  });
});
