import {validateAddress} from '../domain/address/validate.ts';
import type {Sla} from '../domain/policy/policy.ts';
import {greatCircleKm} from '../domain/routing/distance.ts';
import {slaReachable} from '../domain/routing/sla.ts';
import type {ChangeBody, ChangeToAsk} from '../store/ask-change.ts';
import {locateAddress} from '../store/locate-address.ts';
import type {orders} from '../store/generated/client.ts';
import type {ShipTo} from '../store/personal-data.ts';
import {readCatalogueFacts} from '../store/views/intake-facts.ts';
import type {changeBody} from './contract/changes.ts';
import type {z} from './contract/z.ts';
import type {ApiDeps} from './deps.ts';
import {type Fault, Problem} from './errors.ts';
import {shipToOf} from './read-order.ts';
import {invalidRequest} from './validate.ts';

type Given = z.output<typeof changeBody>;

/** What a checkout may ask of its own orders: the rest is for people who answer for it. */
const FOR_THE_HOUSE: readonly string[] = ['hold', 'release'];

/** A change as it is asked for; throws the problem that says what is wrong with it. */
export async function readChange(
  deps: ApiDeps,
  order: orders,
  given: Given,
  role: string,
): Promise<Pick<ChangeToAsk, 'kind' | 'body' | 'ship_to' | 'reason'>> {
  const outside = role === 'checkout' || role === 'customer';
  if (outside && (FOR_THE_HOUSE.includes(given.kind) || given.unpick === true)) {
    throw new Problem('forbidden', 'only support may ask for that');
  }
  const {kind, reason, lines, add, until, unpick} = given;
  const body: ChangeBody = {
    ...(lines && {lines: merged(lines)}),
    ...(add && {add}),
    ...(until && {until: Date.parse(until)}),
    ...(unpick && {unpick}),
  };
  if (!given.ship_to) return {kind, reason, body};
  const ship_to = shipToOf({ship_to: await located(deps, order, given.ship_to)});
  const faults = await addressFaults(deps, order, ship_to);
  if (faults.length > 0) throw invalidRequest(faults);
  return {kind, reason, body, ship_to};
}

const UNKNOWN_PLACE = 'nothing was sent to this postal code yet: say where it is';

/** People do not know coordinates: an address without them is looked for among those that were sent to before. */
async function located({store}: ApiDeps, order: orders, {lat, lng, ...given}: NonNullable<Given['ship_to']>) {
  if (lat !== undefined && lng !== undefined) return {...given, lat, lng};
  const place = await locateAddress(store, order.id, given);
  if (place) return {...given, ...place};
  const fault = (field: string) => ({pointer: `/ship_to/${field}`, code: 'unknown_place', detail: UNKNOWN_PLACE});
  throw new Problem('invalid_request', UNKNOWN_PLACE, {errors: [fault('lat'), fault('lng')]});
}

/** The same line twice: the last word counts. */
function merged(lines: readonly {line_id: string; qty: number}[]) {
  return [...new Map(lines.map(({line_id, qty}) => [line_id, {line_id, qty}])).values()];
}

/** A new address is judged as at checkout: by its country's rules, and by whether the promise can be kept to it. */
async function addressFaults(deps: ApiDeps, order: orders, address: ShipTo): Promise<Fault[]> {
  const faults = validateAddress(address).map(({pointer, code, detail}) => ({
    pointer: `/ship_to${pointer}`,
    code,
    detail,
  }));
  if (faults.length > 0) return faults;
  const [{policy}, {places}] = await Promise.all([deps.policy(), readCatalogueFacts(deps.store, [])]);
  const sla = order.delivery_sla as Sla;
  const distances = places.map((place) => greatCircleKm(place, address));
  const {reach_km} = policy.routing;
  if (reach_km[sla] === null || slaReachable(sla, distances, reach_km)) return [];
  return [{pointer: '/ship_to', code: 'sla_unreachable', detail: `${sla} cannot be kept to this address`}];
}
