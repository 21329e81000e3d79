import {freshKey} from '../../../support/api.ts';
import {OWN_PAGE} from '../../../support/staff.ts';
import type {Net} from '../net-world.ts';
import {buyNew, expect, lineOf, pause, type Story} from '../story.ts';

/** What people of the office do: they find, look, try out, change, and are let in by a password alone. */
async function finds(net: Net): Promise<void> {
  const {api} = net.world;
  const {order_id} = await buyNew(net, 1, {at: {EAST: 1}}, {person: {name: 'Katarzyna Wiśniewska'}});
  const ask = async (q: string): Promise<string[]> => {
    const path = `/v1/search?q=${encodeURIComponent(q)}`;
    const {body} = await api.as('support').get(path).expect(200);
    return body.results.map((found: {order_id: string}) => found.order_id);
  };
  // two letters have changed places: it sounds otherwise as well
  const misspelt = await ask('Katazryna Wisniewksa');
  expect('a misspelt name finds the order', misspelt.includes(order_id), misspelt);
  const others = await ask('Bartholomew Quigley');
  expect('another name does not', !others.includes(order_id), others);
  for (const role of ['support', 'finance'] as const) {
    await api.as(role).get(`/v1/orders/${order_id}/dossier`).expect(200);
  }
  const looks = await api.store.prisma.desk_reads.findMany({where: {order_ids: {has: order_id}}, orderBy: {id: 'asc'}});
  const known = looks.map(({actor, what}) => `${actor} ${what}`);
  const all = ['dev-support search', 'dev-support dossier', 'dev-finance dossier'];
  expect('whoever looked is on record', all.join() === known.join(), known);
  await net.floor.cancel(order_id).expect(200);
  await net.floor.ends(order_id, 'cancelled');
}

/** Longer than the clocks of two machines may differ for whoever judges it. */
const LATER = 2_500;

async function triesOut(net: Net): Promise<void> {
  const {floor, world} = net;
  const {api} = world;
  const order = await buyNew(net, 2, {at: {EAST: 2}});
  const id = order.order_id;
  const rests = async (): Promise<number> => {
    await floor.waitsOn(id, 'pick');
    return (await api.as('support').get(`/v1/orders/${id}/timeline`).expect(200)).body.version;
  };
  await floor.openTask(floor.partFrom(order, 'EAST'), 'pick');
  const seen = await rests();
  const cancel = {lines: [{line_id: lineOf(order), qty: 1}], reason: 'one is enough'};
  const preview = await api.as('support').post(`/v1/orders/${id}/preview`, {cancel});
  expect('what would come of it is told', preview.status === 200 && preview.body.possible, preview.body);
  expect('nothing came of it', (await rests()) === seen);
  const asOf = (version: number, kind: string) => floor.change(id, {kind}).set('If-Match', `"${version}"`);
  const goodwill = {kind: 'goodwill', amount: {amount: 100, currency: 'USD'}, reason: 'it was late'};
  const refund = api.as('finance').post(`/v1/orders/${id}/refunds`, goodwill, freshKey());
  const refused = await refund.set('If-Match', `"${seen}"`);
  expect('nothing is given back that was not taken', refused.body.code === 'nothing_captured', refused.body);
  const held = await asOf(seen, 'hold');
  expect('what was refused keeps nobody out', held.status === 200, held.body);
  const {body} = await api.as('support').get(`/v1/orders/${id}/timeline`).expect(200);
  await floor.change(id, {kind: 'release'}).expect(200);
  await rests();
  await pause(LATER);
  const late = await asOf(body.version, 'hold');
  expect('who saw it as it was is told what changed', late.status === 412 && late.body.changes.length > 0, late.body);
  await floor.deliver(id, floor.partFrom(await floor.order(id), 'EAST'));
  await floor.ends(id, 'delivered');
}

const PASSWORD = 'four words make one';
/** More than anybody may guess in a row. */
const GUESSES = 15;

async function comesIn({world: {api}}: Net): Promise<void> {
  const login = 'net-desk';
  const person = {name: login, roles: ['support']};
  await api.as('admin').put(`/v1/staff/${login}`, person).expect(200);
  await api.as('admin').post(`/v1/staff/${login}/credentials`, {password: PASSWORD}).expect(200);
  const signIn = async (password: string) =>
    (await api.anonymous.post('/v1/desk/sign-in').set(OWN_PAGE).send({login, password})).status;
  expect('another password lets nobody in', (await signIn('not it, sorry')) === 403);
  expect('the right one does', (await signIn(PASSWORD)) === 200);
  const guesses: number[] = [];
  while (guesses.length < GUESSES && guesses.at(-1) !== 429) guesses.push(await signIn('a guess'));
  expect('who guesses again and again has to wait', guesses.at(-1) === 429, guesses);
  expect('and then the right one does not help either', (await signIn(PASSWORD)) === 429);
}

export const DESK: readonly Story[] = [
  {name: 'an order found by a misspelt name', play: finds},
  {name: 'an act that is tried out, and meant for what somebody saw', play: triesOut},
  {name: 'a login of the office', play: comesIn},
];
