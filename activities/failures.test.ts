import {ApplicationFailure} from '@temporalio/activity';
import {ProviderError} from '../domain/provider-error.ts';
import {judged} from './failures.ts';

const failureOf = async (run: () => Promise<unknown>): Promise<unknown> => {
  const {step} = judged({step: run});
  return step().catch((error: unknown) => error);
};

describe('an activity', () => {
  it('that was refused is not tried again by itself', async () => {
    const refused = new ProviderError('too_much', 'no', {retryable: false, unknown: false});
    const failure = await failureOf(() => Promise.reject(refused));
    expect(failure).toBeInstanceOf(ApplicationFailure);
    expect(failure).toMatchObject({type: 'too_much', nonRetryable: true});
  });

  it('waits as long as the provider asks for, within reason', async () => {
    const wait = async (retryAfter: number | null) => {
      const busy = new ProviderError('busy', 'later', {retryable: true, unknown: false, retryAfter});
      return ((await failureOf(() => Promise.reject(busy))) as ApplicationFailure).nextRetryDelay;
    };
    expect([await wait(2_000), await wait(3_600_000), await wait(null)]).toEqual([2_000, 60_000, undefined]);
  });

  it('that answers more than the engine takes fails for good instead of for ever', async () => {
    const failure = await failureOf(() => Promise.resolve({text: 'ß'.repeat(800_000)}));
    expect(failure).toMatchObject({type: 'result_too_large', nonRetryable: true});
    expect(await failureOf(() => Promise.resolve({text: 'ß'.repeat(700_000)}))).toHaveProperty('text');
    expect(await failureOf(() => Promise.resolve(undefined))).toBeUndefined();
  });
});
