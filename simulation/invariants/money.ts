import {amountText, type Hold, isLive, total} from './money-books.ts';
import {type Finding, type OrderRow, TERMINAL, type World} from './types.ts';

/** The highest total the order ever had: an authorisation cannot be lowered when lines are cancelled. */
function highestTotal(world: World, order: OrderRow): number {
  const told = (world.history.events.get(order.id) ?? []).map((e) => Number(e.patch?.['total_amount'] ?? 0));
  return Math.max(order.total_amount, ...told);
}

/** The highest total that a change of the order was going to make it cost: so much was held for it before it was made. */
function highestProposal(world: World, order: OrderRow): number {
  const events = world.history.events.get(order.id) ?? [];
  return Math.max(0, ...events.map((e) => e.proposed ?? 0));
}

/** M1: captured <= held <= order total, in the order's currency; and all captures together <= order total. */
export function capturesStayWithinHold(world: World): Finding[] {
  return [...holdByHold(world), ...allCaptures(world)];
}

function allCaptures(world: World): Finding[] {
  return [...world.orders.values()].flatMap((order) => {
    const captured = total(world.money.byOrder.get(order.id), (hold) => hold.captured);
    const limit = highestTotal(world, order);
    if (captured <= limit) return [];
    const [took, worth] = [captured, limit].map((amount) => amountText(amount, order.currency));
    const sentence = `Order ${order.number}: ${took} was captured in all, but the order was never worth more than ${worth}.`;
    return [{subject: order.number, sentence}];
  });
}

function holdByHold(world: World): Finding[] {
  return world.money.holds.flatMap((hold) => {
    const order = world.orders.get(hold.order_id ?? '');
    const subject = order?.number ?? hold.id;
    const text = (amount: number) => amountText(amount, hold.currency);
    const sentences: string[] = [];
    if (hold.captured > hold.amount) {
      sentences.push(
        `Order ${subject}: ${text(hold.captured)} was captured from hold ${hold.id}, which is only over ${text(hold.amount)}.`,
      );
    }
    if (order && hold.currency.toUpperCase() !== order.currency) {
      sentences.push(`Order ${subject} is in ${order.currency}, but hold ${hold.id} is over ${text(hold.amount)}.`);
    } else if (order && hold.amount > limitOf(world, order, hold)) {
      const limit = amountText(limitOf(world, order, hold), order.currency);
      sentences.push(
        `Order ${subject}: hold ${hold.id} is over ${text(hold.amount)}, but the order was never worth more than ${limit}.`,
      );
    }
    return sentences.map((sentence) => ({subject, sentence}));
  });
}

/** A hold for a change may be as high as the change would have made the order; any other as the order ever was. */
function limitOf(world: World, order: OrderRow, hold: Hold): number {
  const highest = highestTotal(world, order);
  return hold.asked?.purpose === 'increase' ? Math.max(highest, highestProposal(world, order)) : highest;
}

interface LiveTime {
  hold: Hold;
  from: number;
  until: number;
}

function liveTime(hold: Hold, now: number): LiveTime[] {
  if (hold.authorized_at === null) return [];
  const from = Date.parse(hold.authorized_at);
  if (isLive(hold)) return [{hold, from, until: now}];
  const captured = hold.history.filter((line) => line.what === 'captured').at(-1);
  const end = hold.canceled_at ?? captured?.at;
  return end === undefined ? [] : [{hold, from, until: Date.parse(end)}];
}

const MINUTE = 60_000;
const REPLACING: readonly string[] = ['renewal', 'remainder', 'increase'];
const isReplacement = ({asked}: Hold) =>
  asked !== null && (REPLACING.includes(asked.purpose) || asked.replaces !== null);

/**
 * M2, over the whole past: two holds of an order may overlap only while a recorded renewal or remainder takes over,
 * for 15 virtual minutes and the virtual time that passes in one real minute (a killed worker must come back first).
 */
