import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {type LastRound, runRounds} from '../../simulation/audit/rounds.ts';
import {order} from './damage.ts';
import {damageBooks, drop, serveLedgers, targetsOf, temporalOf, writeBooks} from './neighbours.ts';
import {smallWorld} from './small-world.ts';

describe('an audit that goes on beside a running system', () => {
  const name = `audit_rounds_${process.pid}`;
  const books = smallWorld();
  const dataDir = mkdtempSync(join(tmpdir(), 'waybill-rounds-'));
  const lines: {level: string; message: string; id?: string; subject?: string}[] = [];
  let ledgers: Awaited<ReturnType<typeof serveLedgers>>;

  beforeAll(async () => {
    ledgers = await serveLedgers();
    ledgers.show(books);
    await writeBooks(name, books);
  });
  afterAll(async () => {
    await ledgers.close();
    await drop(name);
    rmSync(dataDir, {recursive: true});
  });

  /** One round; `between` happens before the second look, if there is one. */
  async function round(between?: () => Promise<void>, gone = false): Promise<LastRound> {
    const stop = new AbortController();
    const tell = (level: string) => (fields: object, message: string) => {
      lines.push({...fields, level, message});
      if (['audited', 'the audit could not be made'].includes(message)) setImmediate(() => stop.abort());
    };
    let looks = 0;
    const view = temporalOf(books);
    const runs = async () => {
      looks += 1;
      if (looks === 2) await between?.();
      if (gone) throw new Error('Temporal does not answer');
      return view.runs();
    };
    const targets = () => targetsOf(name, ledgers.url, {...view, runs});
    const log = {info: tell('info'), warn: tell('warn')};
    lines.length = 0;
    await runRounds({dataDir, targets, everyMs: 1_000, log, stop: stop.signal, secondLookMs: 1});
    return JSON.parse(readFileSync(join(dataDir, 'run', 'audit.json'), 'utf8')) as LastRound;
  }
  const damage = [`UPDATE orders SET fraud_score = 0.5 WHERE id = 'ord_6'`];

  it('leaves its round in a file and a line in the log', async () => {
    const last = await round();
    expect(last.violations).toEqual([]);
    expect(Date.parse(last.at)).toBeGreaterThan(0);
    expect(lines).toMatchObject([{level: 'info', message: 'audited', violations: 0}]);
  });

  it('does not believe what a second look does not see', async () => {
    await damageBooks(name, books, damage);
    const last = await round(() => damageBooks(name, books, []));
    expect(last.violations).toEqual([]);
  });

  it('tells of a violation once, while it lasts and when it is gone', async () => {
    await damageBooks(name, books, damage);
    const last = await round();
    expect(last.violations).toMatchObject([{id: 'E5', subject: order(6)}]);
    expect(last.timeline?.[order(6)]?.length).toBeGreaterThan(3);
    expect(lines.filter(({level}) => level === 'warn')).toMatchObject([{id: 'E5', subject: order(6)}]);
    await round();
    expect(lines.filter(({level}) => level === 'warn')).toEqual([]);
    await damageBooks(name, books, []);
    await round();
    expect(lines.at(-1)).toMatchObject({level: 'info', id: 'E5', message: 'holds again'});
  });

  it('says so when it cannot look, and keeps what it knew', async () => {
    const last = await round(undefined, true);
    expect(last).toMatchObject({error: 'Temporal does not answer', violations: []});
    expect(lines).toMatchObject([{level: 'warn', error: 'Temporal does not answer'}]);
  });
});
