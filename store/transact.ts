import type {StoreContext, Tx} from './context.ts';
import {sqlState} from './sql-state.ts';

/** Serialization failures and deadlocks lose a race, not the work: the whole transaction is simply run again. */
const LOST_RACES = new Set(['40001', '40P01']);
const ATTEMPTS = 6;

/** Runs `work` in one transaction and repeats it, with jittered pauses, when the database chose it as a victim. */
export async function transact<T>(context: StoreContext, work: (tx: Tx) => Promise<T>): Promise<T> {
  if (context.rehearsal) return within(context.rehearsal, work);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await context.prisma.$transaction((tx) => work(tx as Tx));
    } catch (error) {
      const state = sqlState(error);
      if (attempt >= ATTEMPTS || state === null || !LOST_RACES.has(state)) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * 2 ** attempt));
    }
  }
}

/** As a part of another transaction: what fails leaves that as it was before. */
async function within<T>(tx: Tx, work: (tx: Tx) => Promise<T>): Promise<T> {
  await tx.$executeRaw`SAVEPOINT part`;
  try {
    const result = await work(tx);
    await tx.$executeRaw`RELEASE SAVEPOINT part`;
    return result;
  } catch (error) {
    await tx.$executeRaw`ROLLBACK TO SAVEPOINT part`;
    throw error;
  }
}
