import {holdsOf, mailsOf} from '../../support/books.ts';
import {offer} from '../../support/shop.ts';
import {until} from '../../support/until.ts';
import {claim, type ProviderCell, type Scene} from './scene.ts';

const HTML = '<html><body>Bad gateway</body></html>';

/** Each way of failing, as the emulator is told. */
export const FAILURES: Readonly<Record<string, object>> = {
  'throttled with 429': {mode: 'status', status: 429, retry_after: 1, count: 2},
  'a sticky 500 before the effect': {mode: 'error_before', count: 2},
  'a sticky 500 after the effect': {mode: 'error_after'},
  '503': {mode: 'status', status: 503, count: 3},
  'an HTML page': {mode: 'garbage', when: 'after', status: 502, body: HTML},
  'JSON cut off': {mode: 'garbage', when: 'after'},
  'no answer': {mode: 'drop', when: 'after'},
  'slower than the step may take': {mode: 'delay', when: 'before', delay_ms: 3_000},
};

const OPERATIONS = ['create', 'capture', 'cancel'] as const;

async function strike(scene: Scene, operation: (typeof OPERATIONS)[number], failure: object): Promise<void> {
  const fault = () => scene.fault('stripe', {operation: `payment_intents.${operation}`, ...failure});
  if (operation === 'create') await fault();
  const bought = await scene.buy();
  if (operation === 'capture') await fault();
  if (operation === 'cancel') {
    await fault();
    await scene.floor.cancel(bought.id).expect(200);
    await scene.free(bought.id);
  } else {
    await scene.floor.deliver(bought.id, bought.east);
    await scene.paid(bought);
  }
  claim((await scene.struck('stripe')) > 0, 'the fault never struck');
  claim((await holdsOf(scene.world, bought.id)).length === 1, 'more than one hold was taken');
}

const failures: ProviderCell[] = OPERATIONS.flatMap((operation) =>
  Object.entries(FAILURES).map(([name, failure]) => ({
    id: `F20 ${operation}: ${name}`,
    run: (scene) => strike(scene, operation, failure),
  })),
);

const DECLINES = ['chargeDeclined', 'chargeDeclinedInsufficientFunds', 'chargeDeclinedExpiredCard'];

const declines: ProviderCell[] = DECLINES.map((card) => ({
  id: `F16 ${card}`,
  run: async (scene) => {
    const sku = await offer(scene.world.api, {at: {EAST: 1}});
    const {status, body} = await scene.floor.place({lines: [{sku, qty: 1}], payment_method: `pm_card_${card}`});
    claim(status === 402, `a declined card was answered ${status}`);
    const id = (body as {order_id: string}).order_id;
    await scene.free(id);
    const mails = await mailsOf(scene.world, id);
    claim(mails.length <= 1, `${mails.length} mails about a declined order: ${mails.join(', ')}`);
  },
}));

async function loseHold(scene: Scene, id: string): Promise<void> {
  const [hold] = await holdsOf(scene.world, id);
  const headers = {Authorization: 'Bearer sk_test_emulator', 'Idempotency-Key': `lost:${id}`};
  const url = `${scene.world.stripeUrl}/v1/payment_intents/${hold?.id}/cancel`;
  claim((await fetch(url, {method: 'POST', headers})).ok, 'the hold could not be taken away');
}

const expiries: ProviderCell[] = [
  {
    id: 'F18 the hold is gone at the capture, and nobody said so',
    run: async (scene) => {
      const road = await scene.onTheRoad();
      await scene.fault('stripe', {operation: 'webhook', mode: 'drop', count: 50});
      await loseHold(scene, road.id);
      await scene.floor.say(road.parcel, 'delivered');
      await scene.paid(road);
      await scene.struck('stripe');
    },
  },
  {
    id: 'F18 the hold is gone and cannot be had again: a named wait',
    run: async (scene) => {
      const {id, parcel} = await scene.onTheRoad({payment_method: 'pm_card_declineOffSession'});
      await scene.fault('stripe', {operation: 'webhook', mode: 'drop', count: 50});
      await loseHold(scene, id);
      await scene.floor.say(parcel, 'delivered');
      await scene.floor.waitsOn(id, 'payment_renewal');
      await scene.struck('stripe');
      claim((await scene.floor.order(id)).payment.captured.amount === 0, 'something was captured');
    },
  },
];

const WEBHOOKS: Readonly<Record<string, object>> = {
  'three times': {mode: 'duplicate', count: 20},
  shuffled: {mode: 'shuffle', delay_ms: 800, count: 20},
  late: {mode: 'delay', delay_ms: 1_200, count: 20},
  lost: {mode: 'drop', count: 50},
};

const webhooks: ProviderCell[] = [
  ...Object.entries(WEBHOOKS).map(
    ([name, fault]): ProviderCell => ({
      id: `F23 webhooks ${name}`,
      run: async (scene) => {
        await scene.fault('stripe', {operation: 'webhook', ...fault});
        const bought = await scene.buy();
        await scene.floor.deliver(bought.id, bought.east);
        await scene.paid(bought);
        const cancelled = await scene.buy();
        await scene.floor.cancel(cancelled.id).expect(200);
        await scene.free(cancelled.id);
        claim((await scene.struck('stripe')) > 0, 'no webhook was struck');
      },
    }),
  ),
  ...OPERATIONS.map(
    (operation): ProviderCell => ({
      id: `F23 the webhook comes before the answer of ${operation}`,
      run: (scene) => strike(scene, operation, {mode: 'delay', when: 'after', delay_ms: 900}),
    }),
  ),
];

interface Intent {
  id: string;
  amount: number;
  currency: string;
  status: string;
  metadata: Record<string, string>;
}

/** Says of a live hold that it is gone, with one thing changed that cannot be ours. */
const forged = (name: string, change: (intent: Intent) => Intent): ProviderCell => ({
  id: `F24 signed, but with ${name}`,
  run: async (scene) => {
    const bought = await scene.buy();
    const [hold] = await holdsOf(scene.world, bought.id);
    claim(hold !== undefined, 'there is no hold');
    const {id, amount, metadata} = hold;
    const object = change({id, amount, currency: 'usd', status: 'canceled', metadata});
    const event = `evt_forged_${id}_${name.replace(/\W/g, '_')}`;
    const before = scene.warnings.length;
    await scene.stripeSays({id: event, object: 'event', type: 'payment_intent.canceled', created: 1, data: {object}});
    const {prisma} = scene.world.api.store;
    await until(
      'the webhook to be worked off',
      async () => (await prisma.webhook_inbox.findFirst({where: {event_id: event}}))?.processed_at,
    );
    claim(scene.warnings.length > before, 'nobody is told of it');
    await scene.floor.deliver(bought.id, bought.east);
    await scene.paid(bought);
    claim((await holdsOf(scene.world, bought.id)).length === 1, 'it was believed: another hold was taken');
  },
});

const forgeries = [
  forged('another amount', (intent) => ({...intent, amount: intent.amount - 1})),
  forged('another currency', (intent) => ({...intent, currency: 'eur'})),
  forged('another order', (intent) => ({...intent, metadata: {...intent.metadata, order_id: 'ord_of_somebody_else'}})),
];

export const STRIPE_CELLS: readonly ProviderCell[] = [...declines, ...expiries, ...failures, ...webhooks, ...forgeries];
