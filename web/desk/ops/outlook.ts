import type {CutOffs} from './types.ts';

type Site = CutOffs['sites'][number];

/** Tasks that a shipment still needs before its carrier can take it. */
const TASKS_LEFT: Readonly<Record<string, number>> = {ALLOCATED: 2, PICKING: 2, SHORT_PICKED: 2, PICKED: 1, PACKED: 0};

export type Outlook =
  | {kind: 'nothing' | 'ready' | 'nobody'}
  /** seconds the work takes at the pace of the last hour */
  | {kind: 'fine' | 'short'; seconds: number};

/** Will the next cut-off be made at the pace of the last hour? `now` in milliseconds. */
export function outlookOf({cut_offs: [next], done_last_hour}: Site, now: number): Outlook {
  if (!next || next.open === 0) return {kind: 'nothing'};
  const tasks = Object.entries(next.by_stage).reduce((sum, [stage, n]) => sum + n * (TASKS_LEFT[stage] ?? 0), 0);
  if (tasks === 0) return {kind: 'ready'};
  if (done_last_hour === 0) return {kind: 'nobody'};
  const seconds = (tasks / done_last_hour) * 3_600;
  return {kind: seconds * 1_000 <= Date.parse(next.at) - now ? 'fine' : 'short', seconds};
}

/** Of all sites the next cut-off that something still has to make; undefined when nothing has to. */
export function nextOf(
  sites: readonly Site[],
): (Site['cut_offs'][number] & Pick<Site, 'warehouse' | 'name'>) | undefined {
  const ahead = sites.flatMap(({warehouse, name, cut_offs}) =>
    cut_offs.filter(({open}) => open > 0).map((one) => ({warehouse, name, ...one})),
  );
  return ahead.sort((a, b) => a.at.localeCompare(b.at))[0];
}
