import type {Browser} from 'playwright-core';
import {startTestApi, type TestApi} from '../support/api.ts';
import {openFloor} from '../support/floor.ts';
import {openShop} from '../support/shop.ts';
import {startWorld, type WorldOptions} from '../support/world.ts';
import {hasChromium, launch} from './browser.ts';
import {type DeskVisit, deskVisit, enterDesk, type Side} from './desk-visit.ts';
import {PATIENCE} from './visit.ts';

export {step} from './visit.ts';

/** What pages are looked at on: the edge alone, or the whole service behind it. */
interface Opened {
  api: TestApi;
  close: () => Promise<void>;
}

interface Suite<S extends Opened> {
  shop: S;
  browser: Browser;
  url: string;
  /** a window in which nobody is signed in */
  visit: (side: Side) => Promise<DeskVisit>;
  /** a window of somebody with these roles; see `enterDesk` */
  enter: (side: Side, login: string, roles: readonly string[], place?: {warehouse?: string}) => Promise<DeskVisit>;
}

/** One shop and one browser for all walks of a file, there once its tests run. */
export function deskSuite<S extends Opened>(open: () => Promise<S>): Suite<S> {
  const suite = {} as Suite<S>;
  suite.visit = (side) => deskVisit(suite.browser, suite.url, side);
  suite.enter = async (side, login, roles, place) => {
    const at = await suite.visit(side);
    await enterDesk(at, suite.shop.api, login, roles, place);
    return at;
  };
  beforeAll(async () => {
    if (!hasChromium) return;
    suite.shop = await open();
    suite.url = `http://127.0.0.1:${suite.shop.api.port}`;
    suite.browser = await launch();
  }, 2 * PATIENCE);
  afterAll(async () => {
    await suite.browser?.close();
    await suite.shop?.close();
  }, PATIENCE);
  return suite;
}

/** The edge alone, for pages behind which nothing happens. */
export async function openEdge() {
  const api = await startTestApi();
  return {api, close: () => api.close()};
}

/** The whole service with its warehouses, and the people around it. */
export async function openOffice(options: WorldOptions = {}) {
  const world = await startWorld(options);
  const {api} = world;
  await openShop(api);
  return {world, api, floor: openFloor(world), close: () => world.close()};
}
