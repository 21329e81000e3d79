import {sayIn} from '../../web/words/catalogue.ts';
import {deskWords} from '../../web/words/desk/index.ts';
import {describeInChromium} from './browser.ts';
import {deskSuite, openEdge, step} from './desk-suite.ts';
import {breaksNothing, type DeskVisit, SIDES, type Side} from './desk-visit.ts';
import {PATIENCE} from './visit.ts';

const PASSWORD = 'four words make one';
const suite = deskSuite(openEdge);

describeInChromium(SIDES)('the door of the office, $side', (given: Side) => {
  const say = sayIn(deskWords, given.language);
  const login = `sam-${given.side}`;
  let at: DeskVisit;
  const type = async (password: string) => {
    await at.page.getByLabel(say('login')).fill(login);
    await at.page.getByLabel(say('password'), {exact: false}).first().fill(password);
    await at.page.keyboard.press('Enter');
  };
  const end = () => suite.shop.api.store.prisma.sessions.updateMany({data: {ended_at: new Date()}});

  beforeAll(async () => {
    const admin = suite.shop.api.as('admin');
    await admin.put(`/v1/staff/${login}`, {name: 'Sam مريم Example', roles: ['support']}).expect(200);
    await admin.post(`/v1/staff/${login}/credentials`, {password: PASSWORD}).expect(200);
    at = await suite.visit(given);
  }, PATIENCE);

  step('asks who it is, and says what was wrong', async () => {
    await at.go('/desk/kit');
    await at.sees(say('sign_in_about'));
    await at.look('door');
    await type('not it, sorry');
    await at.sees(say('refused'));
    await at.look('door-refused');
  });

  step('lets in by keyboard alone, to the page that was asked for', async () => {
    await type(PASSWORD);
    await at.page.getByRole('heading', {level: 1, name: 'Components'}).waitFor();
    expect(new URL(at.page.url()).pathname).toBe('/desk/kit');
  });

  step('keeps the way pages are read', async () => {
    await at.page.locator('.desk-bar summary').click();
    await at.look('account');
    const put = at.page.waitForResponse((answer) => answer.url().endsWith('/v1/desk/look'));
    await at.page.locator('.desk-bar select').last().selectOption('system');
    await put;
    await at.page.reload();
    await at.page.getByRole('heading', {level: 1, name: 'Components'}).waitFor();
    expect(await at.page.locator('html').getAttribute('data-theme')).toBe(null);
    const kept = await suite.shop.api.store.prisma.staff.findUniqueOrThrow({where: {id: login}});
    expect([kept.language, kept.theme]).toEqual([given.language, 'system']);
  });

  step('asks again when the session has ended, and goes on where one was', async () => {
    await end();
    await at.go('/desk/kit?tab=late');
    await at.sees(say('sign_in_about'));
    await type(PASSWORD);
    await at.page.getByRole('heading', {level: 1, name: 'Components'}).waitFor();
    expect(at.page.url()).toContain('/desk/kit?tab=late');
  });

  step('tells until when a login is locked', async () => {
    await end();
    await at.go('/desk');
    for (let i = 0; i < 6; i += 1) {
      const answer = at.page.waitForResponse((heard) => heard.url().endsWith('/v1/desk/sign-in'));
      await type(`wrong ${i}`);
      await answer;
    }
    await at.page
      .getByRole('alert')
      .filter({hasText: /\d:\d\d/})
      .waitFor();
    await at.look('door-locked');
  });

  step('breaks nowhere, and hides nothing from those who see or hear less', () => {
    breaksNothing(at);
    return Promise.resolve();
  });
});
