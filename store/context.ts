import {PrismaPg} from '@prisma/adapter-pg';
import pg from 'pg';
import {PrismaClient} from './generated/client.ts';
import type {Vault} from './vault.ts';

export type Tx = Omit<PrismaClient, '$connect' | '$disconnect' | '$on' | '$use' | '$extends' | '$transaction'>;

export interface StoreContext {
  prisma: PrismaClient;
  pool: pg.Pool;
  vault: Vault;
  /** the service's clock */
  now: () => Date;
  /** the transaction that everything is part of, where something is only tried out */
  rehearsal?: Tx;
}

export interface StoreOptions {
  databaseUrl: string;
  vault: Vault;
  now: () => Date;
  /** connections of the pool */
  connections?: number;
}

export function openStore(options: StoreOptions): StoreContext {
  const pool = new pg.Pool({connectionString: options.databaseUrl, max: options.connections ?? 10});
  pool.on('error', () => undefined);
  // one that is lent out and idle between two statements has no listener of the pool's: its end would end the process
  pool.on('connect', (client) => client.on('error', () => undefined));
  const prisma = new PrismaClient({
    adapter: new PrismaPg(pool),
    transactionOptions: {maxWait: 15_000, timeout: 15_000},
  });
  return {prisma, pool, vault: options.vault, now: options.now};
}

export async function closeStore(context: StoreContext): Promise<void> {
  await context.prisma.$disconnect();
  await context.pool.end().catch(() => undefined);
}
