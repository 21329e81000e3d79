const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** How far a part may have come while something of it can still be changed: picked, labelled, handed over. */
export type PointOfNoReturn = 'pick' | 'label' | 'handover';

/** What may be changed of a placed order until when. Durations are milliseconds. */
export interface ChangesPolicy {
  until: {
    /** quantities and cancellations; beyond `pick` what is picked is put back */
    quantity: PointOfNoReturn;
    address: PointOfNoReturn;
  };
  /** an order is held back so long unless said otherwise; then ops are asked */
  hold_for: number;
  /** the carrier is asked so often whether it has decided about the money for an unused label */
  void_check: number;
  /** after a refusal it is asked again so much later, and so many times before a person is asked */
  void_retry: number;
  void_asks: number;
}

export const CHANGES: ChangesPolicy = {
  until: {quantity: 'pick', address: 'handover'},
  hold_for: 7 * DAY,
  void_check: 2 * HOUR,
  void_retry: 12 * HOUR,
  void_asks: 3,
};
