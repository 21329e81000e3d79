import {answerJson, answerWith, type Call, findRecord, type Route} from '../call.ts';
import {noSuch} from '../errors.ts';
import {PAGE, page} from '../list.ts';
import {readParams} from '../params.ts';
import type {Answer} from '../records.ts';
import type {EventRecord} from '../state.ts';
import {showEvent} from '../show.ts';

export const chargeAndEventRoutes: Route[] = [
  {
    method: 'GET',
    path: '/v1/charges/:id',
    operation: 'charges.retrieve',
    handle: ({form, path, state}) => {
      readParams(form, {expand: 'texts'});
      const id = path['id'] ?? '';
      findRecord(state.intentByCharge, 'charge', id);
      return answerWith('charge', id);
    },
  },
  {method: 'GET', path: '/v1/events', operation: 'events.list', handle: listEvents},
  {
    method: 'GET',
    path: '/v1/events/:id',
    operation: 'events.retrieve',
    handle: ({form, path, state}) => {
      readParams(form, {expand: 'texts'});
      const id = path['id'] ?? '';
      const event = state.events[state.eventPosition.get(id) ?? -1];
      if (!event) throw noSuch('event', id);
      return answerJson(showEvent(event));
    },
  },
];

function listEvents({state, form}: Call): Answer {
  const params = readParams(form, {...PAGE, created: 'range', type: 'text', types: 'texts'});
  const wanted = params.types ?? (params.type === undefined ? undefined : [params.type]);
  return answerJson(
    page(state.events, (event) => event.at, showEvent, {
      url: '/v1/events',
      limit: params.limit,
      startingAfter: params.starting_after,
      created: params.created,
      keep: (event: EventRecord) => wanted === undefined || wanted.includes(event.type),
      positionOf: (id) => state.eventPosition.get(id),
    }),
  );
}
