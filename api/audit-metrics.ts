import {readFile} from 'node:fs/promises';
import {Gauge, type Registry} from 'prom-client';

/** What the audit beside the system leaves behind after each round. */
interface LastRound {
  /** RFC 3339, real time */
  at: string;
  violations?: {id: string}[];
  /** why it could not be made */
  error?: string;
}

/** Shows the last round of the audit, read from its file when somebody looks; nothing while there is no such file. */
export function showAudit(registry: Registry, file: string): void {
  const gauge = (
    name: string,
    help: string,
    show: (gauge: Gauge, round: LastRound) => void,
    labelNames: string[] = [],
  ) =>
    new Gauge({
      name,
      help,
      labelNames,
      registers: [registry],
      collect: async function (this: Gauge) {
        const round = await lastRound(file);
        this.reset();
        if (round) show(this, round);
        else if (labelNames.length === 0) this.remove();
      },
    });
  const byInvariant = (it: Gauge, {violations = []}: LastRound) => {
    if (violations.length === 0) it.set({invariant: 'none'}, 0);
    for (const {id} of violations) it.inc({invariant: id});
  };
  gauge('waybill_audit_violations', 'what the last audit found wrong', byInvariant, ['invariant']);
  gauge('waybill_audit_age_seconds', 'real seconds since the last audit ended', (it, {at}) =>
    it.set((Date.now() - Date.parse(at)) / 1_000),
  );
  gauge('waybill_audit_failed', '1 when the last audit could not be made', (it, {error}) =>
    it.set(error === undefined ? 0 : 1),
  );
}

async function lastRound(file: string): Promise<LastRound | null> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as LastRound;
  } catch {
    return null;
  }
}
