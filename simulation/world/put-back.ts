import type {Crew} from './crew.ts';

const PATIENCE_MS = 120_000;

/** Picked units that are not sent after all go back to their shelves, scan by scan. */
export async function putBack(crew: Crew, warehouse: string, subOrderId: string): Promise<void> {
  const task = await crew.floor.task(warehouse, subOrderId, 'unpick', PATIENCE_MS);
  if (!task) throw new Error(`nobody is told to put back what was picked of ${subOrderId}`);
  const {task_id, stops} = task;
  for (const [position, {bin, barcode, qty}] of stops.entries()) {
    const steps = [{kind: 'bin', code: bin} as const, {kind: 'item', code: barcode, qty} as const];
    for (const step of steps) {
      const operation_id = `${crew.tag}:${task_id}:${position}:${step.kind}`;
      const answer = await crew.client.scan('picker', {operation_id, task_id, ...step});
      if (!answer.accepted) throw new Error(`a unit could not be put back: ${answer.code} (${answer.message})`);
    }
    crew.tally.add('units.put_back', qty);
  }
}
