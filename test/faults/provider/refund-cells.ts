import {freshKey} from '../../support/api.ts';
import {type LedgerRefund, refundsAtProvider} from '../../support/books.ts';
import {until} from '../../support/until.ts';
import {claim, type ProviderCell, type Scene} from './scene.ts';
import {FAILURES} from './stripe-cells.ts';

const MINUTE = 60_000;

async function paid(scene: Scene, payment_method = 'pm_card_visa'): Promise<string> {
  const bought = await scene.buy({payment_method});
  await scene.floor.deliver(bought.id, bought.east);
  await scene.paid(bought);
  return bought.id;
}

const ask = (scene: Scene, id: string) =>
  scene.world.api
    .as('support')
    .post(
      `/v1/orders/${id}/refunds`,
      {kind: 'goodwill', amount: {amount: 100, currency: 'USD'}, reason: 'it came late'},
      freshKey(),
    );

const rows = ({world}: Scene, order_id: string) => world.api.store.prisma.refunds.findMany({where: {order_id}});

async function refundIs(scene: Scene, id: string, state: string): Promise<LedgerRefund[]> {
  await until(
    `the refund to be ${state}`,
    async () => (await rows(scene, id))[0]?.state === state,
    async () => (await rows(scene, id))[0],
  );
  return refundsAtProvider(scene.world, id);
}

const bankSays = (scene: Scene, refund: LedgerRefund | undefined, status: 'succeeded' | 'failed') =>
  scene.floor.control(scene.world.stripeUrl, 'refunds', {refund: refund?.id, status});

const once: ProviderCell[] = Object.entries(FAILURES).map(([name, failure]) => ({
  id: `F20 refund: ${name}`,
  run: async (scene) => {
    const id = await paid(scene);
    await scene.fault('stripe', {operation: 'refunds.create', ...failure});
    await ask(scene, id).expect(201);
    const made = await refundIs(scene, id, 'succeeded');
    claim((await scene.struck('stripe')) > 0, 'the fault never struck');
    claim(made.length === 1, `the money was given back ${made.length} times`);
  },
}));

const WEBHOOKS: Readonly<Record<string, object>> = {
  'three times': {mode: 'duplicate', count: 20},
  shuffled: {mode: 'shuffle', delay_ms: 800, count: 20},
  lost: {mode: 'drop', count: 50},
};

const byHand: ProviderCell[] = Object.entries(WEBHOOKS).map(([name, fault]) => ({
  id: `F22 a refund by hand, its webhooks ${name}`,
  run: async (scene) => {
    const id = await paid(scene);
    await scene.fault('stripe', {operation: 'webhook', ...fault});
    await scene.floor.control(scene.world.stripeUrl, 'refunds', {order_id: id, amount: 700});
    await scene.world.advance(6 * MINUTE);
    await refundIs(scene, id, 'succeeded');
    await scene.struck('stripe');
    const kinds = (await rows(scene, id)).map(({kind}) => kind);
    claim(kinds.join() === 'provider', `it is in the books as ${kinds.join()}`);
    claim((await scene.floor.order(id)).payment.refunded.amount === 700, 'it does not count once');
  },
}));

const failing: ProviderCell[] = [
  ...Object.entries(WEBHOOKS).map(
    ([name, fault]): ProviderCell => ({
      id: `F22 a refund comes back, its webhooks ${name}`,
      run: async (scene) => {
        const id = await paid(scene, 'pm_card_refundFail');
        await ask(scene, id).expect(201);
        const [refund] = await refundIs(scene, id, 'succeeded');
        await scene.fault('stripe', {operation: 'webhook', ...fault});
        await bankSays(scene, refund, 'failed');
        // where no webhook says so the provider's list of events is asked, every five minutes
        await scene.world.advance(6 * MINUTE);
        await refundIs(scene, id, 'failed');
        await scene.floor.waitsOn(id, 'ops');
        await scene.struck('stripe');
        claim((await scene.floor.order(id)).payment.refunded.amount === 0, 'it is counted all the same');
        const path = `/v1/refunds/${(await rows(scene, id))[0]?.id}/reject`;
        await scene.world.api.as('finance').post(path, {note: 'paid in cash'}).expect(200);
      },
    }),
  ),
  {
    id: 'F22 a refund fails and is asked for again',
    run: async (scene) => {
      const id = await paid(scene, 'pm_card_refundFailOnce');
      await ask(scene, id).expect(201);
      const [refund] = await refundIs(scene, id, 'pending');
      await bankSays(scene, refund, 'failed');
      await scene.floor.waitsOn(id, 'ops');
      await scene.world.api.as('ops').post(`/v1/orders/${id}/resume`, {note: 'mended'}).expect(200);
      const made = (await refundIs(scene, id, 'succeeded')).map(({status}) => status);
      claim(made.join() === 'failed,succeeded', `the provider has ${made.join()}`);
    },
  },
  {
    id: 'F24 a refund that came back, signed, over another amount',
    run: async (scene) => {
      const id = await paid(scene);
      await ask(scene, id).expect(201);
      const [refund] = await refundIs(scene, id, 'succeeded');
      const [row] = await rows(scene, id);
      const payment = await scene.world.api.store.prisma.payments.findUnique({where: {id: row?.payment_id ?? ''}});
      const object = {
        ...refund,
        object: 'refund',
        status: 'failed',
        amount: 99,
        currency: 'usd',
        payment_intent: payment?.provider_ref,
      };
      const event = `evt_forged_${refund?.id}`;
      const before = scene.warnings.length;
      await scene.stripeSays({id: event, object: 'event', type: 'refund.failed', created: 1, data: {object}});
      const {webhook_inbox} = scene.world.api.store.prisma;
      await until(
        'it to be worked off',
        async () => (await webhook_inbox.findFirst({where: {event_id: event}}))?.outcome,
      );
      claim(scene.warnings.length > before, 'nobody is told of it');
      claim((await rows(scene, id))[0]?.state === 'succeeded', 'it was believed');
    },
  },
];

const disputes: ProviderCell[] = (['won', 'lost'] as const).flatMap((outcome) =>
  Object.entries(WEBHOOKS).map(
    ([name, fault]): ProviderCell => ({
      id: `F21 a dispute is ${outcome}, its webhooks ${name}`,
      run: async (scene) => {
        const id = await paid(scene);
        const {payments, disputes: table} = scene.world.api.store.prisma;
        const payment = await payments.findFirst({where: {order_id: id, captured_amount: {gt: 0}}});
        await scene.fault('stripe', {operation: 'webhook', ...fault});
        const {stripeUrl} = scene.world;
        await scene.floor.control(stripeUrl, 'disputes', {payment_intent: payment?.provider_ref});
        await scene.world.advance(6 * MINUTE);
        const is = (state: string) =>
          until(`the dispute to be ${state}`, () => table.findFirst({where: {order_id: id, state}}));
        const {provider_ref} = await is('submitted');
        claim((await ask(scene, id)).status === 409, 'a refund was taken on while a bank judges');
        await scene.floor.control(stripeUrl, 'disputes/close', {dispute: provider_ref, outcome});
        await scene.world.advance(6 * MINUTE);
        await is(outcome);
        await scene.struck('stripe');
        claim((await ask(scene, id)).status === (outcome === 'won' ? 201 : 409), 'the rest is not as it should be');
        if (outcome === 'won') await refundIs(scene, id, 'succeeded');
      },
    }),
  ),
);

export const REFUND_CELLS: readonly ProviderCell[] = [...once, ...failing, ...byHand, ...disputes];
