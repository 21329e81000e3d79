import {spawn} from 'node:child_process';
import {randomBytes} from 'node:crypto';
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import pg from 'pg';
import {createMailer} from '../../adapters/mail.ts';
import {type RunningMailSink, startMailSink} from '../../emulators/mail/sink.ts';
import {findTargets} from '../../simulation/audit/targets.ts';
import {checkInvariants, type InvariantReport} from '../../simulation/invariants/index.ts';
import {comeToRest} from '../support/books.ts';
import {type Floor, openFloor} from '../support/floor.ts';
import {offer, openShop} from '../support/shop.ts';
import {until} from '../support/until.ts';
import {startWorld, type World} from '../support/world.ts';
import {type Drift, DRIFTS} from './real-damage.ts';

/** A real system with a few orders behind it; what is damaged in its database, `npm run audit` names. */
describe('npm run audit of a system whose database was damaged', () => {
  const namespace = `audit-${randomBytes(6).toString('hex')}`;
  const folder = mkdtempSync(join(tmpdir(), 'waybill-damaged-'));
  const orders: Record<string, {id: string; number: string}> = {};
  let world: World;
  let sink: RunningMailSink;
  let admin: pg.Client;

  beforeAll(async () => {
    sink = await startMailSink({booksDir: join(folder, 'mail')});
    const notifier = createMailer({smtpUrl: `smtp://127.0.0.1:${sink.smtpPort}`, from: 'shop@example.com'});
    world = await startWorld({namespace, relay: (parts) => ({...parts, notifier})});
    admin = new pg.Client({connectionString: world.api.databaseUrl});
    await admin.connect();
    await openShop(world.api);
    await playOrders(openFloor(world), orders);
    await comeToRest(world);
    mkdirSync(join(folder, 'run'));
    const urls = {
      database: world.api.databaseUrl,
      temporal: process.env['TEST_TEMPORAL_ADDRESS'],
      stripe: world.stripeUrl,
      carrier: world.carrierUrl,
      supplier: world.supplierUrl,
      mail: sink.url,
      sms: world.smsUrl,
    };
    writeFileSync(join(folder, 'run', 'urls.json'), JSON.stringify(urls));
  }, 180_000);
  afterAll(async () => {
    await admin.end();
    await world.close();
    await sink.close();
    rmSync(folder, {recursive: true, force: true});
  });

  /** The command itself, as a process; its last line is the report. */
  async function audit(): Promise<{status: number | null; text: string; report: InvariantReport}> {
    const program = resolve('dist/simulation/audit-main.js');
    const env = {...process.env, TEMPORAL_NAMESPACE: namespace};
    const child = spawn(process.execPath, [program, '--data-dir', folder, '--quiescent', '--json'], {env});
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
    const status = await new Promise<number | null>((done) => child.on('close', done));
    try {
      return {status, text, report: JSON.parse(text.trimEnd().split('\n').at(-1) ?? '') as InvariantReport};
    } catch {
      throw new Error(text);
    }
  }

  /** The same without a process of its own, which takes longer than the audit. */
  const look = () => checkInvariants(findTargets(folder, true, {TEMPORAL_NAMESPACE: namespace}));

  /** As a person with all rights would: triggers do not run, and foreign rows are not asked. */
  async function byHand(statements: {text: string; values?: unknown[]}[]): Promise<void> {
    await admin.query('BEGIN');
    await admin.query('SET LOCAL session_replication_role = replica');
    for (const {text, values} of statements) await admin.query(text, values);
    await admin.query('COMMIT');
  }

  const save = (table: string) => ({text: `CREATE TABLE saved_${table} AS SELECT * FROM ${table}`});
  const restore = (table: string) => [
    {text: `DELETE FROM ${table}`},
    {text: `INSERT INTO ${table} SELECT * FROM saved_${table}`},
    {text: `DROP TABLE saved_${table}`},
  ];

  it('finds nothing before', async () => {
    const {status, report} = await audit();
    expect(report.violations).toEqual([]);
    expect(report.not_compared).toEqual([]);
    expect(status).toBe(0);
  });

  it.each(DRIFTS.map((drift) => [drift.title, drift.fires.join(', '), drift] as const))(
    '%s: %s',
    async (_t, _f, drift) => {
      const order = orders[drift.about ?? 'waiting'];
      await byHand([...drift.tables.map(save), ...drift.sql.map((text) => ({text, values: [order?.id]}))]);
      const report = await look();
      await byHand(drift.tables.flatMap(restore));
      expectFound(drift, report, order?.number ?? '');
    },
  );

  function expectFound({fires, about}: Drift, {violations, timeline}: InvariantReport, number: string): void {
    const fired = [...new Set(violations.map(({id}) => id))];
    expect({fired: fired.sort(), violations}).toMatchObject({fired: [...fires].sort()});
    if (about === null) return;
    expect(violations.map(({subject}) => subject)).toContain(number);
    const moments = timeline[number] ?? [];
    expect(moments.length).toBeGreaterThan(3);
    expect(moments.length).toBeLessThanOrEqual(25);
    expect(moments[0]?.what).toMatch(/^placed, /);
  }

  it('finds nothing again once all is repaired', async () => {
    const {status, report} = await audit();
    expect(report.violations).toEqual([]);
    expect(status).toBe(0);
  });

  it('finds what happened behind our back at the neighbours and in Temporal', async () => {
    const form = {
      amount: '500',
      currency: 'usd',
      capture_method: 'manual',
      confirm: 'true',
      payment_method: 'pm_card_visa',
    };
    const answer = await fetch(`${world.stripeUrl}/v1/payment_intents`, {
      method: 'POST',
      headers: {authorization: 'Bearer sk_test_emulator', 'idempotency-key': 'by-hand'},
      body: new URLSearchParams({
        ...form,
        'automatic_payment_methods[enabled]': 'true',
        'automatic_payment_methods[allow_redirects]': 'never',
      }),
    });
    expect(await answer.text()).toContain('requires_capture');
    await world.client.workflow.getHandle(`order:${orders['waiting']?.id}`).terminate('by hand');
    const fired = async () => new Set((await look()).violations.map(({id}) => id));
    await until('the terminated run to be listed', async () => (await fired()).has('W3'));
    const {status, text, report} = await audit();
    expect([...new Set(report.violations.map(({id}) => id))].sort()).toEqual(['M6', 'W3']);
    expect(text).toMatch(/Stripe has a hold pi_\w+ over 5\.00 USD .* no row of/);
    expect(text).toContain(`What happened to order ${orders['waiting']?.number}`);
    expect(status).toBe(1);
  });
});

