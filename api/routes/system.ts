import type {ApiDeps} from '../deps.ts';
import * as contract from '../contract/system.ts';
import {Problem} from '../errors.ts';
import {openApiDocument} from '../openapi.ts';
import {ok, type Route, route} from '../route.ts';

const health = route(contract.healthz, async () => ok({status: 'ok'}));

const PATIENCE = 2_000;

const ready = route(contract.readyz, async ({deps}) => {
  const reason = deps.draining() ? 'the process is stopping' : await findTrouble(deps);
  if (reason !== null) throw new Problem('unavailable', reason, {headers: {'Retry-After': '1'}});
  return ok({status: 'ready'});
});

async function findTrouble({store, temporal}: ApiDeps): Promise<string | null> {
  const database = within(store.prisma.$queryRaw`SELECT 1`);
  const engine = temporal.withDeadline(Date.now() + PATIENCE, () => temporal.workflowService.getSystemInfo({}));
  const [first, second] = await Promise.allSettled([database, engine]);
  if (first.status === 'rejected') return 'the database does not answer';
  return second.status === 'rejected' ? 'Temporal does not answer' : null;
}

async function within<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('too late')), PATIENCE);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

const metrics = route(contract.metrics, async ({deps}) => {
  const {registry} = deps.metrics;
  return ok(await registry.metrics(), {'Content-Type': registry.contentType});
});

const openApi = route(contract.openApi, async ({deps}) => ok(openApiDocument(deps.publicUrl)));

export const systemRoutes: readonly Route[] = [health, ready, metrics, openApi];
