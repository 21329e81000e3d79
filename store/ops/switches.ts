import {AUTOMATIONS, type Automation, policyWithout} from '../../domain/policy/automations.ts';
import type {StoreContext} from '../context.ts';
import type {switches} from '../generated/client.ts';
import {logDecision} from '../log-decision.ts';
import {keepPolicy, type PolicyVersion} from '../policies.ts';
import {transact} from '../transact.ts';

/** Of the whole service; sites and carriers have theirs in their own rows. */
export type ServiceSwitch = 'intake' | 'messages' | 'policy';

/** Where a switch is about one thing only. */
export const ALL = 'all';

/** What of each kind can be switched off. */
export const SUBJECTS: Readonly<Record<ServiceSwitch, readonly string[]>> = {
  intake: [ALL],
  messages: [ALL],
  policy: AUTOMATIONS,
};

export interface SwitchTo {
  kind: ServiceSwitch;
  subject: string;
  active: boolean;
  reason: string;
  /** when it goes on again by itself */
  until: Date | null;
  actor: string;
}

/** Switches something of the whole service off or on; the decision log keeps who, why and what was before. */
export function flipSwitch(context: StoreContext, input: SwitchTo): Promise<switches> {
  const {kind, subject, active, reason, actor} = input;
  return transact(context, async (tx) => {
    const [before] = await tx.$queryRaw<switches[]>`
      SELECT * FROM switches WHERE kind = ${kind} AND subject = ${subject} FOR UPDATE`;
    const until = active ? null : input.until;
    const data = {active, reason, until, actor, changed_at: context.now()};
    const row = await tx.switches.upsert({
      where: {kind_subject: {kind, subject}},
      create: {kind, subject, ...data},
      update: data,
    });
    const inputs = {kind, subject, active, reason, until, actor};
    await logDecision(context, tx, {kind: 'switch', inputs, output: {was: before?.active ?? true}});
    return row;
  });
}

/** The switch where it is off now; a time that is over counts as on, whether or not the relay was there to say so. */
export async function switchedOff(
  {prisma, now}: Pick<StoreContext, 'prisma' | 'now'>,
  kind: ServiceSwitch,
  subject: string = ALL,
): Promise<switches | null> {
  const row = await prisma.switches.findUnique({where: {kind_subject: {kind, subject}}});
  return row && isOff(row, now()) ? row : null;
}

export const isOff = ({active, until}: Pick<switches, 'active' | 'until'>, now: Date): boolean =>
  !active && (until === null || until > now);

/** Switches whose time is over go on again; returns how many there were. */
export async function endSwitches(context: StoreContext): Promise<number> {
  const due = await context.prisma.switches.findMany({where: {active: false, until: {lte: context.now()}}});
  for (const {kind, subject} of due) {
    const on = {active: true, reason: 'its time off is over', until: null, actor: 'waybill'};
    await flipSwitch(context, {kind: kind as ServiceSwitch, subject, ...on});
  }
  return due.length;
}

/** What new orders are placed under: the policy given, without the automations that are switched off. */
export async function policyInForce(context: StoreContext, given: PolicyVersion): Promise<PolicyVersion> {
  const rows = await context.prisma.switches.findMany({where: {kind: 'policy', active: false}});
  const off = rows.filter((row) => isOff(row, context.now())).map(({subject}) => subject as Automation);
  return off.length === 0 ? given : keepPolicy(context, policyWithout(given.policy, off));
}
