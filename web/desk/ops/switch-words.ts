import {useWords} from '../../ui/look.tsx';
import {opsWords} from '../../words/ops/index.ts';
import type {Switch} from './types.ts';

type Named = Pick<Switch, 'kind' | 'subject'> & {name?: string};

/** Sites and carriers have names of their own; the rest is named by what it does. */
export function useSwitchName(): (of: Named) => string {
  const say = useWords(opsWords);
  return ({kind, subject, name}) => {
    if (kind === 'site' || kind === 'carrier') return name ?? subject;
    return say.maybe(`switch_${kind === 'policy' ? subject : kind}`) ?? subject;
  };
}

/** What it means that it is off. */
export function useOffWords(): (of: Named) => string {
  const say = useWords(opsWords);
  return ({kind, subject}) => say.maybe(`off_${kind === 'policy' ? subject : kind}`) ?? '';
}

/** Who did it, without what kind of caller it is. */
export const whoOf = (actor: string): string => actor.replace(/^staff:/, '');
