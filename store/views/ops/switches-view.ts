import {isSwitchedOff} from '../../carrier-health.ts';
import type {StoreContext} from '../../context.ts';
import {isOff, type ServiceSwitch, SUBJECTS} from '../../ops/switches.ts';
import {time} from '../shapes.ts';

export interface SwitchView {
  kind: 'intake' | 'messages' | 'policy' | 'site' | 'carrier';
  subject: string;
  /** how people call it */
  name: string;
  active: boolean;
  /** of the last time it was switched */
  reason: string | null;
  until: string | null;
  actor: string | null;
  changed_at: string | null;
}

interface Flipped {
  kind: SwitchView['kind'];
  subject: string;
  actor: string;
  at: Date;
}

/** Every switch there is, in one shape: those of the service, then sites, then carriers. */
export async function readSwitches(context: StoreContext): Promise<SwitchView[]> {
  const {prisma} = context;
  const [rows, sites, carriers, flips] = await Promise.all([
    prisma.switches.findMany(),
    prisma.warehouses.findMany({orderBy: {id: 'asc'}}),
    prisma.carrier_health.findMany({orderBy: {carrier: 'asc'}}),
    lastFlips(context),
  ]);
  const now = context.now();
  const flipOf = (kind: SwitchView['kind'], subject: string) =>
    flips.find((flip) => flip.kind === kind && flip.subject === subject);
  const ofService = (Object.keys(SUBJECTS) as ServiceSwitch[]).flatMap((kind) =>
    SUBJECTS[kind].map((subject): SwitchView => {
      const row = rows.find((r) => r.kind === kind && r.subject === subject);
      const off = row !== undefined && isOff(row, now);
      const told = {reason: row?.reason ?? null, actor: row?.actor ?? null, changed_at: time(row?.changed_at ?? null)};
      return {kind, subject, name: subject, active: !off, until: off ? time(row.until) : null, ...told};
    }),
  );
  const ofPlace = (
    kind: 'site' | 'carrier',
    {subject, name = subject, off, ...row}: {subject: string; name?: string; off: boolean} & Columns,
  ): SwitchView => {
    const flip = flipOf(kind, subject);
    const told = {reason: row.switch_reason, actor: flip?.actor ?? null, changed_at: time(flip?.at ?? null)};
    return {kind, subject, name, active: !off, until: off ? time(row.switch_until) : null, ...told};
  };
  return [
    ...ofService,
    ...sites.map((row) => ofPlace('site', {...row, subject: row.id, off: !row.active})),
    ...carriers.map((row) => ofPlace('carrier', {...row, subject: row.carrier, off: isSwitchedOff(row, now)})),
  ];
}

interface Columns {
  switch_reason: string | null;
  switch_until: Date | null;
}

/** Who switched each site and carrier last. */
function lastFlips({prisma}: StoreContext): Promise<Flipped[]> {
  return prisma.$queryRaw<Flipped[]>`
    SELECT DISTINCT ON (1, 2) CASE WHEN inputs ? 'warehouse' THEN 'site' ELSE 'carrier' END AS kind,
      coalesce(inputs->>'warehouse', inputs->>'carrier') AS subject, inputs->>'actor' AS actor, at
    FROM decisions WHERE kind = 'switch' AND (inputs ? 'warehouse' OR inputs ? 'carrier') ORDER BY 1, 2, at DESC`;
}

export interface FlipView {
  at: string;
  kind: string;
  subject: string;
  active: boolean;
  reason: string;
  until: string | null;
  actor: string;
}

interface FlipRow extends Omit<FlipView, 'at'> {
  at: Date;
}

/** What was switched, newest first: the audit of all switches. */
export async function readFlips({prisma}: StoreContext, limit: number): Promise<FlipView[]> {
  const rows = await prisma.$queryRaw<FlipRow[]>`
    SELECT at, CASE WHEN inputs ? 'warehouse' THEN 'site' WHEN inputs ? 'carrier' THEN 'carrier'
        ELSE inputs->>'kind' END AS kind,
      coalesce(inputs->>'warehouse', inputs->>'carrier', inputs->>'subject') AS subject,
      (inputs->>'active')::boolean AS active, inputs->>'reason' AS reason, inputs->>'until' AS until,
      inputs->>'actor' AS actor
    FROM decisions WHERE kind = 'switch' ORDER BY at DESC, id DESC LIMIT ${limit}`;
  return rows.map((row) => ({...row, at: row.at.toISOString()}));
}
