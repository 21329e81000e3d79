import {type Change, type Judged, keyParts, type LineFault} from './judge.ts';

/** What would come of a file, short enough to be looked at. */
export interface ImportReport {
  counts: Record<Judged['verdict'], number>;
  /** columns that nobody knows: they are not read */
  unread: readonly string[];
  /** the first of them; all are in the file of refused lines */
  faults: readonly LineFault[];
  /** the first new and changed lines */
  changes: readonly {line: number; name: string; verdict: 'new' | 'changed'; changes: readonly Change[]}[];
}

const SHOWN = 200;

export function importReport(lines: readonly Judged[], unread: readonly string[]): ImportReport {
  const counts = {new: 0, changed: 0, same: 0, refused: 0};
  for (const {verdict} of lines) counts[verdict] += 1;
  const of = (wanted: 'new' | 'changed') =>
    lines
      .filter(({verdict}) => verdict === wanted)
      .slice(0, SHOWN)
      .map(({line, key, changes}) => ({line, name: keyParts(key).join(' · '), verdict: wanted, changes}));
  return {
    counts,
    unread,
    faults: lines.flatMap(({faults}) => faults).slice(0, SHOWN),
    // what is written over is looked at first
    changes: [...of('changed'), ...of('new')].slice(0, SHOWN),
  };
}
