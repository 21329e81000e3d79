import type {StoreContext, Tx} from './context.ts';

export interface CustomerProfile {
  external_id: string;
  name: string;
  email: string;
  phone?: string;
  locale?: string;
}

export interface ShipTo {
  name: string;
  line1: string;
  line2?: string;
  city: string;
  region?: string;
  postal_code?: string;
  country: string;
  lat: number;
  lng: number;
}

/** What the sealed text is bound to, so that a row copied to another subject cannot be opened. */
export const sealedFor = (subject: string, field: string) => `${subject}|${field}`;

/** Opens one sealed value; null when it was erased with its key. */
async function readPersonal(context: StoreContext, tx: Tx, subject: string, field: string): Promise<unknown> {
  const row = await tx.personal_data.findUnique({where: {subject_field: {subject, field}}});
  if (!row) return null;
  const key = await tx.customer_keys.findUnique({where: {customer_id: row.customer_id}});
  return key ? context.vault.open(key.wrapped_key, sealedFor(subject, field), row) : null;
}

export async function readShipTo(context: StoreContext, tx: Tx, orderId: string): Promise<ShipTo | null> {
  return (await readPersonal(context, tx, `order:${orderId}`, 'ship_to')) as ShipTo | null;
}

/** An order's address as the carriers write it, and which address that is. */
export interface Corrected {
  address_hash: string;
  place: Pick<ShipTo, 'line1' | 'city' | 'country'> & {
    line2?: string | undefined;
    region?: string | undefined;
    postal_code?: string | undefined;
  };
}

export async function readCorrected(context: StoreContext, tx: Tx, orderId: string): Promise<Corrected | null> {
  return (await readPersonal(context, tx, `order:${orderId}`, 'ship_to_corrected')) as Corrected | null;
}

/** The address that a change of the order asks for. */
export async function readNewShipTo(context: StoreContext, tx: Tx, changeId: string): Promise<ShipTo | null> {
  return (await readPersonal(context, tx, `change:${changeId}`, 'ship_to')) as ShipTo | null;
}

/** Whom a message is sent to again, where it is not the customer's own address. */
export async function readResendTo(context: StoreContext, tx: Tx, resendId: string): Promise<string | null> {
  return (await readPersonal(context, tx, `resend:${resendId}`, 'to')) as string | null;
}

export async function readProfile(context: StoreContext, tx: Tx, customerId: string): Promise<CustomerProfile | null> {
  return (await readPersonal(context, tx, `customer:${customerId}`, 'profile')) as CustomerProfile | null;
}

/** Opens everything that is kept under these subjects, by subject and field; what was erased is left out. */
export async function openMany(
  context: StoreContext,
  subjects: readonly string[],
): Promise<Map<string, Map<string, unknown>>> {
  const {prisma, vault} = context;
  const rows = await prisma.personal_data.findMany({where: {subject: {in: [...subjects]}}});
  const customers = [...new Set(rows.map((row) => row.customer_id))];
  const kept = await prisma.customer_keys.findMany({where: {customer_id: {in: customers}}});
  const keys = new Map(kept.map((key) => [key.customer_id, key.wrapped_key]));
  const opened = new Map<string, Map<string, unknown>>();
  for (const row of rows) {
    const key = keys.get(row.customer_id);
    if (!key) continue;
    const fields = opened.get(row.subject) ?? new Map<string, unknown>();
    opened.set(row.subject, fields.set(row.field, vault.open(key, sealedFor(row.subject, row.field), row)));
  }
  return opened;
}
