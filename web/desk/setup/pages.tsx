import type {SetUpWord} from '../../words/set-up/index.ts';
import {BINS, RECEIPTS, WAREHOUSES} from './pages-places.tsx';
import {BOXES, PRODUCTS} from './pages-goods.tsx';
import {PEOPLE} from './pages-people.tsx';
import {PROMO_CODES, SHIPPING_RATES, TAX_RATES} from './pages-prices.tsx';
import {CARRIER_CODES, OFFERS, SUPPLIERS} from './pages-partners.tsx';
import type {SetUpPage} from './page.ts';

interface Group {
  group: SetUpWord;
  pages: readonly SetUpPage[];
}

/** Every page of the room, in the order somebody sets up a shop in. */
export const PAGES: readonly Group[] = [
  {group: 'group_people', pages: [PEOPLE]},
  {group: 'group_goods', pages: [PRODUCTS, BOXES]},
  {group: 'group_places', pages: [WAREHOUSES, BINS, RECEIPTS]},
  {group: 'group_prices', pages: [SHIPPING_RATES, TAX_RATES, PROMO_CODES]},
  {group: 'group_partners', pages: [SUPPLIERS, OFFERS, CARRIER_CODES]},
];