/** One delivered whole, one in two shipments, one cancelled, one that waits to be picked. */
async function playOrders(floor: Floor, orders: Record<string, {id: string; number: string}>): Promise<void> {
  const {api} = floor.world;
  const east = await offer(api, {at: {EAST: 20}});
  const west = await offer(api, {at: {WEST: 20}});
  const keep = (name: string, {order_id, number}: {order_id: string; number: string}) => {
    orders[name] = {id: order_id, number};
  };
  const delivered = await floor.buy({lines: [{sku: east, qty: 2}]});
  keep('delivered', delivered);
  await floor.deliver(delivered.order_id, floor.partFrom(delivered, 'EAST'));
  const split = await floor.buy({
    lines: [
      {sku: east, qty: 1},
      {sku: west, qty: 2},
    ],
  });
  keep('split', split);
  for (const warehouse of ['EAST', 'WEST']) await floor.deliver(split.order_id, floor.partFrom(split, warehouse));
  const cancelled = await floor.buy({lines: [{sku: east, qty: 1}]});
  keep('cancelled', cancelled);
  await floor.cancel(cancelled.order_id).expect(200);
  const waiting = await floor.buy({lines: [{sku: east, qty: 3}]});
  keep('waiting', waiting);
  await floor.openTask(floor.partFrom(waiting, 'EAST'), 'pick');
  await floor.ends(delivered.order_id, 'delivered');
  await floor.ends(split.order_id, 'delivered');
  await floor.ends(cancelled.order_id, 'cancelled');
}
