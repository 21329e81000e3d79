import type {Conflict, Reply, Waiting} from '../../../../web/floor/outbox.ts';
import {drain} from '../../../../web/floor/outbox.ts';
import {DEVICE_TRIES} from '../../../../domain/floor/sign-in.ts';
import {offer} from '../../../support/shop.ts';
import {OWN_PAGE} from '../../../support/staff.ts';
import type {Net} from '../net-world.ts';
import {buyNew, expect, type Story} from '../story.ts';

/** What leads and people at a shared device do. */
function atDevice({world: {api}}: Net) {
  const put = (id: string, roles: string[], active = true) =>
    api.as('ops').put(`/v1/staff/${id}`, {name: id, warehouse: 'EAST', roles, active}).expect(200);
  const badge = async (id: string) =>
    (await api.as('ops').post(`/v1/staff/${id}/credentials`, {badge: true}).expect(200)).body.badge as string;
  const signIn = async (code: string) => {
    const {status, headers} = await api.as('device').post('/v1/floor/sign-in', {badge: code});
    return {status, Cookie: String(headers['set-cookie']?.[0]).split(';')[0] ?? ''};
  };
  const hire = async (id: string, roles: string[]) => {
    await put(id, roles);
    return badge(id);
  };
  const isIn = async (Cookie: string) => (await api.anonymous.get('/v1/floor/me').set({Cookie})).status === 200;
  const post = async (Cookie: string, path: string, body: object, whose = OWN_PAGE['X-Waybill-Page']) =>
    api.anonymous.post(path).set({Cookie, 'X-Waybill-Page': whose}).send(body);
  return {put, badge, signIn, hire, isIn, post};
}

async function comeAndGo(net: Net): Promise<void> {
  const at = atDevice(net);
  const first = await at.signIn(await at.hire('net-come', ['picker']));
  expect('who was hired is let in', await at.isIn(first.Cookie));
  const renewed = await at.badge('net-come');
  expect('a new badge ends what was begun with the old one', !(await at.isIn(first.Cookie)));
  const second = await at.signIn(renewed);
  await at.put('net-come', ['picker'], false);
  expect('who is let go is out', !(await at.isIn(second.Cookie)));
  await at.put('net-come', ['picker']);
  expect('who comes back signs in anew', !(await at.isIn(second.Cookie)));
}

async function lookTogether(net: Net): Promise<void> {
  const {world, floor} = net;
  const at = atDevice(net);
  const order = await buyNew(net, 1, {at: {EAST: 1}});
  const east = floor.partFrom(order, 'EAST');
  await floor.pick(east);
  const {task_id, parcels} = await floor.openTask(east, 'pack');
  const [parcel] = parcels;
  const own = await at.hire('net-ann', ['packer']);
  const {Cookie} = await at.signIn(own);
  const box = parcel?.suggested_box ? {box: parcel.suggested_box} : {};
  const weight_g = (parcel?.expected_g ?? 0) + 700;
  const weigh = async (operation_id: string) =>
    (await at.post(Cookie, '/v1/scans', {operation_id, task_id, kind: 'pack', code: task_id, weight_g, ...box})).body;
  const wrong = await weigh(`${task_id}-1`);
  expect('a wrong weight is stopped', wrong.code === 'wrong_weight', wrong);
  const path = `/v1/parcels/${parcel?.parcel_id}/weight-approvals`;
  const approve = async (badge: string) =>
    (await at.post(Cookie, path, {weight_g, reason: 'a sample', approver: {badge}})).status;
  expect('a wrong badge lets nothing pass', (await approve('net-ann-0000000000000000')) === 403);
  expect('nobody lets pass alone', (await approve(own)) === 409);
  expect('a picker lets no weight pass', (await approve(await at.hire('net-bo', ['picker']))) === 403);
  expect('another packer does', (await approve(await at.hire('net-cy', ['packer']))) === 200);
  const scan = {operation_id: `${task_id}-late`, kind: 'dispatch', code: 'NOTHING'};
  const late = (await at.post(Cookie, '/v1/scans', scan, 'staff:net-cy')).status;
  expect('nobody scans for who was here before', late === 401, late);
  const packed = await weigh(`${task_id}-2`);
  expect('the weight is taken then', packed.accepted, packed);
  await floor.reaches(order.order_id, east.sub_order_id, 'PACKED');
  const print = async (why: string) =>
    (await world.api.as('packer').get(`/v1/parcels/${parcel?.parcel_id}/label/pdf${why}`)).status;
  expect('the label is printed', (await print('')) === 200);
  expect('a label is not printed again without a reason', (await print('')) === 422);
  expect('and is with one', (await print('?reason=torn')) === 200);
  for (let i = 0; i < DEVICE_TRIES; i += 1) await at.signIn('net-ann-0000000000000000');
  expect('a device waits after wrong tries', (await at.signIn(own)).status === 429);
  await floor.carry(order.order_id, east);
  await floor.ends(order.order_id, 'delivered');
}

