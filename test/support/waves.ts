import {releaseWaves} from '../../store/release-waves.ts';
import type {TourView, WaveView} from '../../store/views/waves-view.ts';
import {freshKey, type TestApi} from './api.ts';

const HERE = '/v1/warehouses/WH-NY-1';

/** What the lead and those who pick do with the waves of WH-NY-1. */
export function wavesOf(api: () => TestApi) {
  const lead = () => api().as('warehouse_lead');

  const waves = async (state = 'open'): Promise<WaveView[]> =>
    (await lead().get(`${HERE}/waves?state=${state}`).expect(200)).body;

  const release = async (body: object = {}): Promise<WaveView> => {
    const made = await lead().post(`${HERE}/waves`, body).expect(200);
    const found = (await waves()).find((wave) => wave.wave_id === made.body.wave_id);
    if (!found) throw new Error(`no wave: ${JSON.stringify(made.body)}`);
    return found;
  };

  const scan = async (role: 'picker' | 'packer', task_id: string, kind: string, code: string) => {
    const body = {operation_id: freshKey(), task_id, kind, code};
    return (await api().as(role).post('/v1/scans', body).expect(200)).body;
  };

  /** Picks everything of a tour, stop by stop as it says; returns what the last scan answered. */
  const walk = async (role: 'picker' | 'packer', tour: TourView) => {
    let answer = null;
    for (const stop of tour.stops) {
      expect((await scan(role, stop.task_id, 'bin', stop.bin)).accepted).toBe(true);
      answer = await scan(role, stop.task_id, 'item', stop.barcode);
      expect(answer.accepted).toBe(true);
    }
    return answer;
  };

  /** Pick tasks that the floor is shown. */
  const offered = async (what: 'task_id' | 'tour_id' = 'task_id'): Promise<string[]> => {
    const {body} = await api().as('picker').get(`${HERE}/tasks?state=open&kind=pick`).expect(200);
    return body.map((task: Record<string, string>) => task[what]);
  };

  /** Picks whatever nobody has begun. */
  const clearTheFloor = async () => {
    await lead().post(`${HERE}/waves`, {kind: 'single'}).expect(200);
    for (const tour of (await waves()).flatMap((wave) => wave.tours)) await walk('picker', tour);
    await releaseWaves(api().store);
  };

  return {waves, release, scan, walk, offered, clearTheFloor};
}
