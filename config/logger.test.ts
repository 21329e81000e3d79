import {createLogger} from './logger.ts';

function logged(write: (logger: ReturnType<typeof createLogger>) => void, level = 'info') {
  const lines: string[] = [];
  write(createLogger({level, process: 'test', destination: {write: (line) => lines.push(line)}}));
  return lines.map((line) => ({line, fields: JSON.parse(line) as Record<string, unknown>}));
}

const CANARY = 'canary-4711';

describe('the logger', () => {
  it('writes one JSON object a line', () => {
    const [entry] = logged((logger) => logger.info({order_id: 'ord-1', amount: 5n}, 'order\nplaced'));
    expect(entry?.fields).toMatchObject({
      level: 'info',
      process: 'test',
      order_id: 'ord-1',
      amount: '5',
      message: 'order\nplaced',
    });
    expect(entry?.line.trimEnd()).not.toContain('\n');
  });

  it.each([
    'name',
    'email',
    'phone',
    'line1',
    'line2',
    'ship_to',
    'customer',
    'authorization',
    'Authorization',
    'payment_method',
    'client_secret',
  ])('redacts %s at any depth', (field) => {
    const secret = {[field]: CANARY};
    const entries = logged((logger) => {
      logger.info(secret);
      logger.info({a: {b: [{c: {d: secret}}]}});
      logger.info({map: new Map([['x', secret]])});
      logger.child({a: secret}).child(secret).info('child');
      logger.info({[field]: {nested: CANARY}});
    });
    expect(entries).toHaveLength(5);
    for (const {line} of entries) expect(line).not.toContain(CANARY);
  });

  it('logs an error by type, code, message and stack, and nothing else of it', () => {
    const cause = Object.assign(new Error('duplicate key'), {code: '23505', detail: CANARY});
    const error = Object.assign(new TypeError('no', {cause}), {raw: {email: CANARY}, row: CANARY});
    const entries = logged((logger) => {
      logger.error(error);
      logger.error({err: error}, 'failed');
      logger.error({inner: {error}});
    });
    for (const {line} of entries) {
      expect(line).not.toContain(CANARY);
      expect(line).toContain('TypeError');
      expect(line).toContain('23505');
    }
  });

  it('survives cycles and bytes', () => {
    const cycle: Record<string, unknown> = {bytes: new Uint8Array(3)};
    cycle['self'] = cycle;
    const [entry] = logged((logger) => logger.info({cycle}));
    expect(entry?.line).toContain('[3 bytes]');
    expect(entry?.line).toContain('[deep]');
  });

  it('keeps quiet below its level', () => {
    expect(logged((logger) => logger.info('x'), 'warn')).toEqual([]);
  });
});
