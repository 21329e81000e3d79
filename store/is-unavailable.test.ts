import {DriverAdapterError} from '@prisma/driver-adapter-utils';
import {isUnavailable} from './is-unavailable.ts';

describe('isUnavailable', () => {
  it.each([
    Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), {code: 'ECONNREFUSED'}),
    Object.assign(new Error('terminating connection due to unexpected postmaster exit'), {code: '57P01'}),
    new Error('Client has encountered a connection error and is not queryable'),
    new Error('Connection terminated unexpectedly'),
    new DriverAdapterError({kind: 'ConnectionClosed'}),
    new Error('the commit', {cause: new DriverAdapterError({kind: 'DatabaseNotReachable', host: 'db', port: 1})}),
    new Error('the query', {cause: Object.assign(new Error('reset'), {code: 'ECONNRESET'})}),
  ])('is true of an outage: %s', (error) => {
    expect(isUnavailable(error)).toBe(true);
  });

  it.each([new Error('null value in column'), Object.assign(new Error('duplicate'), {code: '23505'}), 'text', null])(
    'is false of a defect: %s',
    (error) => {
      expect(isUnavailable(error)).toBe(false);
    },
  );
});
