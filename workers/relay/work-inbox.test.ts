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

describe('toTracking', () => {
  it('knows a word that is asked for again: silence goes on', () => {
    const {status, at} = readTracker(tracker);
    expect(toTracking(tracker)?.fact_key).toBe(trackingFactKey(status, at));
  });

  it('takes the time of the present status, else that of the tracker', () => {
    expect(toTracking(tracker)?.at).toBe(Date.parse('2026-11-30T03:22:16Z'));
    expect(toTracking({...tracker, tracking_details: []})?.at).toBe(Date.parse('2026-12-02T05:37:52Z'));
    expect(toTracking({tracking_code: 'NF1', status: 'unknown', updated_at: 'soon'})?.at).toBe(0);
  });
});
