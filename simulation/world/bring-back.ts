import type {Crew} from './crew.ts';

/** Parcels that could not be delivered: the carrier brings them back, and they are scanned in. */
export async function bringBack(crew: Crew, trackingNumbers: readonly string[]): Promise<void> {
  const now = crew.clock.now();
  for (const code of trackingNumbers) {
    await crew.carrier.plan(code, [
      {status: 'in_transit', at: now},
      {status: 'return_to_sender', at: now + 1_000},
    ]);
  }
  await crew.clock.pause(500);
  for (const code of trackingNumbers) {
    const answer = await crew.client.scan('receiver', {
      operation_id: `${crew.tag}:${code}:back`.slice(0, 100),
      kind: 'return',
      code,
    });
    if (!answer.accepted) throw new Error(`parcel ${code} came back and was refused: ${answer.code}`);
    crew.tally.add('parcels.came_back');
  }
}
