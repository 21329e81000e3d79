import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createMetrics} from '../../api/metrics.ts';

describe('the metrics of the last audit', () => {
  const folder = mkdtempSync(join(tmpdir(), 'waybill-audit-metrics-'));
  const auditFile = join(folder, 'audit.json');
  const shown = async () => {
    const text = await createMetrics({process: false, auditFile}).registry.metrics();
    return text.split('\n').filter((line) => line.startsWith('waybill_audit_'));
  };
  afterAll(() => rmSync(folder, {recursive: true}));

  it('are not there before there was one', async () => {
    expect(await shown()).toEqual([]);
  });

  it('count what it found, by invariant, and tell how old it is', async () => {
    const at = new Date(Date.now() - 60_000).toISOString();
    writeFileSync(auditFile, JSON.stringify({at, violations: [{id: 'M3'}, {id: 'M3'}, {id: 'S1'}]}));
    const [first, second, age, failed] = await shown();
    expect([first, second, failed]).toEqual([
      'waybill_audit_violations{invariant="M3"} 2',
      'waybill_audit_violations{invariant="S1"} 1',
      'waybill_audit_failed 0',
    ]);
    expect(Number(age?.split(' ')[1])).toBeGreaterThanOrEqual(60);
  });

  it('say that nothing was found, and that the last one could not be made', async () => {
    writeFileSync(auditFile, JSON.stringify({at: new Date().toISOString(), violations: [], error: 'no database'}));
    const lines = await shown();
    expect(lines).toContain('waybill_audit_violations{invariant="none"} 0');
    expect(lines).toContain('waybill_audit_failed 1');
  });
});
