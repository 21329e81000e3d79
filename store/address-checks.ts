import {addressKey} from './accept-order.ts';
import type {StoreContext, Tx} from './context.ts';
import type {orders} from './generated/client.ts';
import {sealPersonal} from './keep-customer.ts';
import {type Corrected, readCorrected, readShipTo, type ShipTo} from './personal-data.ts';
import {queueSignal} from './queue-signal.ts';
import {type Actor, lockOrder, recordChange, SYSTEM} from './record-change.ts';
import {transact} from './transact.ts';

export type AddressVerdict = 'verified' | 'corrected' | 'unverifiable' | 'unchecked' | 'accepted';

/** What is known of the address that an order goes to now. */
export interface AddressCheck {
  order_id: string;
  address_hash: string;
  /** null: not judged yet */
  verdict: AddressVerdict | null;
  /** questions that were begun */
  asked: number;
}

type Destination = Omit<ShipTo, keyof Corrected['place']> & Corrected['place'];

/** Where an order's parcels go: as the carriers write it where they corrected it, else as the customer typed it. */
export async function addressOf(
  context: StoreContext,
  tx: Tx,
  order: orders,
): Promise<{to: Destination; check: AddressCheck} | null> {
  const typed = await readShipTo(context, tx, order.id);
  if (!typed) return null;
  const address_hash = context.vault.hash('address', addressKey(typed));
  const where = {order_id_address_hash: {order_id: order.id, address_hash}};
  const row = await tx.address_checks.findUnique({where});
  const verdict = (row?.verdict ?? null) as AddressVerdict | null;
  const corrected = verdict === 'corrected' ? await readCorrected(context, tx, order.id) : null;
  const to = corrected?.address_hash === address_hash ? {...typed, ...corrected.place} : typed;
  return {to, check: {order_id: order.id, address_hash, verdict, asked: row?.asked ?? 0}};
}

/** Written down before the platform is asked, so that a question without an answer counts. */
export async function beginAddressCheck(
  {prisma, now}: StoreContext,
  {order_id, address_hash}: Pick<AddressCheck, 'order_id' | 'address_hash'>,
): Promise<void> {
  await prisma.address_checks.upsert({
    where: {order_id_address_hash: {order_id, address_hash}},
    create: {order_id, address_hash, asked: 1, codes: [], asked_at: now()},
    update: {asked: {increment: 1}, asked_at: now()},
  });
}

export interface JudgedAddress {
  order_id: string;
  address_hash: string;
  verdict: Exclude<AddressVerdict, 'accepted'>;
  codes: readonly string[];
  /** as the carriers write it, where they correct it */
  place?: Corrected['place'];
}

/** Keeps the first verdict about an address, with the correction beside what was typed; returns what stands. */
export function settleAddressCheck(context: StoreContext, judged: JudgedAddress): Promise<AddressVerdict> {
  return transact(context, async (tx) => {
    const {order_id, address_hash, verdict, place} = judged;
    const order = await lockOrder(tx, order_id);
    const {count} = await tx.address_checks.updateMany({
      where: {order_id, address_hash, verdict: null},
      data: {verdict, codes: [...judged.codes], judged_at: context.now()},
    });
    if (count === 0) return (await standing(tx, judged)).verdict as AddressVerdict;
    if (place) await keepCorrected(context, tx, order, {address_hash, place});
    const data = {verdict, codes: judged.codes};
    if (verdict !== 'verified')
      await recordChange(context, tx, {order, type: 'order.address_checked', by: SYSTEM, data});
    return verdict;
  });
}

const standing = (tx: Tx, {order_id, address_hash}: Pick<JudgedAddress, 'order_id' | 'address_hash'>) =>
  tx.address_checks.findUniqueOrThrow({where: {order_id_address_hash: {order_id, address_hash}}});

async function keepCorrected(context: StoreContext, tx: Tx, order: orders, value: Corrected): Promise<void> {
  const key = await tx.customer_keys.findUniqueOrThrow({where: {customer_id: order.customer_id}});
  const customer = {id: order.customer_id, wrapped_key: key.wrapped_key};
  await sealPersonal(context, tx, customer, {subject: `order:${order.id}`, field: 'ship_to_corrected', value});
}

export interface AddressCheckView {
  verdict: AddressVerdict | null;
  /** why not */
  codes: string[];
  judged_at: string | null;
  /** as the carriers write it */
  corrected: Corrected['place'] | null;
}

/** What is known of the address an order goes to now; null where the order or its address is gone. */
export async function readAddressCheck(context: StoreContext, orderId: string): Promise<AddressCheckView | null> {
  const tx = context.prisma as Tx;
  const order = await tx.orders.findUnique({where: {id: orderId}});
  const found = order && (await addressOf(context, tx, order));
  if (!found) return null;
  const {address_hash, verdict} = found.check;
  const row = await tx.address_checks.findUnique({where: {order_id_address_hash: {order_id: orderId, address_hash}}});
  const {line1, line2, city, region, postal_code, country} = found.to;
  return {
    verdict,
    codes: row?.codes ?? [],
    judged_at: row?.judged_at?.toISOString() ?? null,
    corrected: verdict === 'corrected' ? {line1, line2, city, region, postal_code, country} : null,
  };
}

export type AcceptOutcome = 'accepted' | 'nothing_waits' | 'unknown';

/** A person says that the address is right although no carrier knows it; what waits for it goes on. A repeat changes nothing. */
export function acceptAddress(
  context: StoreContext,
  input: {order_id: string; note: string; by: Actor; request_id: string},
): Promise<AcceptOutcome> {
  return transact(context, async (tx) => {
    const {order_id, note, by} = input;
    if (!(await tx.orders.findUnique({where: {id: order_id}, select: {id: true}}))) return 'unknown';
    const order = await lockOrder(tx, order_id);
    const found = await addressOf(context, tx, order);
    if (found?.check.verdict === 'accepted') return 'accepted';
    if (found?.check.verdict !== 'unverifiable') return 'nothing_waits';
    const {address_hash} = found.check;
    await tx.address_checks.update({
      where: {order_id_address_hash: {order_id, address_hash}},
      data: {verdict: 'accepted', judged_at: context.now()},
    });
    const act = {subject: `address:${order_id}`, to: 'accepted'};
    await recordChange(context, tx, {order, type: 'order.address_accepted', by, data: {reason: note}, act, note});
    await ringForAddress(context, tx, order_id, input.request_id);
    return 'accepted';
  });
}

/** Whatever of the order waits for another address is tried again. `occasion`: why, once. */
export async function ringForAddress(context: StoreContext, tx: Tx, orderId: string, occasion: string): Promise<void> {
  const steps = await tx.stuck_steps.findMany({where: {order_id: orderId, step: 'buyLabels', resolved_at: null}});
  for (const {id, workflow_id} of steps) {
    const operation_id = `${id}:${occasion}`;
    await queueSignal(context, tx, {
      id: `resumed:${operation_id}`,
      workflow_id,
      name: 'resumed',
      payload: {operation_id},
    });
  }
}
