import {customersAreTold, mailsAreSentOnce, mailsComeInSequence, mailsTellTheTruth} from '../messages.ts';
import {everythingIsPassedOn} from '../outbox.ts';
import {customersAreTexted, textsAreSentOnce, textsComeInSequence, textsTellTheTruth} from '../texts.ts';
import type {Invariant} from '../types.ts';
import {always, both, quiet} from './rule.ts';

/** Of what customers and others are told. */
export const TOLD: readonly Invariant[] = [
  always(
    'N1',
    'A message is sent at most once',
    'messages, mail sink, text ledger',
    both(mailsAreSentOnce, textsAreSentOnce),
    {better: ['mail', 'sms']},
  ),
  quiet(
    'N2',
    'A mandatory message is sent, and so is every text, unless a true reason is kept',
    'events, messages, message_choices, mail sink, text ledger',
    both(customersAreTold, customersAreTexted),
    {better: ['mail', 'sms']},
  ),
  always(
    'N3',
    'No message about a state the order never had, and no text about one that is over',
    'messages, events, order_audit, mail sink, text ledger',
    both(mailsTellTheTruth, textsTellTheTruth),
    {better: ['mail', 'sms']},
  ),
  always(
    'E3',
    'First deliveries of an order are in sequence (to mails and to texts, the only consumers yet)',
    'mail sink, text ledger, messages, events',
    both(mailsComeInSequence, textsComeInSequence),
    {needs: ['mail'], better: ['sms']},
  ),
  quiet(
    'E2',
    'Every event reached its consumers (mail, workflows), and every webhook was worked off',
    'events, workflow_signals, webhook_inbox',
    everythingIsPassedOn,
  ),
];
