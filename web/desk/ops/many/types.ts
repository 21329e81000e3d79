import type {bulkBody, bulkOrder, bulkView} from '../../../../api/contract/bulk.ts';
import type {z} from '../../../../api/contract/z.ts';
import type {Tone} from '../../../ui/status.tsx';

export type Act = z.output<typeof bulkView>;
export type ActOrder = z.output<typeof bulkOrder>;
export type Wanted = z.input<typeof bulkBody>;
export type Kind = Act['kind'];

export const KINDS: readonly Kind[] = ['hold', 'release', 'cancel', 'reallocate'];

export const TONES: Readonly<Record<Act['state'], Tone>> = {
  previewing: 'moving',
  ready: 'wait',
  running: 'moving',
  done: 'good',
  stopped: 'bad',
  dropped: 'ended',
};

export const isOver = ({state}: Act): boolean => state === 'done' || state === 'stopped' || state === 'dropped';
