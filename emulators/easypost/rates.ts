import {derivedId} from './ids.ts';
import {billingCurrency, SERVICES, type Service} from './services.ts';
import type {Parcel, Shipment} from './types.ts';
import {zoneBetween} from './zones.ts';

const DAY = 86_400_000;
/** Cubic inches that weigh a pound for the carriers (dimensional weight). */
const DIM_DIVISOR = 139;

/** One price of one service for one shipment. Amounts are minor units of `currency`. */
export interface Rate {
  id: string;
  carrier: string;
  service: string;
  amount: number;
  list_amount: number;
  retail_amount: number;
  currency: string;
  delivery_days: number;
  delivery_date: number;
  guaranteed: boolean;
  carbon_grams: number;
}

interface RateMessage {
  carrier: string;
  message: string;
}

/** Every service that takes the parcel, a message for each that does not; the same for the same shipment. */
export function rateShipment(shipment: Shipment): {rates: Rate[]; messages: RateMessage[]} {
  const zone = zoneBetween(shipment.from_address, shipment.to_address);
  const rates: Rate[] = [];
  const messages: RateMessage[] = [];
  for (const service of SERVICES) {
    const silent = shipment.rating.silent?.includes(service.carrier);
    const refusal = silent ? 'the carrier does not answer' : refusalOf(service, shipment.parcel, zone);
    if (refusal === null) rates.push(priceOf(service, shipment, zone));
    else messages.push({carrier: service.carrier, message: `${service.service}: ${refusal}`});
  }
  return {rates, messages};
}

function refusalOf(service: Service, parcel: Parcel, zone: number): string | null {
  if (zone > service.maxZone) return 'destination is outside the service area';
  if (billableOunces(parcel) > service.maxWeight) return 'parcel is too heavy';
  if (sizeOf(parcel) > service.maxSize) return 'parcel is too large';
  return null;
}

function priceOf(service: Service, shipment: Shipment, zone: number): Rate {
  const {round, at} = shipment.rating;
  const pounds = Math.max(1, Math.ceil(billableOunces(shipment.parcel) / 16));
  const abroad = zone > 8 ? (zone - 8) * 900 : 0;
  const cents = service.base + service.perZone * zone + service.perPound * pounds + abroad;
  const {currency, per100} = billingCurrency(shipment.from_address.country);
  const amount = Math.round((cents * per100) / 100);
  const days = service.days + (zone > 8 ? zone - 7 : 0);
  return {
    id: derivedId('rate', shipment.id, round, service.carrier, service.service),
    carrier: service.carrier,
    service: service.service,
    amount,
    list_amount: Math.round(amount * 1.12),
    retail_amount: Math.round(amount * 1.35),
    currency,
    delivery_days: days,
    delivery_date: deliveryDate(at, days),
    guaranteed: service.guaranteed,
    carbon_grams: service.carbonPerPoundZone * pounds * zone,
  };
}

/** The larger of weight and dimensional weight, in ounces. */
function billableOunces(parcel: Parcel): number {
  const {length, width, height} = parcel;
  if (length === null || width === null || height === null) return parcel.weight;
  return Math.max(parcel.weight, ((length * width * height) / DIM_DIVISOR) * 16);
}

function sizeOf(parcel: Parcel): number {
  const [long = 0, middle = 0, short = 0] = [parcel.length ?? 0, parcel.width ?? 0, parcel.height ?? 0].sort(
    (a, b) => b - a,
  );
  return long + 2 * (middle + short);
}

/** 20:00 UTC of the last day; a same-day parcel rated too late for that comes the next day. */
function deliveryDate(at: number, days: number): number {
  const evening = Math.floor(at / DAY) * DAY + days * DAY + 20 * 3_600_000;
  return evening > at ? evening : evening + DAY;
}
