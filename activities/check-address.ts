import {samePlace} from '../domain/address/compare.ts';
import {ProviderError} from '../domain/provider-error.ts';
import type {AddressCheck} from '../store/address-checks.ts';
import type {Store} from '../store/index.ts';
import type {Carrier, PostalAddress} from './ports.ts';

/** A platform that does not answer so often is not waited for: the address goes as it was typed. */
const ASKED_AT_MOST = 2;

type Desk = Pick<Store, 'beginAddressCheck' | 'settleAddressCheck'>;

/**
 * Where a parcel goes, once the carriers' platform was asked whether it can be delivered there: each address of an order is
 * judged once. Throws `address_unverifiable` for one that no carrier knows and no person has accepted.
 */
export async function deliverable(
  {store, carrier}: {store: Desk; carrier: Carrier},
  check: AddressCheck,
  to: PostalAddress,
): Promise<PostalAddress> {
  const {order_id, address_hash} = check;
  const judge = (verdict: 'verified' | 'unverifiable' | 'unchecked', codes: string[] = []) =>
    store.settleAddressCheck({order_id, address_hash, verdict, codes});
  if (check.verdict === 'unverifiable') throw unverifiable(order_id);
  if (check.verdict !== null) return to;
  if (check.asked >= ASKED_AT_MOST) {
    await judge('unchecked');
    return to;
  }
  await store.beginAddressCheck({order_id, address_hash});
  const {deliverable: known, codes, address} = await carrier.verifyAddress(to);
  if (!known) {
    if ((await judge('unverifiable', codes)) === 'unverifiable') throw unverifiable(order_id);
    return to;
  }
  if (samePlace(to, address)) {
    await judge('verified');
    return to;
  }
  const {line1, line2, city, region, postal_code, country} = address;
  const place = {line1, line2, city, region, postal_code, country};
  await store.settleAddressCheck({order_id, address_hash, verdict: 'corrected', codes, place});
  return {...to, ...place};
}

const unverifiable = (orderId: string) =>
  new ProviderError('address_unverifiable', `no carrier knows the address of ${orderId}`, {
    retryable: false,
    unknown: false,
  });
