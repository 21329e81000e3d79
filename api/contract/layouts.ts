import {layoutFaults} from '../../domain/picking/check-layout.ts';
import type {Layout} from '../../domain/picking/layout.ts';
import {code, idParam, text} from './common.ts';
import {operation} from './operation.ts';
import {z} from './z.ts';

const mm = z.int().min(-10_000_000).max(10_000_000);

const aisle = z.strictObject({
  name: text(100),
  x_mm: mm,
  from_mm: mm,
  to_mm: mm,
  one_way: z.enum(['up', 'down']).optional().openapi({description: 'up: towards higher y only'}),
  zone: code.optional(),
});

const layoutShape = z.strictObject({
  aisles: z.array(aisle).min(1).max(200),
  cross_aisles_mm: z.array(mm).min(1).max(10),
  depot: z.strictObject({x_mm: mm, y_mm: mm}),
});

/** A layout as the interface has it, with units in the names. */
export type LayoutBody = z.output<typeof layoutShape>;

export function toLayout({aisles, cross_aisles_mm, depot}: LayoutBody): Layout {
  return {
    aisles: aisles.map(({name, x_mm, from_mm, to_mm, one_way, zone}) => ({
      name,
      x: x_mm,
      from: from_mm,
      to: to_mm,
      ...(one_way ? {one_way} : {}),
      ...(zone ? {zone} : {}),
    })),
    cross_aisles: cross_aisles_mm,
    depot: {x: depot.x_mm, y: depot.y_mm},
  };
}

export function fromLayout({aisles, cross_aisles, depot}: Layout): LayoutBody {
  return {
    aisles: aisles.map(({x, from, to, ...aisle}) => ({...aisle, x_mm: x, from_mm: from, to_mm: to})),
    cross_aisles_mm: [...cross_aisles],
    depot: {x_mm: depot.x, y_mm: depot.y},
  };
}

export const layoutBody = layoutShape
  .superRefine((body, context) => {
    for (const {path, code, message} of layoutFaults(toLayout(body))) {
      const named = path.map((key) => (key === 'cross_aisles' || key === 'y' ? `${key}_mm` : key));
      context.addIssue({code: 'custom', path: named, message, params: {code}});
    }
  })
  .openapi('LayoutInput', {
    description:
      'parallel aisles, x across and y along them, joined by cross aisles over the whole width; walks begin and end at the depot, which is on a cross aisle',
  });

const layout = z
  .object({
    warehouse: code,
    source: z.enum(['stored', 'derived']).openapi({description: 'derived: from where the bins are'}),
    ...layoutShape.shape,
  })
  .openapi('Layout');

export const putLayout = operation({
  id: 'putLayout',
  method: 'put',
  path: '/v1/warehouses/{id}/layout',
  tag: 'Warehouse',
  summary: 'The floor of a warehouse, by which pickers are sent the shortest way',
  params: idParam,
  body: layoutBody,
  answers: {200: layout},
  problems: ['not_found', 'forbidden'],
});

export const getLayout = operation({
  id: 'getLayout',
  method: 'get',
  path: '/v1/warehouses/{id}/layout',
  tag: 'Warehouse',
  summary: 'The floor of a warehouse as it was stored, else as its bins suggest',
  params: idParam,
  answers: {200: layout},
  problems: ['not_found', 'forbidden'],
});

export const drawLayout = operation({
  id: 'drawLayout',
  method: 'get',
  path: '/v1/warehouses/{id}/layout/picture',
  tag: 'Warehouse',
  summary: 'A page with the floor drawn, and with the walk of a pick task when one is named',
  params: idParam,
  query: z.strictObject({task: code.optional()}),
  answers: {200: 'text/html'},
  problems: ['not_found', 'forbidden'],
});
