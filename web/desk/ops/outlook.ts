import type {CutOffs} from './types.ts';

type Site = CutOffs['sites'][number];

/** Tasks that a shipment still needs before its carrier can take it. */
const TASKS_LEFT: Readonly<Record<string, number>> = {ALLOCATED: 2, PICKING: 2, SHORT_PICKED: 2, PICKED: 1, PACKED: 0};

export type Outlook =
  | {kind: 'nothing' | 'ready' | 'nobody'}
  /** seconds the work takes at the pace of the last hour */
  | {kind: 'fine' | 'short'; seconds: number};

type CutOff = Site['cut_offs'][number];

/** The cut-off of a site that counts: the next one that something still has to make; where nothing has to, the next. */
export const dueOf = ({cut_offs}: Pick<Site, 'cut_offs'>): CutOff | undefined =>
  cut_offs.find(({open}) => open > 0) ?? cut_offs[0];

/** Will it be made at the pace of the last hour? `now` in milliseconds. */
export function outlookOf({cut_offs, done_last_hour}: Pick<Site, 'cut_offs' | 'done_last_hour'>, now: number): Outlook {
  const next = dueOf({cut_offs});
  if (!next || next.open === 0) return {kind: 'nothing'};
  const tasks = Object.entries(next.by_stage).reduce((sum, [stage, n]) => sum + n * (TASKS_LEFT[stage] ?? 0), 0);
  if (tasks === 0) return {kind: 'ready'};
  if (done_last_hour === 0) return {kind: 'nobody'};
  const seconds = (tasks / done_last_hour) * 3_600;
  return {kind: seconds * 1_000 <= Date.parse(next.at) - now ? 'fine' : 'short', seconds};
}

/** Of all sites the next cut-off that something still has to make; undefined when nothing has to. */
export function nextOf(sites: readonly Site[]): (CutOff & Pick<Site, 'warehouse' | 'name'>) | undefined {
  const ahead = sites.flatMap((site) => {
    const due = dueOf(site);
    return due && due.open > 0 ? [{warehouse: site.warehouse, name: site.name, ...due}] : [];
  });
  return ahead.sort((a, b) => a.at.localeCompare(b.at))[0];
}
