/** The carrier's books as `GET /_control/ledger` tells them; only what the checks read. */
export interface CarrierLedger {
  shipments: CarrierShipment[];
  labels: CarrierLabel[];
  scan_forms?: {id: string; tracking_codes: string[]}[];
  pickups?: CarrierPickup[];
  trackers?: {tracking_code: string; status: string}[];
}

export interface CarrierShipment {
  id: string;
  /** our parcel id */
  reference: string | null;
  refund_status: 'submitted' | 'refunded' | 'rejected' | null;
  from_country?: string;
  to_country?: string;
  /** amounts as EasyPost writes them */
  customs_items?: {value: string}[] | null;
  insured?: string | null;
}

export interface CarrierPickup {
  id: string;
  /** our pickup's id and the number of its booking */
  reference: string | null;
  /** unknown: only a price was asked for */
  status: string;
  /** null while nobody comes */
  carrier: string | null;
  /** minor units */
  cost: number | null;
}

export interface CarrierLabel {
  shipment_id: string;
  tracking_code: string;
  /** minor units */
  cost: number;
  currency: string;
  bought_at: string;
  voided_at: string | null;
}

export async function readLedger<Ledger>(name: string, url: string): Promise<Ledger> {
  const response = await fetch(new URL(url), {signal: AbortSignal.timeout(60_000)});
  if (!response.ok) throw new Error(`the ${name} emulator at ${url} answered ${response.status} to the audit`);
  return (await response.json()) as Ledger;
}
