import type {Outcome} from './world/order-story.ts';
import type {Played} from './world/play.ts';
import type {Ending, World} from './world/plan.ts';

export interface Violation {
  id: string;
  subject: string;
  sentence: string;
}

/** The refusals that each planned refusal may take; one that took too long (202) only shows as a cancelled order. */
const CODES: Partial<Record<Ending, readonly string[]>> = {
  declined: ['payment_declined', 'order_cancelled'],
  out_of_stock: ['out_of_stock', 'order_cancelled'],
  invalid: ['invalid_request'],
};

/** Taken without a verdict (202), the race may also be seen lost only once the order is cancelled. */
const CONTESTED: readonly string[] = ['delivered', 'cancelled'];

/** Did every order end as planned, and did the customers pay exactly for what they got? */
export function verifyEndings(world: World, {outcomes, broken}: Played): Violation[] {
  const violations = broken.map(({name, sentence}) => ({id: 'world', subject: name, sentence}));
  for (const outcome of outcomes) {
    const sentence = wrongEnd(outcome) ?? wrongMoney(outcome);
    if (sentence)
      violations.push({id: 'mapping', subject: outcome.number ?? outcome.orderId ?? outcome.plan.name, sentence});
  }
  const captured = sum(outcomes, (o) => o.captured);
  const delivered = sum(outcomes, (o) => o.deliveredValue);
  if (world.exact && captured !== delivered) {
    const sentence = `captured in all ${captured}, delivered in all ${delivered} (minor units)`;
    violations.push({id: 'mapping', subject: 'all orders', sentence});
  }
  return violations;
}

function wrongEnd({plan, status, code}: Outcome): string | undefined {
  if (plan.ending === 'contested' && (CONTESTED.includes(status) || CODES.out_of_stock?.includes(code ?? '')))
    return undefined;
  const codes = CODES[plan.ending];
  const meant = `${plan.kind} (${plan.name}) was meant to end ${plan.ending}`;
  if (codes) {
    if (status !== 'refused') return `${meant}, but was taken and ended ${status}`;
    return codes.includes(code ?? '') ? undefined : `${meant}, but was refused as ${code}`;
  }
  // taken without a verdict (202), and cancelled before its shop looked again
  const ended = status === 'refused' && code === 'order_cancelled' ? 'cancelled' : status;
  if (ended === 'refused') return `${meant}, but was refused as ${code}`;
  const fits = plan.ending === 'settled' ? ended === 'delivered' || ended === 'cancelled' : ended === plan.ending;
  return fits ? undefined : `${meant}, but ended ${ended}`;
}

function wrongMoney({plan, captured, deliveredValue}: Outcome): string | undefined {
  if (captured === deliveredValue) return undefined;
  return `${plan.kind} (${plan.name}): captured ${captured}, delivered ${deliveredValue} (minor units)`;
}

export function sum<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}
