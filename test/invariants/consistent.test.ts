import {INVARIANTS, NOT_YET} from '../../simulation/invariants/registry.ts';
import {reportText} from '../../simulation/invariants/report.ts';
import {audit, drop, serveLedgers, temporalOf, writeBooks} from './neighbours.ts';
import {smallWorld} from './small-world.ts';

describe('the audit of a world where everything agrees', () => {
  const name = `audit_ok_${process.pid}`;
  const books = smallWorld();
  let ledgers: Awaited<ReturnType<typeof serveLedgers>>;

  beforeAll(async () => {
    ledgers = await serveLedgers();
    ledgers.show(books);
    await writeBooks(name, books);
  });
  afterAll(async () => {
    await ledgers.close();
    await drop(name);
  });

  it('checks every invariant and finds nothing', async () => {
    const report = await audit(name, ledgers.url, temporalOf(books));
    expect(report.violations).toEqual([]);
    expect(report.checked).toEqual(INVARIANTS.map(({id}) => id));
    expect(report.not_yet).toEqual(NOT_YET.map(({id, row}) => ({id, row})));
  });

  it('asks, while orders are under way, what holds only at rest of those that rest', async () => {
    const report = await audit(name, ledgers.url, temporalOf(books), {quiescent: false});
    expect(report.violations).toEqual([]);
    expect(report.checked).toEqual(INVARIANTS.map(({id}) => id));
    expect(report.orders).toEqual({all: 7, at_rest: 7});
    expect(reportText(report)).toMatch(/M7 +not yet \(N3\)/);
  });

  it('says what it cannot compare where real providers keep the books, and checks the rest', async () => {
    const real = {
      stripeUrl: undefined,
      carrierUrl: undefined,
      mailUrl: undefined,
      smsUrl: undefined,
      supplierUrl: undefined,
      now: () => Date.parse(books.stripe.now),
    };
    const report = await audit(name, ledgers.url, temporalOf(books), real);
    expect(report.violations).toEqual([]);
    const left = (what: string) => report.not_compared.filter((n) => n.left_out === what).map(({id}) => id);
    expect(left('all')).toEqual(['M2', 'M6', 'M8', 'D3', 'C1', 'C2', 'C5', 'C6', 'E3']);
    expect(left('part')).toEqual(expect.arrayContaining(['M1', 'M3', 'N2']));
    expect(report.checked).not.toContain('M6');
    expect(reportText(report)).toMatch(/M6 +not checked .*the real Stripe shows no books/);
  });
});
