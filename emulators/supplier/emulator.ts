import type {IncomingMessage, ServerResponse} from 'node:http';
import {createClock, type EmulatorClock} from '../shared/clock.ts';
import {ControlError, createControl} from '../shared/control.ts';
import {faultPhase, openFaults} from '../shared/faults.ts';
import {readBody, requestUrl, sendJson} from '../shared/http.ts';
import {listen} from '../shared/server.ts';
import {act} from './act.ts';
import {openSupplierBooks, type SupplierBooks} from './books.ts';
import {nextAction} from './script.ts';
import {whyForged} from './signature.ts';
import {CHARACTERS, type Message, type Player, type Purchase} from './types.ts';

export interface SupplierEmulatorOptions {
  booksDir: string;
  clock?: EmulatorClock;
}

/** Real milliseconds between two looks at what is due, and before something that failed is tried again. */
const TICK_MS = 60;
const RETRY_MS = 400;

/**
 * Suppliers of flesh and blood: they take signed purchase orders, keep books of their own, and answer, send and track
 * through our customer's public interface, each in its own way.
 */
export function buildSupplierEmulator({booksDir, clock = createClock(process.env)}: SupplierEmulatorOptions) {
  const books = openSupplierBooks(booksDir);
  const faults = openFaults(booksDir);
  clock.restore(books.clockOffset());
  const work = createWork(books, clock);
  const control = createControl({
    name: 'supplier',
    clock,
    faults,
    ledger: () => ledgerOf(books, clock),
    clockMoved: () => books.write({clock: clock.offset()}),
    reset: books.reset,
    extra: {
      'POST /_control/suppliers': (body) => {
        const player = readPlayer(body);
        books.write({player});
        return {id: player.id, character: player.character};
      },
    },
  });
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (await control(request, response)) return;
    const name = /^\/hooks\/([^/]+)$/.exec(requestUrl(request).pathname)?.[1];
    const player = books.players.get(decodeURIComponent(name ?? ''));
    if (request.method !== 'POST' || !player) return sendJson(response, 404, {error: 'no such supplier'});
    const body = await readBody(request);
    const fault = faults.take('hooks');
    if (fault?.mode === 'delay') await new Promise((resolve) => setTimeout(resolve, fault.delay_ms ?? 1_000));
    if (fault?.mode === 'drop' && faultPhase(fault) === 'before') return void response.destroy();
    const struck = fault && ['status', 'error_before', 'error_after', 'garbage'].includes(fault.mode);
    if (struck && faultPhase(fault) === 'before')
      return sendJson(response, fault.status ?? 503, {error: 'out of order'});
    const status = receive(books, clock, player, request, body);
    if (fault?.mode === 'drop') return void response.destroy();
    sendJson(response, struck ? (fault.status ?? 500) : status, {ok: status === 200});
  };
  return {
    books,
    start: async (port = 0) => {
      const server = await listen((request, response) => {
        handle(request, response).catch((error: unknown) => sendJson(response, 500, {error: String(error)}));
      }, port);
      const timer = setInterval(work.look, TICK_MS);
      const close = async () => {
        clearInterval(timer);
        await work.end();
        await server.close();
        books.close();
        faults.close();
      };
      return {port: server.port, url: server.url, close};
    },
  };
}

function receive(
  books: SupplierBooks,
  clock: EmulatorClock,
  player: Player,
  {headers}: IncomingMessage,
  body: Buffer,
): number {
  const at = clock.now();
  const why = whyForged(headers, body, player.secret, at, 1 / clock.realDelay(1));
  if (why) {
    books.write({forged: {supplier_id: player.id, why, at}});
    return 401;
  }
  const {type, data} = JSON.parse(body.toString('utf8')) as Pick<Message, 'type' | 'data'>;
  // who lives where is none of the ledger's business
  const {ship_to: _address, ...rest} = data as Message['data'] & {ship_to?: unknown};
  books.write({message: {id: String(headers['webhook-id']), supplier_id: player.id, type, at, data: rest}});
  return 200;
}

/** Works off what is due, one thing at a time for each purchase order; what fails is tried again a little later. */
function createWork(books: SupplierBooks, clock: EmulatorClock) {
  const busy = new Map<string, Promise<void>>();
  let ended = false;
  const one = async (player: Player, purchase: Purchase): Promise<void> => {
    const next = nextAction(player, purchase);
    if (!next || next.at > clock.now()) return;
    // when it was due, not when it is said: a request that is repeated says the same
    const {status, code} = await act(player, purchase, next.action, next.at);
    if (ended) return;
    if (status === 0 || status >= 500 || status === 429 || code === 'request_in_progress') {
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      return;
    }
    const {purchase_order_id} = purchase;
    books.write({step: {purchase_order_id, action: next.action, status, code, at: clock.now()}});
  };
  return {
    look: () => {
      for (const purchase of books.purchases.values()) {
        const player = books.players.get(purchase.supplier_id);
        const id = purchase.purchase_order_id;
        if (!player || busy.has(id) || !isDue(player, purchase, clock)) continue;
        busy.set(
          id,
          one(player, purchase).finally(() => busy.delete(id)),
        );
      }
    },
    end: async () => {
      ended = true;
      await Promise.all(busy.values());
    },
  };
}

function isDue(player: Player, purchase: Purchase, clock: EmulatorClock): boolean {
  const next = nextAction(player, purchase);
  return next !== null && next.at <= clock.now();
}

function ledgerOf(books: SupplierBooks, clock: EmulatorClock) {
  const orders = [...books.purchases.values()];
  const open = orders.filter((purchase) => {
    const player = books.players.get(purchase.supplier_id);
    return player !== undefined && nextAction(player, purchase) !== null;
  });
  return {
    now: new Date(clock.now()).toISOString(),
    suppliers: [...books.players.values()].map(({id, character}) => ({id, character})),
    orders,
    forged: books.forged(),
    pending: open.length,
  };
}

function readPlayer(body: Record<string, unknown>): Player {
  const texts = ['id', 'secret', 'api', 'key'] as const;
  for (const name of texts) if (typeof body[name] !== 'string') throw new ControlError(`a supplier needs ${name}`);
  const {character = 'good', answer_after_ms = 0, ship_after_ms = 0, arrive_after_ms = 0} = body;
  if (!CHARACTERS.includes(character as Player['character'])) {
    throw new ControlError(`character must be one of ${CHARACTERS.join(', ')}`);
  }
  return {
    id: String(body['id']),
    secret: String(body['secret']),
    api: String(body['api']).replace(/\/+$/, ''),
    key: String(body['key']),
    character: character as Player['character'],
    answer_after_ms: Number(answer_after_ms),
    ship_after_ms: Number(ship_after_ms),
    arrive_after_ms: Number(arrive_after_ms),
  };
}
