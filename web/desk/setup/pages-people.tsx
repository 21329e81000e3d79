import {mayManage, STAFF_ROLES} from '../../../domain/floor/roles.ts';
import type {Me} from '../me.ts';
import {ID} from './fields.ts';
import {Active, Named} from './marks.tsx';
import {page} from './page.ts';
import {type Person, PersonMore, Ways} from './person-more.tsx';

/** Roles that somebody may give to others. */
const ownToName = ({roles}: Me) => STAFF_ROLES.filter((role) => mayManage(roles, role));

export const PEOPLE = page<Person>({
  path: 'people',
  word: 'page_people',
  about: 'about_people',
  list: 'listStaff',
  address: (_, {may, warehouse}) =>
    may.includes('listPeople') || warehouse === null
      ? '/v1/staff'
      : `/v1/warehouses/${encodeURIComponent(warehouse)}/staff`,
  whole: true,
  id: ({staff_id}) => staff_id,
  csv: 'people',
  columns: [
    {word: 'f_login', show: ({staff_id}) => <bdi>{staff_id}</bdi>},
    {word: 'f_name', show: ({name}) => <bdi>{name}</bdi>},
    {word: 'f_roles', show: ({roles}) => <Named codes={roles} wordOf="role_" />},
    {word: 'f_warehouse', show: ({warehouse}) => <bdi>{warehouse ?? '–'}</bdi>},
    {word: 'f_ways', show: (person) => <Ways of={person} />},
    {word: 'f_state', show: ({active}) => <Active is={active} yes="works" no="left" />},
  ],
  form: {
    call: 'putStaff',
    address: (id) => `/v1/staff/${encodeURIComponent(id)}`,
    fields: [
      {at: ID, word: 'f_login', kind: 'text', required: true, half: true, hint: 'hint_login'},
      {at: '/name', word: 'f_name', kind: 'text', required: true, half: true},
      {at: '/roles', word: 'f_roles', kind: 'many', options: ownToName, wordOf: 'role_', required: true},
      {
        ...{at: '/warehouse', word: 'f_warehouse', kind: 'choice', hint: 'hint_staff_warehouse'},
        options: {path: '/v1/warehouses?limit=200', value: 'id', label: 'name'},
      },
      {at: '/active', word: 'f_works_here', kind: 'flag', start: true, hint: 'hint_works_here'},
    ],
  },
  More: PersonMore,
});
