import type {Tx} from '../store/context.ts';
import type {orders} from '../store/generated/client.ts';
import {locateInTown} from '../store/locate-address.ts';
import {readProfile} from '../store/personal-data.ts';
import type {trackAddress} from './contract/customer.ts';
import type {z} from './contract/z.ts';
import type {ApiDeps} from './deps.ts';
import {Problem} from './errors.ts';

type Given = z.output<typeof trackAddress.body>['ship_to'];

/** People do not know coordinates: another door of the same town has those of the first. */
export async function located({store}: ApiDeps, order: orders, {lat, lng, ...given}: Given) {
  if (lat !== undefined && lng !== undefined) return {...given, lat, lng};
  const place = await locateInTown(store, order.id, given);
  if (place) return {...given, ...place};
  const detail = 'only to another door of the same town: the shop can send it further away';
  throw new Problem('invalid_request', detail, {errors: [{pointer: '/ship_to/city', code: 'other_town', detail}]});
}

/** A forwarded link must not send goods elsewhere: it shows no e-mail address, so this is something else to know. */
export async function requireEmail({store}: ApiDeps, order: orders, given: string): Promise<void> {
  const profile = await readProfile(store, store.prisma as Tx, order.customer_id);
  const same = (text: string) => text.trim().toLowerCase();
  if (profile && same(profile.email) === same(given)) return;
  throw new Problem('not_confirmed', 'name the e-mail address that the order was placed with');
}
