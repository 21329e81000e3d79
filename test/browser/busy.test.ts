import {describeInChromium} from './browser.ts';
import {deskSuite, openEdge, step} from './desk-suite.ts';
import {breaksNothing, type DeskVisit, SIDES} from './desk-visit.ts';

const suite = deskSuite(openEdge);

const BOX = {
  ...{inner_mm: [200, 150, 100], outer_mm: [210, 160, 110], weight_g: 90, max_weight_g: 5_000},
  cost: {amount: 40, currency: 'USD'},
};
const BUSY = {
  status: 503,
  contentType: 'application/problem+json',
  body: JSON.stringify({title: 'The service cannot answer right now', status: 503, code: 'unavailable', errors: []}),
};

describeInChromium([SIDES[0]])('a busy service, $side', (given) => {
  const boxes = () => suite.shop.api.store.prisma.boxes;
  /** The next so many calls of the list or of the box are answered as of a busy service, which may have done them all the same. */
  const beBusy = async ({
    at,
    times,
    headers = {},
  }: {
    at: DeskVisit;
    times: number;
    headers?: Record<string, string>;
  }) => {
    let left = times;
    await at.page.route('**/v1/boxes**', async (sent) => {
      if (left === 0) return sent.continue();
      left -= 1;
      if (sent.request().method() !== 'GET') await sent.fetch();
      return sent.fulfill({...BUSY, headers});
    });
  };
  const LATER = {'Retry-After': '1'};

  step('is asked again by the page, without a word to its reader', async () => {
    await suite.shop.api.as('admin').put('/v1/boxes/SMALL', BOX).expect(200);
    const at = await suite.enter(given, 'ann', ['admin']);
    await beBusy({at, times: 3, headers: LATER});
    await at.go('/desk/setup/boxes');
    await at.page.getByRole('link', {name: 'SMALL'}).waitFor();
    expect(at.busy.count()).toBe(3);
    breaksNothing(at);
  });

  step('is told once more what to do, and does it once', async () => {
    const at = await suite.enter(given, 'ben', ['admin']);
    await at.go('/desk/setup/boxes?edit=SMALL');
    await at.page.getByRole('dialog').waitFor();
    await beBusy({at, times: 1, headers: LATER});
    await at.page
      .getByLabel(/^Weight/)
      .first()
      .fill('95');
    await at.press('Save');
    await at.page.getByRole('dialog').waitFor({state: 'hidden'});
    expect(await boxes().findUnique({where: {id: 'SMALL'}})).toMatchObject({weight_g: 95});
    expect(at.busy.count()).toBe(1);
    breaksNothing(at);
  });

  step('that does not say when to come again is an error, and so is one of which the reader is told', async () => {
    const silent = await suite.enter(given, 'cem', ['admin']);
    await beBusy({at: silent, times: 100});
    await silent.go('/desk/setup/boxes');
    await silent.sees('The service cannot answer right now');
    expect([silent.busy.count(), silent.busy.unexplained().length > 0]).toEqual([0, true]);
    expect(() => breaksNothing(silent)).toThrow('not when to come again');
    const never = await suite.enter(given, 'dee', ['admin']);
    await beBusy({at: never, times: 100, headers: LATER});
    await never.go('/desk/setup/boxes');
    await never.sees('The service cannot answer right now');
    expect(never.busy.unexplained()).toEqual([]);
    expect(() => breaksNothing(never)).toThrow('the reader is told');
  });
});
