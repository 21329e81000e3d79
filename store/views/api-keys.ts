import type {StoreContext} from '../context.ts';
import type {api_keys} from '../generated/client.ts';

/** All keys, without their hashes, by client and age. */
export function listApiKeys(context: StoreContext): Promise<Omit<api_keys, 'key_hash'>[]> {
  return context.prisma.api_keys.findMany({
    omit: {key_hash: true},
    orderBy: [{client_id: 'asc'}, {created_at: 'asc'}],
  });
}
