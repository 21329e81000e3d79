import fc from 'fast-check';
import {
  admits,
  afterPurchase,
  beginProbe,
  CARRIERS,
  type CarrierHealth,
  type PurchaseOutcome,
  WELL,
} from './carrier-health.ts';

const heard = (outcome: PurchaseOutcome, at: number, parcel = 'p', retry_after: number | null = null) => ({
  outcome,
  at,
  parcel,
  retry_after,
});
const following = (outcomes: readonly PurchaseOutcome[], from = WELL): CarrierHealth =>
  outcomes.reduce((health, outcome, at) => afterPurchase(health, heard(outcome, at), CARRIERS), from);
const times = (n: number, ...outcomes: PurchaseOutcome[]) => Array.from({length: n}, () => outcomes).flat();
const OPEN = following(times(4, 'failed'));

describe('the breaker of a carrier', () => {
  it('opens at the fourth failure in a row', () => {
    expect(following(times(3, 'failed')).state).toBe('closed');
    expect(OPEN).toMatchObject({state: 'open', failures: 4, opened_at: 3, probe_at: 3 + CARRIERS.probe_after});
  });
  it('opens within ten failures where every second purchase fails', () => {
    const half = following(times(10, 'failed', 'succeeded'));
    expect(half.state).toBe('open');
    expect(half.failures).toBeLessThanOrEqual(10);
  });
  it('stays closed where three of four succeed, and forgets', () => {
    expect(following(times(500, 'failed', 'succeeded', 'succeeded', 'succeeded'))).toEqual(WELL);
  });
  it('is not moved by what says nothing about the carrier', () => {
    expect(following(times(50, 'said_nothing'))).toEqual(WELL);
  });
  it('waits as long as it was told to, within reason', () => {
    const told = afterPurchase(following(times(3, 'failed')), heard('failed', 0, 'p', 300_000), CARRIERS);
    expect(told.probe_at).toBe(300_000);
    const forever = afterPurchase(following(times(3, 'failed')), heard('failed', 0, 'p', 1e12), CARRIERS);
    expect(forever.probe_at).toBe(CARRIERS.probe_at_most);
  });
});

describe('its probe', () => {
  const due = OPEN.probe_at ?? 0;
  const probing = beginProbe(OPEN, 'a', due, CARRIERS) as CarrierHealth;

  it('comes when it is due, and is one', () => {
    expect(beginProbe(OPEN, 'a', due - 1, CARRIERS)).toBeNull();
    expect(probing).toMatchObject({state: 'half_open', probe_by: 'a'});
    expect(beginProbe(probing, 'b', due + 1, CARRIERS)).toBeNull();
  });
  it('is taken up again by its own parcel, and by another when nothing was heard of it', () => {
    expect(beginProbe(probing, 'a', due + 1, CARRIERS)).not.toBeNull();
    expect(beginProbe(probing, 'b', due + CARRIERS.probe_lease, CARRIERS)).toMatchObject({probe_by: 'b'});
  });
  it('closes it when it succeeds', () => {
    expect(afterPurchase(probing, heard('succeeded', due + 5, 'a'), CARRIERS)).toEqual(WELL);
  });
  it('opens it for twice as long when it fails, up to the limit', () => {
    const again = afterPurchase(probing, heard('failed', due, 'a'), CARRIERS);
    expect(again).toMatchObject({state: 'open', probe_at: due + 2 * CARRIERS.probe_after, probes_failed: 1});
    const often = {...probing, probes_failed: 60};
    expect(afterPurchase(often, heard('failed', 0, 'a'), CARRIERS).probe_at).toBe(CARRIERS.probe_at_most);
  });
  it('leaves the word to the next parcel when it says nothing', () => {
    const next = afterPurchase(probing, heard('said_nothing', due, 'a'), CARRIERS);
    expect(admits(next, due)).toBe('probe');
  });
  it('alone is believed while it is open', () => {
    for (const outcome of ['succeeded', 'failed', 'said_nothing'] as const) {
      expect(afterPurchase(OPEN, heard(outcome, due, 'x'), CARRIERS)).toEqual(OPEN);
      expect(afterPurchase(probing, heard(outcome, due, 'x'), CARRIERS)).toEqual(probing);
    }
  });
});

it('never shuts a carrier out for ever, and never lets two parcels find out at once', () => {
  const step = fc.record({
    parcel: fc.constantFrom('a', 'b', 'c'),
    outcome: fc.constantFrom<PurchaseOutcome>('succeeded', 'failed', 'failed', 'said_nothing'),
    after: fc.integer({min: 0, max: CARRIERS.probe_at_most}),
  });
  fc.assert(
    fc.property(fc.array(step, {maxLength: 60}), (steps) => {
      let [health, now] = [WELL, 0];
      for (const {parcel, outcome, after: pause} of steps) {
        now += pause;
        const probe = admits(health, now) === 'probe' ? beginProbe(health, parcel, now, CARRIERS) : null;
        if (probe) {
          health = probe;
          for (const other of ['a', 'b', 'c'])
            if (other !== parcel) expect(beginProbe(health, other, now, CARRIERS)).toBeNull();
        }
        health = afterPurchase(health, heard(outcome, now, parcel), CARRIERS);
        expect(admits(health, now + CARRIERS.probe_at_most + CARRIERS.probe_lease)).not.toBe('no');
      }
    }),
  );
});
