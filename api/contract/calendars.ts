import {code} from './common.ts';
import {operation} from './operation.ts';
import {z} from './z.ts';

const date = z.iso.date({message: 'must be a date like 2026-12-25'}).openapi({format: 'date', example: '2026-12-25'});
const isSet = (values: readonly unknown[]) => new Set(values).size === values.length;

export const calendarBody = z
  .strictObject({
    open_weekdays: z
      .array(z.int().min(1).max(7))
      .min(1, 'a warehouse is open on one day of the week at least')
      .max(7)
      .refine(isSet, 'names a day twice'),
    closed_dates: z.array(date).max(400).refine(isSet, 'names a date twice'),
  })
  .openapi('CalendarInput', {
    description: 'weekdays by ISO 8601: 1 is Monday, 7 is Sunday; dates by the calendar of the warehouse itself',
  });

export const calendar = z
  .object({warehouse: code, open_weekdays: z.array(z.int()), closed_dates: z.array(z.string())})
  .openapi('Calendar');

export const putCalendar = operation({
  id: 'putCalendar',
  method: 'put',
  path: '/v1/warehouses/{id}/calendar',
  tag: 'Catalogue',
  summary: 'When a warehouse is open; one without a calendar is open from Monday to Friday',
  params: z.object({id: code}),
  body: calendarBody,
  answers: {200: calendar},
  problems: ['not_found'],
});

export const getCalendar = operation({
  id: 'getCalendar',
  method: 'get',
  path: '/v1/warehouses/{id}/calendar',
  tag: 'Catalogue',
  summary: 'When a warehouse is open',
  params: z.object({id: code}),
  answers: {200: calendar},
  problems: ['not_found', 'forbidden'],
});
