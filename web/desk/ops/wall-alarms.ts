import {LIVE, useRead} from '../../ui/data.ts';
import {useLook, useWords} from '../../ui/look.tsx';
import type {Tone} from '../../ui/status.tsx';
import {opsWords} from '../../words/ops/index.ts';
import {stateOf} from './carrier-state.ts';
import {useSwitchName} from './switch-words.ts';
import type {Carriers, Switches} from './types.ts';

interface Alarm {
  text: string;
  tone: Tone;
}

/** Looks that failed before a screen says that it shows the past. */
const STALE = 5 * LIVE;
/** More would be too small to read. */
const AT_MOST = 3;

/** What whoever passes by must know, the worst first; `at`: when something was heard last, milliseconds of here. */
export function useAlarms(at: number): Alarm[] {
  const say = useWords(opsWords);
  const {locale} = useLook();
  const nameOf = useSwitchName();
  const carriers = useRead<Carriers>('/v1/ops/carriers', {every: LIVE}).data?.carriers ?? [];
  const switches = useRead<Switches>('/v1/ops/switches', {every: LIVE}).data?.switches ?? [];
  const alarms: Alarm[] = [];
  if (Date.now() - at > STALE) {
    const clock = new Intl.DateTimeFormat(locale, {hour: '2-digit', minute: '2-digit', second: '2-digit'});
    alarms.push({text: say('wall_stale', {time: clock.format(new Date(at))}), tone: 'bad'});
  }
  for (const one of switches.filter(({active}) => !active)) {
    alarms.push({text: say('wall_off', {name: nameOf(one)}), tone: 'ended'});
  }
  for (const carrier of carriers) {
    const state = stateOf(carrier);
    if (state === 'open') alarms.push({text: say('wall_down', {carrier: carrier.carrier}), tone: 'bad'});
    if (state === 'half_open') alarms.push({text: say('wall_probing', {carrier: carrier.carrier}), tone: 'wait'});
  }
  return alarms.length === 0 ? [{text: say('wall_well'), tone: 'good'}] : alarms.slice(0, AT_MOST);
}
