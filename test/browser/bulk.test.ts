import type {Activities} from '../../activities/index.ts';
import {sayIn} from '../../web/words/catalogue.ts';
import {manyWords} from '../../web/words/many/index.ts';
import type {OrderView} from '../../simulation/api-types.ts';
import {freshKey} from '../support/api.ts';
import {offer} from '../support/shop.ts';
import {until} from '../support/until.ts';
import {describeInChromium} from './browser.ts';
import {deskSuite, openOffice, step} from './desk-suite.ts';
import {breaksNothing, type DeskVisit, SIDES} from './desk-visit.ts';
import {PATIENCE} from './visit.ts';

/** Holds the service back before a turn, so that what is under way can be looked at. */
const gate: {opened: Promise<void>; open: () => void; small: boolean} = {
  opened: Promise.resolve(),
  open: () => undefined,
  small: false,
};
const closeGate = () => {
  gate.small = true;
  gate.opened = new Promise((resolve) => {
    gate.open = () => {
      gate.small = false;
      resolve();
    };
  });
};

let turns = 0;
function gated(real: Activities): Activities {
  return {
    ...real,
    actOnBulk: async (turn) => {
      turns += 1;
      if (turns > 1) await gate.opened;
      return real.actOnBulk({...turn, budget: gate.small ? 1 : turn.budget});
    },
  };
}

const suite = deskSuite(async () => {
  const office = await openOffice({activities: gated});
  office.api.deps.verdictWait = 60_000;
  const close = () => {
    gate.open();
    return office.close();
  };
  return {...office, close};
});

/** So many orders of a product of their own, which wait for their picker. */
async function buy(count: number): Promise<{sku: string; numbers: string[]; ids: string[]}> {
  const {api, floor} = suite.shop;
  const sku = await offer(api, {price: 4_999, at: {EAST: count}});
  const orders = await Promise.all(Array.from({length: count}, () => planned(sku)));
  for (const order of orders) await floor.openTask(floor.partFrom(order, 'EAST'), 'pick');
  return {sku, numbers: orders.map(({number}) => number), ids: orders.map(({order_id}) => order_id)};
}

/** An order that has its part at EAST, however long that takes. */
async function planned(sku: string): Promise<OrderView> {
  const {floor} = suite.shop;
  const {order_id} = (await floor.place({lines: [{sku, qty: 1}]})).body as {order_id: string};
  return until(`order ${order_id} to have its part`, async () => {
    const order = await floor.order(order_id);
    return order.sub_orders.length > 0 && order;
  });
}

/** The service has heard that the newest act is to stop. */
const stopIsHeard = () =>
  until('the stop to be heard', async () => {
    const newest = await suite.shop.api.store.prisma.bulk_jobs.findFirst({orderBy: {created_at: 'desc'}});
    return newest?.stopped_by;
  });

const hold = (id: string) =>
  suite.shop.api
    .as('support')
    .post(`/v1/orders/${id}/changes`, {kind: 'hold', reason: 'asked to'}, freshKey())
    .expect(200);
const heldOnes = (ids: string[]) =>
  suite.shop.api.store.prisma.orders.count({where: {id: {in: ids}, held_since: {not: null}}});
describeInChromium(SIDES)('many orders at once, $side', (given) => {
  const say = sayIn(manyWords, given.language);
  let at: DeskVisit;
  let bought: Awaited<ReturnType<typeof buy>>;
  const title = (words: string) => at.page.getByRole('heading', {name: words}).first().waitFor();
  const field = (label: string) => at.page.getByLabel(label).first();
  const inDialog = (words: string) => at.page.getByRole('dialog').getByRole('button', {name: words}).click();

  beforeAll(async () => {
    bought = await buy(9);
    await hold(bought.ids[0] ?? '');
    at = await suite.enter(given, `many-${given.side}`, ['ops']);
  }, PATIENCE);
  afterAll(() => at?.page.context().close());

  step('are chosen by what is true of them, and nothing is sent before all is said', async () => {
    await at.go('/desk/ops/many');
    await title(say('title'));
    await at.look('1-choose', {whole: true});
    await field(say('sku')).fill('NO-SUCH-THING');
    await field(say('reason')).fill('The lorry for New York broke down');
    await at.press(say('look'));
    await at.page.getByRole('alert').first().waitFor();
    await at.look('2-none-found', {whole: true});
    await field(say('sku')).fill(bought.sku);
    await at.press(say('look'));
    await title(say('name_hold', {n: 9}));
  });

  step('show what would come of it before it is done', async () => {
    await title(say('would'));
    await at.sees(say('does_hold', {n: 8}));
    await at.sees(say('code_already_on_hold'));
    await at.look('3-shown', {whole: true});
    expect(await heldOnes(bought.ids)).toBe(1);
  });

  step('are held back while the bar moves, and can be stopped', async () => {
    turns = 0;
    closeGate();
    await at.press(say('confirm_hold', {n: 8}));
    await at.page.getByRole('dialog').waitFor();
    await at.look('4-confirm');
    await inDialog(say('confirm_hold', {n: 8}));
    await at.page.getByRole('button', {name: say('stop')}).waitFor();
    await at.sees(say('count_waiting'));
    await at.look('5-under-way', {whole: true});
    await at.press(say('stop'));
    await stopIsHeard();
    gate.open();
    await title(say('state_stopped'));
    await at.look('6-stopped', {whole: true});
    const held = await heldOnes(bought.ids);
    expect(held).toBeGreaterThan(1);
    expect(held).toBeLessThan(9);
  });

  step('are released again, exactly those', async () => {
    await at.press(say('undo'));
    await at.page.getByRole('dialog').getByLabel(say('reason')).fill('It runs again');
    await at.look('7-undo');
    await at.page.getByRole('dialog').getByRole('button').last().click();
    await title(say('state_done'));
    await at.look('8-undone', {whole: true});
    expect(await heldOnes(bought.ids)).toBe(1);
  });

  step('are named by their numbers, and cancelled only when their count is typed', async () => {
    await at.go('/desk/ops/many');
    await at.page.getByRole('radio', {name: say('kind_cancel')}).check();
    await at.page.getByRole('tab', {name: say('by_list')}).click();
    await field(say('list')).fill('ORD-NOWHERE');
    await field(say('reason')).fill('Recalled by the maker');
    await at.press(say('look'));
    await at.sees(/ORD-NOWHERE/);
    await field(say('list')).fill(bought.numbers.slice(1, 4).join('\n'));
    await at.press(say('look'));
    await at.sees(say('does_cancel', {n: 3}));
    await at.look('9-cancel', {whole: true});
    await hold(bought.ids[1] ?? '');
    await at.press(say('confirm_cancel', {n: 3}));
    const sure = at.page.getByRole('dialog').getByRole('button', {name: say('confirm_cancel', {n: 3})});
    expect(await sure.getAttribute('aria-disabled')).toBe('true');
    await at.page.getByRole('dialog').getByRole('textbox').fill('3');
    await at.look('10-typed');
    await sure.click();
    await title(say('state_done'));
    await at.sees(say('code_order_changed'));
    await at.sees(bought.numbers[1] ?? '');
    await at.look('11-done', {whole: true});
  });

  step('that changed are looked at again', async () => {
    await at.press(say('again'));
    await title(say('name_cancel', {n: 1}));
    await title(say('would'));
    await at.press(say('drop'));
    await at.sees(say('state_dropped'));
    await at.go('/desk/ops/many');
    await at.sees(say('state_dropped'));
    await at.look('12-latest', {whole: true});
  });

  step('leave pages in which nothing is broken', async () => {
    breaksNothing(at);
  });
});
