import type {Logger} from './deps.ts';
import {untilAvailable} from './until-available.ts';

const logger = {warn: () => undefined} as unknown as Logger;
const refused = () => Object.assign(new Error('connect ECONNREFUSED'), {code: 'ECONNREFUSED'});

function failing(times: number, error: Error) {
  let calls = 0;
  return async () => {
    calls += 1;
    if (calls <= times) throw error;
    return calls;
  };
}

describe('untilAvailable', () => {
  it('asks again while the database is not there', async () => {
    await expect(untilAvailable(failing(2, refused()), logger, () => false)).resolves.toBe(3);
  });

  it('passes on what waiting does not mend', async () => {
    await expect(untilAvailable(failing(1, new Error('no such table')), logger, () => false)).rejects.toThrow(
      'no such table',
    );
  });

  it('gives up when the process is told to stop', async () => {
    await expect(untilAvailable(failing(1, refused()), logger, () => true)).rejects.toThrow('ECONNREFUSED');
  });
});
