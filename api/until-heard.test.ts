import {WorkflowUpdateFailedError} from '@temporalio/client';
import {ApplicationFailure} from '@temporalio/common';
import {untilHeard} from './until-heard.ts';

const refusedAs = (type: string) =>
  new WorkflowUpdateFailedError('Workflow Update failed', ApplicationFailure.create({type, message: 'no'}));

/** Asks a run that gives so many answers of one kind before it takes the update; says how often it was asked. */
async function asking(type: string, times: number, ms = 60_000) {
  let asked = 0;
  const ask = () => {
    asked += 1;
    return asked > times ? Promise.resolve('done') : Promise.reject(refusedAs(type));
  };
  const answer = await untilHeard(Date.now() + ms, ask).catch((error: Error) => error.message);
  return {answer, asked};
}

describe('an update', () => {
  it('that came back unheard is sent again', async () => {
    expect(await asking('UnprocessedUpdate', 2)).toEqual({answer: 'done', asked: 3});
  });

  it('that the run refused is not', async () => {
    expect(await asking('TooLate', 2)).toEqual({answer: 'Workflow Update failed', asked: 1});
  });

  it('is not sent again after its time', async () => {
    expect(await asking('UnprocessedUpdate', 2, 0)).toEqual({answer: 'Workflow Update failed', asked: 1});
  });
});