/** A handheld in a hall where every other question, and every third answer, is lost. */
async function deadSpots(net: Net): Promise<void> {
  const {floor} = net;
  const order = await buyNew(net, 3, {at: {EAST: 3}});
  const east = floor.partFrom(order, 'EAST');
  const {task_id, stops} = await floor.openTask(east, 'pick');
  const [stop] = stops;
  const told = {accepted: true, code: 'ok'};
  const codes = [stop?.bin, stop?.barcode, stop?.barcode, stop?.barcode, stop?.barcode];
  const line = codes.map((code = '', seq): Waiting => {
    const kind = seq === 0 ? 'bin' : 'item';
    return {seq, operation_id: `${task_id}-${seq}`, client: 'ann', task_id, kind, code, told};
  });
  const conflicts: Conflict[] = [];
  let sent = 0;
  const send = async ({operation_id, kind, code}: Waiting): Promise<Reply> => {
    sent += 1;
    if (sent % 2 === 0) return {kind: 'silent'};
    const answer = await floor.scan({operation_id, task_id, kind: kind as 'bin' | 'item', code});
    return sent % 3 === 0 ? {kind: 'silent'} : {kind: 'answered', ...answer};
  };
  const ports = {
    first: async () => line[0] ?? null,
    send,
    settle: async (scan: Waiting, _reply: Reply, conflict: Conflict | null) => {
      line.splice(line.indexOf(scan), 1);
      if (conflict) conflicts.push(conflict);
    },
  };
  for (let i = 0; i < 40 && (await drain(ports, 'ann')) !== 'empty'; i += 1);
  expect('nothing waits for ever', line.length === 0, line);
  const {picked} = (await floor.order(order.order_id)).lines[0] ?? {};
  expect('every scan counted once', picked === 3, picked);
  expect('what the server would not count is told', conflicts.length === 1, conflicts);
  await floor.pack(order.order_id, east);
  await floor.carry(order.order_id, east);
  await floor.ends(order.order_id, 'delivered');
}

async function deliveredTwice({world: {api}}: Net): Promise<void> {
  const sku = await offer(api, {});
  const body = {warehouse: 'EAST', sku, qty: 4, bin: 'A-2', reference: `note-${sku}`};
  const receive = (more: object = {}) => api.as('receiver').post('/v1/inventory/receipts', {...body, ...more});
  const lost = (await receive({bin: 'A-77', reference: `lost-${sku}`})).status;
  expect('goods lie in bins that are there', lost === 422, lost);
  const book = async () => (await receive()).headers['idempotent-replayed'];
  expect('a new delivery is new', (await book()) === undefined);
  expect('a delivery booked before is told', (await book()) === 'true');
}

/** People of the floor: who comes and goes, who looks twice, and hands in a hall without network. */
export const PEOPLE: readonly Story[] = [
  {
    name: 'people at one device, who come, go, and look together',
    play: async (net) => {
      await comeAndGo(net);
      await lookTogether(net);
    },
  },
  {name: 'a handheld in dead spots', play: deadSpots},
  {name: 'a delivery booked twice by its note', play: deliveredTwice},
];
