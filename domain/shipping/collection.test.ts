import {COLLECTION, restOf} from './collection.ts';

const terms = {...COLLECTION, retry_first: 100, retry_max: 350};

describe('the rest of a question that was not answered', () => {
  it('doubles up to a limit', () => {
    expect([1, 2, 3, 60].map((attempts) => restOf(terms, attempts))).toEqual([100, 200, 350, 350]);
  });

  it('is never shorter than the platform wants it', () => {
    expect(restOf(terms, 1, 5_000)).toBe(5_000);
    expect(restOf(terms, 3, 10)).toBe(350);
  });
});
