import type {StoreContext} from './context.ts';

/** Disables one key, or all live keys of a client; returns how many were live. A disabled key is refused at once. */
export async function disableApiKeys(
  context: StoreContext,
  which: {id: string} | {client_id: string},
): Promise<number> {
  const {count} = await context.prisma.api_keys.updateMany({
    where: {...which, disabled_at: null},
    data: {disabled_at: context.now()},
  });
  return count;
}
