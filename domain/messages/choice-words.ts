import type {Channel, MessageKind} from './templates.ts';

/** The page on which customers choose what they are told. */
export interface ChoiceWords {
  title: string;
  next: string;
  kinds: Readonly<Record<MessageKind, string>>;
  channels: Readonly<Record<Channel, string>>;
  /** beside what cannot be switched off */
  always: string;
  no_phone: string;
  save: string;
  saved: string;
  /** one kind, before it is switched off by a link */
  stop: (kind: string) => string;
  stop_go: string;
  unknown: {title: string; next: string};
}
