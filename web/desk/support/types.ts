import type {dossier, moment, timeline} from '../../../api/contract/dossier.ts';
import type {searchResult} from '../../../api/contract/search.ts';
import type {z} from '../../../api/contract/z.ts';
import type {Tone} from '../../ui/status.tsx';

export type Dossier = z.output<typeof dossier>;
export type Found = z.output<typeof searchResult>;
export type Past = z.output<typeof moment>;
export type History = z.output<typeof timeline>;

const TONES: Readonly<Record<string, Tone>> = {
  pending: 'still',
  payment_processing: 'wait',
  paid: 'moving',
  awaiting_fulfillment: 'moving',
  partially_fulfilled: 'moving',
  fulfilled: 'moving',
  delivered: 'good',
  cancelled: 'ended',
  refunded: 'ended',
  BACKORDERED: 'wait',
  SHORT_PICKED: 'wait',
  EXCEPTION: 'bad',
  RETURN_TO_SENDER: 'bad',
  DELIVERED: 'good',
  CANCELLED: 'ended',
};

export const toneOf = (code: string): Tone => TONES[code] ?? 'moving';
