import {counted, remaining, unfinished, within} from './scan-verdict.ts';
import type {StopView, TaskView} from './scan-verdict.ts';

function stop(stop_id: string, bin: string, more: Partial<StopView> = {}): StopView {
  return {
    stop_id,
    position: Number(stop_id),
    bin,
    sku: `S${stop_id}`,
    barcode: null,
    name: stop_id,
    qty: 2,
    picked: 0,
    short: 0,
    opened: false,
    ...more,
  };
}
const stops = [stop('3', 'B'), stop('1', 'A', {picked: 1, short: 1, opened: true}), stop('2', 'A')];
const task: TaskView = {state: 'open', kind: 'pick', claimed_by: null, lease_until: null, stops};

describe('stops of a task', () => {
  it('are finished when all is picked or short', () => {
    expect(stops.map(remaining)).toEqual([2, 0, 2]);
    expect(unfinished(task).map((s) => s.stop_id)).toEqual(['2', '3']);
  });
  it('are at hand when their bin was opened, even for a stop that is finished by now', () => {
    expect(within(task).map((s) => s.stop_id)).toEqual(['2']);
  });
  it('close one after the other, and the task with the last', () => {
    const [last] = stops;
    const verdict = counted({...task, stops: [last as StopView]}, last as StopView, 'pick', 2);
    expect(verdict).toMatchObject({closes_stop: true, closes_task: true, next: null});
  });
});
