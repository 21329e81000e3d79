import {answerWith, type Call, findRecord, mergeMetadata, type Route} from '../call.ts';
import {newId} from '../ids.ts';
import {readParams} from '../params.ts';
import type {Answer} from '../records.ts';

const CREATE = {
  address: 'any',
  description: 'text',
  email: 'text',
  expand: 'texts',
  metadata: 'map',
  name: 'text',
  phone: 'text',
  shipping: 'any',
} as const;

export const customerRoutes: Route[] = [
  {
    method: 'POST',
    path: '/v1/customers',
    operation: 'customers.create',
    handle: createCustomer,
  },
  {
    method: 'GET',
    path: '/v1/customers/:id',
    operation: 'customers.retrieve',
    handle: ({form, path, state}) => {
      readParams(form, {expand: 'texts'});
      return answerWith('customer', findRecord(state.customers, 'customer', path['id'] ?? '').id);
    },
  },
];

/** POST /v1/customers */
export function createCustomer(call: Call): Answer {
  const {metadata, expand: _, ...details} = readParams(call.form, CREATE);
  const id = newId('cus');
  const record = {id, created: call.now, metadata: mergeMetadata({}, metadata), details};
  call.changes.push({set: 'customer', record});
  return answerWith('customer', id);
}
