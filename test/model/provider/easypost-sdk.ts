/** Stands in for @easypost/api: the calls the adapter makes, answered by the post office of the running schedule. */
import type {PostOffice} from './post-office.ts';

let office: PostOffice | null = null;

export function useOffice(next: PostOffice): void {
  office = next;
}

async function send<T>(name: string, effect: (at: PostOffice) => T): Promise<T> {
  const at = office;
  if (!at) throw new Error('there is no post office');
  return at.faults.boundary(`EasyPost ${name}`, () => effect(at), true);
}

export default class EasyPost {
  Shipment = {
    create: ({reference}: {reference: string}) => send('Shipment.create', (at) => at.create(reference)),
    retrieve: (id: string) =>
      send('Shipment.retrieve', (at) => {
        at.reached('a shipment is looked up');
        return at.show(id);
      }),
    buy: (id: string, rate: string) => send('Shipment.buy', (at) => at.buy(id, rate)),
    refund: (id: string) => send('Shipment.refund', (at) => at.show(id)),
  };

  Address = {
    /** every address of the model is a good one */
    create: (address: object) =>
      send('Address.create', () => ({...address, verifications: {delivery: {success: true, errors: []}}})),
  };

  Tracker = {
    retrieve: (id: string) => send('Tracker.retrieve', (at) => at.showTracker(id)),
  };
}
