import {
  CHANNELS,
  type Channel,
  channelsOf,
  kindOf,
  MESSAGE_KINDS,
  MESSAGE_TEMPLATES,
  type MessageKind,
} from './templates.ts';

/** One thing and one way to be told it. */
export interface Choice {
  channel: Channel;
  kind: MessageKind;
  wanted: boolean;
}

export interface Preference extends Choice {
  /** the customer has to know it: it cannot be switched off */
  mandatory: boolean;
}

const MANDATORY: readonly MessageKind[] = ['order', 'payment', 'returns'];

/** What an order comes to, its money and its returns are told by mail in any case. */
export const isMandatory = (channel: Channel, kind: MessageKind): boolean =>
  channel === 'email' && MANDATORY.includes(kind);

/** True where there is any message of that kind on that channel. */
export function isSent(channel: Channel, kind: MessageKind): boolean {
  return MESSAGE_TEMPLATES.some((name) => kindOf(name) === kind && channelsOf(name).includes(channel));
}

/** Is the customer told? Whoever chose nothing is; the last choice counts. */
export function wants(choices: readonly Choice[], channel: Channel, kind: MessageKind): boolean {
  const chosen = choices.findLast((choice) => choice.channel === channel && choice.kind === kind);
  return isMandatory(channel, kind) || (chosen?.wanted ?? true);
}

/** Everything there is to choose, as it stands after these choices, oldest first. */
export function preferencesOf(choices: readonly Choice[]): Preference[] {
  return MESSAGE_KINDS.flatMap((kind) =>
    CHANNELS.filter((channel) => isSent(channel, kind)).map((channel) => ({
      kind,
      channel,
      wanted: wants(choices, channel, kind),
      mandatory: isMandatory(channel, kind),
    })),
  );
}

export type ChoiceFault = 'mandatory' | 'never_sent';

/** Why a choice cannot be made; null for one that can. */
export function choiceFault({channel, kind, wanted}: Choice): ChoiceFault | null {
  if (!isSent(channel, kind)) return 'never_sent';
  return isMandatory(channel, kind) && !wanted ? 'mandatory' : null;
}
