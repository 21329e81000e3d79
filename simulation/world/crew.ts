import type {Client} from '../client.ts';
import type {WorldClock} from '../clock.ts';
import type {Random} from '../random.ts';
import type {Tally} from '../tally.ts';
import type {BankControl} from './bank.ts';
import type {CarrierControl} from './carrier.ts';
import type {Floor} from './floor.ts';
import type {PriceBook} from './value.ts';

/** What everybody in the world has at hand. */
export interface Crew {
  client: Client;
  clock: WorldClock;
  tally: Tally;
  floor: Floor;
  carrier: CarrierControl;
  /** only where payers act for themselves */
  bank?: BankControl;
  prices: PriceBook;
  random: Random;
  /** begins every key and operation id of this run */
  tag: string;
  /** how long a parcel must be silent before it is declared lost, virtual milliseconds; by default the policy's */
  lostAfter?: number;
  /** virtual time at which the run began */
  began: number;
}
