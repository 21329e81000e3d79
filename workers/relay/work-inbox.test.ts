import {readTracker} from '../../adapters/easypost-shipment.ts';
import {trackingFactKey} from '../../domain/shipping/tracking.ts';
import {toTracking} from './work-inbox.ts';

const tracker = {
  tracking_code: 'NF1',
  status: 'in_transit',
  updated_at: '2026-12-02T05:37:52Z',
  tracking_details: [
    {status: 'pre_transit', datetime: '2026-11-30T01:00:00Z'},
    {status: 'in_transit', datetime: '2026-11-30T03:22:16Z'},
  ],
};

const unread = {
  ...tracker,
  status: 'unknown',
  carrier: 'NordFreight',
  tracking_details: [
    ...tracker.tracking_details,
    {status: 'unknown', datetime: '2026-12-01T00:00:00Z', carrier_code: 'X7'},
  ],
};

describe('toTracking', () => {
  it('knows a word that is asked for again: silence goes on', () => {
    for (const asked of [tracker, unread]) {
      expect(toTracking(asked)?.fact_key).toBe(trackingFactKey(readTracker(asked)));
    }
    expect(toTracking(tracker)?.fact_key).not.toContain('/');
    expect(toTracking(unread)?.fact_key).toContain('/X7');
  });

  it('takes the time of the present status, else that of the tracker', () => {
    expect(toTracking(tracker)?.at).toBe(Date.parse('2026-11-30T03:22:16Z'));
    expect(toTracking({...unread, tracking_details: []})?.code).toBeNull();
    expect(toTracking({...tracker, tracking_details: []})?.at).toBe(Date.parse('2026-12-02T05:37:52Z'));
    expect(toTracking({tracking_code: 'NF1', status: 'unknown', updated_at: 'soon'})?.at).toBe(0);
  });
});
