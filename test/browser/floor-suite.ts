import type {Browser} from 'playwright-core';
import {hashKey} from '../../api/auth.ts';
import {registerApiKeys} from '../../store/register-api-keys.ts';
import {hasChromium, launch} from './browser.ts';
import {openShopFloor, type ShopFloor} from './shop-floor.ts';
import {PATIENCE} from './visit.ts';

export {step} from './visit.ts';

interface Suite {
  shop: ShopFloor;
  browser: Browser;
}

/** One shop floor and one browser for all walks of a file, there once its tests run. */
export function floorSuite(more: {arguments?: readonly string[]; devices?: Record<string, string>} = {}): Suite {
  const suite = {} as Suite;
  beforeAll(async () => {
    if (!hasChromium) return;
    suite.shop = await openShopFloor();
    // a device knows one person at a time
    const keys = Object.entries(more.devices ?? {}).map(([client_id, key]) => {
      return {role: 'device' as const, client_id, key_hash: hashKey(key), warehouse_id: 'EAST'};
    });
    await registerApiKeys(suite.shop.world.api.store, keys);
    suite.browser = await launch(more.arguments);
  }, PATIENCE);
  afterAll(async () => {
    await suite.browser?.close();
    await suite.shop?.world.close();
  }, PATIENCE);
  return suite;
}
