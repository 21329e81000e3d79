import type {StoreContext} from '../context.ts';

/** Says who looks after an exception; nobody: it is anybody's again. The last word counts. */
export async function claimException(
  {prisma, now}: StoreContext,
  {key, owner, by}: {key: string; owner: string | null; by: string},
): Promise<void> {
  if (owner === null) {
    await prisma.exception_claims.deleteMany({where: {key}});
    return;
  }
  const data = {owner, given_by: by, at: now()};
  await prisma.exception_claims.upsert({where: {key}, create: {key, ...data}, update: data});
}
