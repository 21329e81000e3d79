import {arrivedOnTime} from '../domain/shipping/choose-carrier.ts';
import type {StoreContext, Tx} from './context.ts';
import type {parcels} from './generated/client.ts';

/** Takes down how a carrier did with a parcel that has ended; nothing where it named no time. A repeat changes nothing. */
export async function recordCarrierArrival(
  tx: Tx,
  parcel: parcels,
  end: 'delivered' | 'lost',
  at: Date,
): Promise<void> {
  const {id: parcel_id, carrier, service, named_days} = parcel;
  if (carrier === null || service === null || parcel.handed_over_at === null) return;
  const told = await tx.parcel_events.findMany({where: {parcel_id, status: 'delivered', applied: true}});
  // the carrier's own moment, not that of its webhook
  const arrived = Math.min(at.getTime(), ...told.map((event) => event.at.getTime()));
  const in_time = arrivedOnTime(parcel.handed_over_at.getTime(), named_days, arrived);
  if (in_time === null) return;
  const row = {parcel_id, carrier, service, on_time: in_time && end === 'delivered', arrived_at: new Date(arrived)};
  await tx.carrier_arrivals.createMany({data: [row], skipDuplicates: true});
}

/** What arrived longer ago says little of today; milliseconds. */
const REMEMBERED = 180 * 86_400_000;

/** Counts the arrivals of the last half year anew: the sums that the choice of a carrier reads. Nothing is left to do. */
export async function countCarrierRecords(context: StoreContext): Promise<0> {
  const now = context.now();
  const since = new Date(now.getTime() - REMEMBERED);
  await context.prisma.$executeRaw`
    INSERT INTO carrier_records (carrier, service, arrived, on_time, counted_at)
    SELECT carrier, service, count(*), count(*) FILTER (WHERE on_time), ${now} FROM carrier_arrivals
    WHERE arrived_at > ${since} GROUP BY carrier, service
    ON CONFLICT (carrier, service) DO UPDATE SET arrived = EXCLUDED.arrived, on_time = EXCLUDED.on_time,
      counted_at = EXCLUDED.counted_at`;
  return 0;
}