export function oneLiveHold(world: World): Finding[] {
  const allowed = 15 * MINUTE + MINUTE * world.speed;
  const findings: Finding[] = [];
  for (const [orderId, holds] of world.money.byOrder) {
    const times = holds.flatMap((hold) => liveTime(hold, world.money.now)).sort((a, b) => a.from - b.from);
    for (const [i, later] of times.entries()) {
      const earlier = times.slice(0, i).filter((t) => t.until > later.from);
      const longest = Math.max(0, ...earlier.map((t) => Math.min(t.until, later.until) - later.from));
      if (earlier.length === 0) continue;
      const why =
        earlier.length > 1
          ? 'three holds are live at once'
          : !isReplacement(later.hold)
            ? 'no renewal was recorded'
            : null;
      const problem = why ?? (longest > allowed ? `a renewal may take ${minutes(allowed)} minutes` : null);
      if (problem) findings.push(overlap(world, orderId, [...earlier, later], longest, problem));
    }
  }
  return findings;
}

const minutes = (ms: number) => Math.ceil(ms / MINUTE);

function overlap(world: World, orderId: string, times: LiveTime[], longest: number, why: string): Finding {
  const subject = world.nameOf(orderId);
  const holds = times.map(({hold}) => `${amountText(hold.amount, hold.currency)} (${hold.id})`).join(' and ');
  return {
    subject,
    sentence: `Order ${subject} held the customer's money more than once, for ${minutes(longest)} minutes: ${holds}; ${why}.`,
  };
}

/** M5: a cancelled order costs nothing, and no order that has ended holds money. */
export async function endedHoldsNothing(world: World): Promise<Finding[]> {
  return [...endedOrders(world), ...(await leftByTheShop(world))];
}

/** The hold that a shop took by itself, for an order that ended before it was taken over. */
async function leftByTheShop(world: World): Promise<Finding[]> {
  const rows = await world.sql<{order_id: string; intent: string}>(
    `SELECT h.order_id, h.intent FROM shop_holds h JOIN orders o ON o.id = h.order_id
      WHERE h.state IN ('awaited', 'let_go') AND o.status = ANY($1)`,
    [TERMINAL],
  );
  const alive = new Set(world.money.holds.filter((hold) => hold.status !== 'canceled').map((hold) => hold.id));
  return rows
    .filter(({intent}) => alive.has(intent))
    .map(({order_id, intent}) => {
      const subject = world.nameOf(order_id);
      return {
        subject,
        sentence: `Order ${subject} has ended, but the hold ${intent} that its shop made for it is not let go.`,
      };
    });
}

function endedOrders(world: World): Finding[] {
  const ended = [...world.orders.values()].filter((order) => TERMINAL.includes(order.status));
  return ended.flatMap((order) => {
    const holds = world.money.byOrder.get(order.id);
    const captured = total(holds, (h) => h.captured);
    const held = total(holds?.filter(isLive), (h) => h.amount - h.captured);
    // delivered and not yet paid: the payer is asked, and the order says so
    const awaited = order.waiting_on === 'payment_renewal';
    const asking = awaited ? [] : (holds?.filter((h) => h.status === 'requires_action') ?? []);
    const wrong = [
      ...(asking.length > 0 ? ['its customer can still let their bank hold the money'] : []),
      ...(captured > 0 && order.status === 'cancelled' ? [`${amountText(captured, order.currency)} was captured`] : []),
      ...(held > 0 ? [`${amountText(held, order.currency)} is still held`] : []),
    ];
    if (wrong.length === 0) return [];
    return [{subject: order.number, sentence: `Order ${order.number} is ${order.status}, but ${wrong.join(' and ')}.`}];
  });
}

/** M8: a key never meant two different requests. */
export function keysMeanOneRequest(world: World): Finding[] {
  const first = new Map<string, {path: string; hash: string}>();
  const findings = new Map<string, Finding>();
  for (const {method, path, idempotency_key: key, param_hash: hash} of world.money.requests) {
    if (key === null) continue;
    const earlier = first.get(key);
    if (!earlier) first.set(key, {path: `${method} ${path}`, hash});
    else if (earlier.hash !== hash && !findings.has(key)) {
      const sentence = `Idempotency key ${key} was sent to Stripe with two different requests: ${earlier.path} and ${method} ${path}.`;
      findings.set(key, {subject: key, sentence});
    }
  }
  return [...findings.values()];
}
