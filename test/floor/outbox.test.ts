import fc from 'fast-check';
import {type Conflict, drain, type OutboxPorts, type Reply, type Waiting} from '../../web/floor/outbox.ts';

const scanOf = (seq: number, client = 'staff:1', accepted = true): Waiting => ({
  seq,
  client,
  operation_id: `op-${seq}`,
  task_id: 'tsk',
  kind: 'item',
  code: `code-${seq}`,
  told: {accepted, code: accepted ? 'ok' : 'wrong_item'},
});

/** A server that remembers operations, behind a network that may lose the question, or the answer. */
function serverBehind(losses: readonly ('question' | 'answer' | null)[], accepts: (scan: Waiting) => boolean) {
  const counted: string[] = [];
  let call = 0;
  const send = (scan: Waiting): Promise<Reply> => {
    const lost = losses[call++] ?? null;
    if (lost === 'question') return Promise.resolve({kind: 'silent'});
    if (!counted.includes(scan.operation_id)) counted.push(scan.operation_id);
    if (lost === 'answer') return Promise.resolve({kind: 'silent'});
    const accepted = accepts(scan);
    return Promise.resolve({kind: 'answered', accepted, code: accepted ? 'ok' : 'cancelled', message: 'said'});
  };
  return {counted, send};
}

function portsOf(line: Waiting[], send: OutboxPorts['send']) {
  const conflicts: Conflict[] = [];
  const ports: OutboxPorts = {
    first: (client) => Promise.resolve(line.find((scan) => scan.client === client) ?? null),
    send,
    settle: (scan, _reply, conflict) => {
      line.splice(line.indexOf(scan), 1);
      if (conflict) conflicts.push(conflict);
      return Promise.resolve();
    },
  };
  return {ports, conflicts};
}

describe('what waits to be sent', () => {
  it('goes out in order, nothing lost and nothing twice, however often the network fails', async () => {
    const loss = fc.constantFrom('question' as const, 'answer' as const, null);
    await fc.assert(
      fc.asyncProperty(fc.integer({min: 0, max: 8}), fc.array(loss, {maxLength: 20}), async (n, losses) => {
        const line = Array.from({length: n}, (_, i) => scanOf(i));
        const server = serverBehind(losses, () => true);
        const {ports, conflicts} = portsOf(line, server.send);
        for (let i = 0; i <= losses.length && (await drain(ports, 'staff:1')) !== 'empty'; i += 1);
        expect(server.counted).toEqual(Array.from({length: n}, (_, i) => `op-${i}`));
        expect([line, conflicts]).toEqual([[], []]);
      }),
    );
  });

  it('tells where the server says otherwise, both ways, and goes on', async () => {
    const line = [scanOf(1), scanOf(2, 'staff:1', false), scanOf(3, 'staff:1', false), scanOf(4)];
    const server = serverBehind([], ({seq}) => seq === 2 || seq === 4);
    const {ports, conflicts} = portsOf(line, server.send);
    expect(await drain(ports, 'staff:1')).toBe('empty');
    expect(conflicts.map(({scan, code, message}) => [scan.seq, code, message])).toEqual([
      [1, 'cancelled', 'said'],
      [2, 'ok', 'said'],
    ]);
  });

  it("leaves somebody else's for them, keeps all of it while nobody is signed in, and tells what can never be taken", async () => {
    const line = [scanOf(1, 'staff:2'), scanOf(2), scanOf(3)];
    const replies: Reply[] = [{kind: 'rejected', code: 'invalid_request', message: 'no'}, {kind: 'signed_out'}];
    const {ports, conflicts} = portsOf(line, () => Promise.resolve(replies.shift() as Reply));
    expect(await drain(ports, 'staff:1')).toBe('signed_out');
    expect(line.map(({seq}) => seq)).toEqual([1, 3]);
    expect(conflicts.map(({scan, code}) => [scan.seq, code])).toEqual([[2, 'invalid_request']]);
  });
});
