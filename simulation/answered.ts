import type {Acknowledged, Marked} from './invariants/index.ts';
import type {System} from './system.ts';
import type {World} from './world/plan.ts';

/** What the service has acknowledged to this world, as the audit takes it. */
export interface Answered extends Acknowledged {
  scans: {operation_id: string; accepted: boolean}[];
  orders: {key: string; order_id: string}[];
}

export const noneAnswered = (): Answered => ({scans: [], orders: []});

const MARKED_ORDERS = 5;

/**
 * Personal values of a few shoppers of the world, with the folders in which they must not turn up either. A value that
 * the shop's own data has too, such as a street, proves nothing and is left out.
 */
export function markedOf({plans, layout}: World, {dataDir}: System): Marked {
  const known = JSON.stringify(layout).toLowerCase();
  const step = Math.max(1, Math.floor(plans.length / MARKED_ORDERS));
  const bodies = plans.filter((_, i) => i % step === 0).slice(0, MARKED_ORDERS);
  const values = bodies.flatMap(({body: {customer, ship_to}, change}) => [
    customer.email,
    customer.phone ?? '',
    customer.name,
    ship_to.name,
    ship_to.line1,
    change?.ship_to?.line1 ?? '',
  ]);
  const telling = values.filter(
    (value) => value.length >= 8 && /\W/.test(value) && !known.includes(value.toLowerCase()),
  );
  return {values: [...new Set(telling)], folders: [`${dataDir}/logs`, `${dataDir}/temporal`]};
}
