import {decideReturn} from './decide.ts';
import {RETURNS} from './policy.ts';
import {assertReturnMove, isReturnEnded, RETURN_ENDS, RETURN_MOVES, RETURN_STATES, returnWaitsFor} from './state.ts';
import {dispositionOf, GRADES} from './terms.ts';

describe('the decision about a return', () => {
  const found = {value: 5_000, reasons: ['changed_mind'] as const, returns_before: 0};
  it('approves the clear cases and says why', () => {
    expect(decideReturn(RETURNS, found)).toEqual({outcome: 'approve', reasons: ['within_policy']});
  });

  it('leaves the odd ones to a person, with every reason', () => {
    const odd = {value: 60_000, reasons: ['damaged', 'damaged', 'late'] as const, returns_before: 5};
    expect(decideReturn(RETURNS, odd)).toEqual({
      outcome: 'review',
      reasons: ['high_value', 'many_returns', 'claims_damaged'],
    });
  });
});

describe('the states of a return', () => {
  it('are all reached from the first one, and only ends lead nowhere', () => {
    const seen = new Set<string>(['requested']);
    for (const state of seen) for (const next of RETURN_MOVES[state as 'requested']) seen.add(next);
    expect([...seen].sort()).toEqual([...RETURN_STATES].sort());
    for (const state of RETURN_STATES) {
      expect([state, RETURN_MOVES[state].length === 0]).toEqual([state, isReturnEnded(state)]);
      expect([state, returnWaitsFor(state) === null]).toEqual([state, RETURN_ENDS.includes(state)]);
    }
  });

  it('refuse any other move, naming both', () => {
    expect(() => assertReturnMove('closed', 'received')).toThrow('from closed to received');
    expect(() => assertReturnMove('in_transit', 'received')).not.toThrow();
  });

  it('let only what is as new be sold again', () => {
    expect(GRADES.filter((grade) => dispositionOf(grade) === 'restock')).toEqual(['as_new']);
  });
});
