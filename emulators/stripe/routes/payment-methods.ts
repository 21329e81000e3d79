import {answerWith, findRecord, type Route} from '../call.ts';
import {readParams, required} from '../params.ts';
import {attach, resolveMethod} from '../payment-methods.ts';

export const paymentMethodRoutes: Route[] = [
  {
    method: 'GET',
    path: '/v1/payment_methods/:id',
    operation: 'payment_methods.retrieve',
    handle: ({form, path, state}) => {
      readParams(form, {expand: 'texts'});
      return answerWith('payment_method', findRecord(state.paymentMethods, 'PaymentMethod', path['id'] ?? '').id);
    },
  },
  {
    method: 'POST',
    path: '/v1/payment_methods/:id/attach',
    operation: 'payment_methods.attach',
    handle: (call) => {
      const params = readParams(call.form, {customer: 'text', expand: 'texts'});
      const customer = findRecord(call.state.customers, 'customer', required(params.customer, 'customer'), 'customer');
      const attached = attach(resolveMethod(call, call.path['id'] ?? ''), customer.id);
      call.changes.push({set: 'payment_method', record: attached});
      return answerWith('payment_method', attached.id);
    },
  },
];
