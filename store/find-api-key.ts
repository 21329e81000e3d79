import type {StoreContext} from './context.ts';
import type {api_keys} from './generated/client.ts';

/** The live key with this hash (SHA-256, hex); null when there is none or it was disabled. */
export async function findApiKey(context: StoreContext, keyHash: string): Promise<api_keys | null> {
  const row = await context.prisma.api_keys.findUnique({where: {key_hash: keyHash}});
  return row && row.disabled_at === null ? row : null;
}
