import type {WaveTerms} from '../../domain/picking/wave-rules.ts';
import {makeWave} from '../../store/make-wave.ts';
import {previewWave} from '../../store/preview-wave.ts';
import {assignTour, claimTour, pauseWave} from '../../store/tours.ts';
import {undoWave} from '../../store/undo-wave.ts';
import {listWaves, readTour} from '../../store/views/waves-view.ts';
import {putWaveTerms, readWaveTerms} from '../../store/wave-terms.ts';
import type {Caller} from '../auth.ts';
import * as contract from '../contract/waves.ts';
import type {ApiDeps} from '../deps.ts';
import {Problem} from '../errors.ts';
import {requireWarehouse} from '../own.ts';
import {ok, type Route, route} from '../route.ts';
import {invalidRequest} from '../validate.ts';

const noWarehouse = () => new Problem('not_found', 'there is no such warehouse');

const putTerms = route(contract.putWaveTerms, async ({deps, caller, params, body}) => {
  requireWarehouse(caller, params.id);
  const {lead_seconds, max_wait_seconds, ...same} = body;
  const terms: WaveTerms = {...same, lead: lead_seconds * 1_000, max_wait: max_wait_seconds * 1_000};
  if (!(await putWaveTerms(deps.store, params.id, terms))) throw noWarehouse();
  return ok(body);
});

const getTerms = route(contract.getWaveTerms, async ({deps, caller, params: {id}}) => {
  requireWarehouse(caller, id);
  if ((await deps.store.prisma.warehouses.count({where: {id}})) === 0) throw noWarehouse();
  const {lead, max_wait, ...same} = await readWaveTerms(deps.store.prisma, id);
  return ok({...same, lead_seconds: lead / 1_000, max_wait_seconds: max_wait / 1_000});
});

const create = route(contract.createWave, async ({deps, caller, params, body}) => {
  requireWarehouse(caller, params.id);
  if ((await deps.store.prisma.warehouses.count({where: {id: params.id}})) === 0) throw noWarehouse();
  const {tasks, kind, totes} = body;
  const wish = {warehouse: params.id, kind, totes, rule: 'by_hand', by: caller.client_id};
  const made = await makeWave(deps.store, tasks ? {...wish, choose: () => tasks} : wish);
  return ok(made ?? {wave_id: null, tasks: 0});
});

const preview = route(contract.previewWave, async ({deps, caller, params, query}) => {
  requireWarehouse(caller, params.id);
  if ((await deps.store.prisma.warehouses.count({where: {id: params.id}})) === 0) throw noWarehouse();
  return ok(await previewWave(deps.store, {warehouse: params.id, ...query}));
});

const list = route(contract.listWaves, async ({deps, caller, params, query}) => {
  requireWarehouse(caller, params.id);
  const {stops, ...asked} = query;
  const waves = await listWaves(deps.store, {warehouse: params.id, ...asked, stops: stops === 'true'});
  if (!waves) throw noWarehouse();
  return ok(waves);
});

const pause = route(contract.pauseWave, async ({deps, caller, params, body: {paused}}) => {
  const wave = await deps.store.prisma.waves.findUnique({where: {id: params.id}});
  if (!wave) throw new Problem('not_found', 'there is no such wave');
  requireWarehouse(caller, wave.warehouse_id);
  if (!(await pauseWave(deps.store, {wave_id: wave.id, paused, by: caller.client_id}))) {
    throw new Problem('task_closed', 'this wave is over');
  }
  return ok({wave_id: wave.id, state: paused ? 'paused' : 'released'});
});

const undo = route(contract.undoWave, async ({deps, caller, params: {id}}) => {
  const wave = await deps.store.prisma.waves.findUnique({where: {id}});
  if (!wave) throw new Problem('not_found', 'there is no such wave');
  requireWarehouse(caller, wave.warehouse_id);
  const tasks = await undoWave(deps.store, {wave_id: id, by: caller.client_id});
  if (tasks === null) throw new Problem('task_closed', 'this wave is over');
  return ok({wave_id: id, tasks});
});

const tour = route(contract.getTour, async ({deps, caller, params}) => {
  const found = await readTour(deps.store, params.id);
  if (!found) throw new Problem('not_found', 'there is no such tour');
  requireWarehouse(caller, found.warehouse);
  return ok(found);
});

const leaseOf = async (deps: ApiDeps): Promise<number> => (await deps.policy()).policy.warehouse.lease;
const worker = ({client_id, role, warehouse_id}: Caller) => ({actor: client_id, role, warehouse_id});

const claim = route(contract.claimTour, async ({deps, caller, params}) => {
  const result = await claimTour(deps.store, {tour_id: params.id, by: worker(caller), lease: await leaseOf(deps)});
  switch (result.outcome) {
    case 'claimed':
      return ok({tour_id: params.id, lease_until: result.lease_until});
    case 'held':
      throw new Problem('task_held', 'somebody else walks this tour');
    case 'paused':
      throw new Problem('task_held', 'the wave of this tour is paused');
    case 'closed':
      throw new Problem('task_closed', 'this tour is over');
    case 'unknown':
      throw new Problem('not_found', 'there is no such tour');
  }
});

const assign = route(contract.assignTour, async ({deps, caller, params, body: {to}}) => {
  const tour = await deps.store.prisma.tours.findUnique({where: {id: params.id}});
  if (!tour) throw new Problem('not_found', 'there is no such tour');
  requireWarehouse(caller, tour.warehouse_id);
  const given = {tour_id: tour.id, to, lease: await leaseOf(deps), by: caller.client_id};
  switch (await assignTour(deps.store, given)) {
    case 'assigned':
      return ok({tour_id: tour.id, claimed_by: to});
    case 'closed':
      throw new Problem('task_closed', 'this tour is over');
    case 'nobody': {
      const detail =
        'nobody who picks in this warehouse, or leads it, is called so; a person is staff: and their number';
      throw invalidRequest([{pointer: '/to', code: 'unknown_person', detail}]);
    }
  }
});

export const waveRoutes: readonly Route[] = [
  putTerms,
  getTerms,
  create,
  preview,
  list,
  pause,
  undo,
  tour,
  claim,
  assign,
];
