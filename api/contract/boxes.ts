import {boxBody} from './catalogue.ts';
import {code, money} from './common.ts';
import {operation} from './operation.ts';
import {z} from './z.ts';

const tag = 'Catalogue';

const there = {
  on_hand: z.int().min(0).max(1_000_000).nullable().openapi({description: 'null: it does not run out'}),
};

export const boxThere = boxBody.extend({...there, id: code}).openapi('WarehouseBox');

export const putWarehouseBox = operation({
  id: 'putWarehouseBox',
  method: 'put',
  path: '/v1/warehouses/{id}/boxes/{box}',
  tag,
  summary: 'Says that a warehouse has this box, how many, and what it costs there; packing counts it down',
  params: z.object({id: code, box: code}),
  body: z
    .strictObject({
      on_hand: there.on_hand.default(null),
      cost: money.optional().openapi({description: "in the box's currency; as in the catalogue when left out"}),
    })
    .openapi('WarehouseBoxInput'),
  answers: {200: boxThere},
  problems: ['not_found', 'forbidden', 'invalid_request'],
});

export const listWarehouseBoxes = operation({
  id: 'listWarehouseBoxes',
  method: 'get',
  path: '/v1/warehouses/{id}/boxes',
  tag,
  summary: 'The boxes of a warehouse: those it lists, or the whole catalogue where it lists none',
  params: z.object({id: code}),
  answers: {200: z.array(boxThere)},
  problems: ['not_found', 'forbidden'],
});
