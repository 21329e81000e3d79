import {flipSwitch, type ServiceSwitch, SUBJECTS} from '../../store/ops/switches.ts';
import {switchCarrier} from '../../store/switch-carrier.ts';
import {switchWarehouse} from '../../store/switch-warehouse.ts';
import {readFlips, readSwitches} from '../../store/views/ops/switches-view.ts';
import * as contract from '../contract/ops-switches.ts';
import {Problem} from '../errors.ts';
import {type Call, ok, type Route, route} from '../route.ts';
import {invalidRequest} from '../validate.ts';

const CHANGES_SHOWN = 50;

const list = route(contract.listSwitches, async ({deps}) => {
  const [switches, changes] = await Promise.all([readSwitches(deps.store), readFlips(deps.store, CHANGES_SHOWN)]);
  return ok({switches, changes});
});

const flip = route(contract.flipSwitch, async (call) => {
  const {deps, body} = call;
  if (!(await turn(call))) throw new Problem('not_found', `there is no switch ${body.kind} ${body.subject}`);
  const switches = await readSwitches(deps.store);
  return ok(switches.find(({kind, subject}) => kind === body.kind && subject === body.subject));
});

/** False when there is no such switch. */
async function turn({deps, caller, body}: Call<null, null, typeof contract.flipSwitch.body>): Promise<boolean> {
  const {store} = deps;
  const {kind, subject, active, reason} = body;
  const until = body.until === undefined ? null : new Date(body.until);
  if (until && until <= store.now())
    throw invalidRequest([{pointer: '/until', code: 'in_the_past', detail: 'is over'}]);
  const to = {active, reason, until, actor: caller.client_id};
  if (kind === 'site') return (await switchWarehouse(store, {warehouse_id: subject, ...to})) !== null;
  if (kind === 'carrier') return (await switchCarrier(store, {carrier: subject, ...to})) !== null;
  if (!SUBJECTS[kind satisfies ServiceSwitch].includes(subject)) return false;
  await flipSwitch(store, {kind, subject, ...to});
  return true;
}

export const opsSwitchRoutes: readonly Route[] = [list, flip];
