/** What a customer should know before paying, in a plain sentence. */
export interface Warning {
  code: 'split' | 'backorder' | 'late' | 'cut_off_missed' | 'site_closed';
  detail: string;
}

export interface WarnedShipment {
  /** warehouse or supplier */
  source: string;
  /** epoch milliseconds */
  eta_to: number;
  pickup_day: string;
  later: 'cut_off_missed' | 'site_closed' | null;
  /** the end of what the delivery promise means for this shipment; null = no promise */
  promised_until: number | null;
}

export interface Offer {
  shipments: readonly WarnedShipment[];
  backordered: readonly {sku: string; qty: number}[];
  delivery_sla: string;
  /** the customer's own, epoch milliseconds */
  deadline: number | null;
}

/** Everything about an offer that is not as a customer would expect it. */
export function warningsOf(offer: Offer): Warning[] {
  const {shipments, backordered} = offer;
  const parts = shipments.length + (backordered.length > 0 ? 1 : 0);
  return [
    ...(parts > 1 ? [warn('split', `It comes in ${parts} shipments.`)] : []),
    ...backordered.map(({sku, qty}) =>
      warn('backorder', `${qty} of ${sku} ${qty === 1 ? 'is' : 'are'} not in stock and will be sent when more arrive.`),
    ),
    ...shipments.flatMap((shipment) => lateOf(shipment, offer)),
    ...shipments.flatMap(({later, pickup_day, source}) =>
      later === null ? [] : [warn(later, `${WHY[later]} at ${source}: it leaves on ${pickup_day}.`)],
    ),
  ];
}

const WHY = {cut_off_missed: "The day's last pick-up is over", site_closed: 'Nobody works on the day of ordering'};

function lateOf({eta_to, promised_until, source}: WarnedShipment, offer: Offer): Warning[] {
  const by = `What comes from ${source} may take until ${moment(eta_to)}`;
  if (offer.deadline !== null && eta_to > offer.deadline)
    return [warn('late', `${by}, later than the ${moment(offer.deadline)} asked for.`)];
  if (promised_until === null || eta_to <= promised_until) return [];
  return [warn('late', `${by}, later than ${offer.delivery_sla} says (${moment(promised_until)}).`)];
}

const moment = (at: number) => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
const warn = (code: Warning['code'], detail: string): Warning => ({code, detail});
