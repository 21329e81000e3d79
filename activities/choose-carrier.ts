import {ProviderError} from '../domain/provider-error.ts';
import {type ChoiceWish, rankRates} from '../domain/shipping/choose-carrier.ts';
import type {CarrierRules} from '../store/carrier-choice.ts';
import type {Store} from '../store/index.ts';
import type {CarrierRate, Shipment} from './ports.ts';

export type Desk = Pick<Store, 'carrierAdmission' | 'carrierRecords' | 'logCarrierChoice' | 'probeCarrier'>;

/** What the parcel is expected to keep. */
export type Promised = Pick<ChoiceWish, 'handed_over' | 'deliver_by'>;

/** For what nobody waits for by a day. */
export const NO_PROMISE: Promised = {handed_over: 0, deliver_by: null};

interface Chooser {
  /** a parcel's or a return's id */
  parcel: string;
  rules: CarrierRules;
  wish: Promised;
}

/**
 * The best rate of a carrier that is up, or that this parcel is to try out; why is kept before anything is bought. Throws
 * `no_rates` when nobody offers a service, `no_carrier` when nobody who does can be asked.
 */
export async function chooseAdmitted(desk: Desk, shipment: Shipment, chooser: Chooser): Promise<CarrierRate> {
  const {rates, shipment_ref: ref} = shipment;
  if (rates.length === 0) throw nobody('no_rates', `no carrier offers a service for ${ref}`);
  const {parcel, rules, wish} = chooser;
  const carriers = rates.map((rate) => rate.carrier);
  const [admission, records] = await Promise.all([desk.carrierAdmission({carriers}), desk.carrierRecords({carriers})]);
  const shut = new Set(Object.keys(admission).filter((carrier) => admission[carrier] === 'no'));
  for (;;) {
    const open = rates.filter(({carrier}) => !shut.has(carrier));
    const ranked = rankRates(open, {...wish, records, weights: rules.weights});
    const rate = ranked[0]?.rate;
    if (!rate) throw nobody('no_carrier', `every carrier with a service for ${ref} is down or switched off`);
    const {carrier} = rate;
    const probe = admission[carrier] === 'probe';
    if (!probe || (await desk.probeCarrier({carrier, parcel, terms: rules.terms}))) {
      const {order_id, policy_version, weights} = rules;
      const inputs = {parcel, shipment: ref, ...wish, weights, not_asked: [...shut]};
      const output = {chosen: rate.rate_ref, probe, ranked: ranked.map(told)};
      await desk.logCarrierChoice({parcel, order_id, policy_version, rate_ref: rate.rate_ref, inputs, output});
      return rate;
    }
    shut.add(carrier);
  }
}

function told({rate, ...judged}: ReturnType<typeof rankRates<CarrierRate>>[number]): Record<string, unknown> {
  const {rate_ref, carrier, service, currency, delivery_days, carbon_g} = rate;
  return {rate_ref, carrier, service, currency, delivery_days, carbon_g, ...judged};
}

const nobody = (code: 'no_rates' | 'no_carrier', message: string) =>
  new ProviderError(code, message, {retryable: true, unknown: false});

/** Nobody can be asked, which a person should know of; it is tried again all the while. */
export const isNobody = (error: unknown): error is ProviderError =>
  error instanceof ProviderError && (error.code === 'no_rates' || error.code === 'no_carrier');
