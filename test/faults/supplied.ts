import {offer, type Wish} from '../support/shop.ts';
import {openSupplier} from '../support/suppliers.ts';
import type {World} from '../support/world.ts';
import type {Shape} from './catalogue.ts';

const PRICE = 1_001;
/** Longer than the day that may pass while a fault lasts. */
const PATIENT = 10 * 86_400;

/** What no warehouse has: from one supplier, beside what a warehouse has, or from the next supplier when one refuses. */
export async function suppliedWish(world: World, shape: Shape): Promise<Wish> {
  const at = shape === 'split' ? {EAST: 1} : {};
  const sku = await offer(world.api, {price: PRICE, at});
  const good = {acknowledge_seconds: PATIENT, offers: {[sku]: {cost: 900, days: 5}}};
  await openSupplier(world, good);
  if (shape === 'backorder') {
    const offers = {[sku]: {cost: 500, days: 5}};
    await openSupplier(world, {character: 'refusing', acknowledge_seconds: PATIENT, offers});
  }
  return {lines: [{sku, qty: shape === 'split' ? 3 : 2}]};
}

/** Parcels of suppliers are carried by their own books, not by the carrier of ours. */
export const isSuppliers = (trackingNumber: string | null): boolean => trackingNumber?.startsWith('SUP-') ?? false;
