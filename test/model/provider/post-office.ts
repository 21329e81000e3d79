import type {Faults} from '../engine/faults.ts';
import type {Scheduler} from '../engine/scheduler.ts';

const DAY = 86_400_000;

interface Postage {
  rate: Rate;
  tracking_code: string;
  tracker_id: string;
  bought_at: number;
}

interface Rate {
  id: string;
  carrier: string;
  service: string;
  rate: string;
  currency: string;
  delivery_days: number;
}

export interface ShipmentRecord {
  id: string;
  reference: string;
  rates: Rate[];
  postage: Postage | null;
}

export interface TrackerRecord {
  id: string;
  tracking_code: string;
  reference: string;
  details: {status: string; datetime: string}[];
}

export class CarrierRefusal extends Error {
  readonly statusCode: number;
  readonly code: string;
  constructor(statusCode: number, code: string) {
    super(code);
    this.statusCode = statusCode;
    this.code = code;
  }
}

/** A carrier platform with EasyPost's rules: a shipment takes postage once, and nothing has an idempotency key. */
export class PostOffice {
  readonly shipments = new Map<string, ShipmentRecord>();
  readonly trackers = new Map<string, TrackerRecord>();
  /** so many purchases to come end with "timed out", some of them bought all the same */
  vague = 0;
  version = 0;
  onNews: (tracker: TrackerRecord) => void = () => undefined;
  readonly faults: Faults;
  readonly reached: (what: string) => void;
  private readonly scheduler: Scheduler;

  constructor(scheduler: Scheduler, faults: Faults, reached: (what: string) => void) {
    this.scheduler = scheduler;
    this.faults = faults;
    this.reached = reached;
  }

  create(reference: string): object {
    const id = `shp_${this.shipments.size + 1}`;
    const rate = (n: number, carrier: string, price: string, delivery_days: number): Rate => ({
      id: `rate_${id}_${n}`,
      carrier,
      service: 'Ground',
      rate: price,
      currency: 'USD',
      delivery_days,
    });
    const rates = [rate(1, 'Slow', '4.10', 5), rate(2, 'Quick', '9.90', 1)];
    this.shipments.set(id, {id, reference, rates, postage: null});
    this.version += 1;
    return this.show(id);
  }

  find(id: string): ShipmentRecord {
    const shipment = this.shipments.get(id);
    if (!shipment) throw new CarrierRefusal(404, 'NOT_FOUND');
    return shipment;
  }

  show(id: string): object {
    const {rates, postage, reference} = this.find(id);
    const base = {id, reference, rates, refund_status: null};
    if (!postage) return {...base, postage_label: null};
    const {tracking_code, tracker_id, rate} = postage;
    return {
      ...base,
      postage_label: {label_url: `https://labels.invalid/${id}`},
      selected_rate: rate,
      tracking_code,
      tracker: {id: tracker_id, est_delivery_date: null},
    };
  }

  buy(id: string, rateId: string): object {
    const shipment = this.find(id);
    if (shipment.postage) {
      this.reached('postage that exists is adopted');
      throw new CarrierRefusal(422, 'SHIPMENT.POSTAGE.EXISTS');
    }
    const rate = shipment.rates.find((r) => r.id === rateId);
    if (!rate) throw new CarrierRefusal(404, 'NOT_FOUND');
    const vague = this.vague > 0;
    if (vague) this.vague -= 1;
    if (vague && this.scheduler.random.chance(0.5)) throw new CarrierRefusal(422, 'SHIPMENT.POSTAGE.TIMED_OUT');
    const n = this.trackers.size + 1;
    const tracker: TrackerRecord = {
      id: `trk_${n}`,
      tracking_code: `TRACK${n}`,
      reference: shipment.reference,
      details: [],
    };
    this.trackers.set(tracker.id, tracker);
    shipment.postage = {
      rate,
      tracking_code: tracker.tracking_code,
      tracker_id: tracker.id,
      bought_at: this.scheduler.now,
    };
    this.version += 1;
    this.says(tracker, 'pre_transit');
    if (vague) throw new CarrierRefusal(422, 'SHIPMENT.POSTAGE.TIMED_OUT');
    return this.show(id);
  }

  /** The parcel was scanned somewhere: its tracker changes, and its webhook is on its way. */
  says(tracker: TrackerRecord, status: string): void {
    tracker.details.push({status, datetime: new Date(this.scheduler.now).toISOString()});
    this.onNews(tracker);
  }

  showTracker(id: string): object {
    const tracker = this.trackers.get(id);
    if (!tracker) throw new CarrierRefusal(404, 'NOT_FOUND');
    return trackerBody(tracker);
  }
}

/** The tracker as it stands, as the SDK and the webhooks show it. */
export function trackerBody({id, tracking_code, details}: TrackerRecord) {
  const last = details.at(-1);
  return {
    id,
    tracking_code,
    status: last?.status ?? 'unknown',
    updated_at: last?.datetime,
    est_delivery_date: last ? new Date(Date.parse(last.datetime) + 3 * DAY).toISOString() : null,
    tracking_details: details.map((detail) => ({...detail})),
  };
}
